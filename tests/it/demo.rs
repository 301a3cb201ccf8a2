//! The demonstration begins without any configuration and leaves nothing behind.

use reqwest::Client;
use sprechzimmer::demo::{Demo, Options, Video};
use tokio::sync::oneshot;
use url::Url;

use crate::world::{Browser, Container, Sender};

#[tokio::test]
async fn the_demonstration_shows_a_course_whose_activity_leads_to_the_service() {
    let demo = Demo::prepare(Options {
        port: 0,
        lms_port: 0,
        video: Video::BigBlueButton(0),
    })
    .await
    .unwrap();
    let course = demo.course().clone();
    assert!(demo.instructions().contains(course.as_str()));
    let (stop, stopped) = oneshot::channel::<()>();
    let running = tokio::spawn(demo.serve(futures_util::stream::once(async {
        let _ = stopped.await;
    })));
    let client = Client::new();
    let text = async |path: &str| {
        client
            .get(course.join(path).unwrap())
            .send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap()
    };
    assert!(text("/").await.contains("Ursula"));
    assert!(text("/activity").await.contains("<iframe src=\"/launch?door\""));
    assert!(text("/launch").await.contains("/lti/login"));
    assert!(text("/keys").await.contains("simulated-rsa"));
    assert!(text("/elements").await.contains("/static/"));
    drop(client);
    stop.send(()).unwrap();
    running.await.unwrap().unwrap();
}

#[tokio::test]
async fn the_demonstration_offers_the_list_of_its_course() {
    let options = Options {
        port: 0,
        lms_port: 0,
        video: Video::Embedded,
    };
    let demo = Demo::prepare(options).await.unwrap();
    let lms = Browser::new(demo.course());
    let running = tokio::spawn(demo.serve(futures_util::stream::pending()));
    let page = lms.get("/launch").await;
    let login: Url = page.attribute("form", "action").unwrap().parse().unwrap();
    let counsellor = Browser::new(&login);
    let send = async |path: &str, fields: &[(String, String)]| {
        counsellor.send(Sender::Stranger, Container::Tab, path, fields).await
    };
    let page = send(login.path(), page.form(login.as_str()).fields()).await;
    let authorize: Url = page.location.unwrap().parse().unwrap();
    let query = authorize.query().unwrap();
    let page = lms.get(&format!("{}?{query}", authorize.path())).await;
    let launch: Url = page.attribute("form", "action").unwrap().parse().unwrap();
    let page = send(launch.path(), page.form(launch.as_str()).fields()).await;
    assert_eq!(page.path, "/passkey/new", "asked once; it can wait");
    let draft = counsellor.get("/consultations/new").await;
    let draft = draft.form("/consultations").send(&counsellor).await.path;
    let offered = counsellor.post(&format!("{draft}/members"), &[("search", "")]).await;
    assert!(offered.text().contains("Mia Sommer ") && offered.text().contains("Mühlbauer"));
    assert_eq!(offered.attributes("input[name=pick]", "value").len(), 27);
    running.abort();
}
