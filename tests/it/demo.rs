//! The demonstration begins without any configuration and leaves nothing behind.

use reqwest::Client;
use sprechzimmer::demo::{Demo, Options, Video};
use tokio::sync::oneshot;

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
    let running = tokio::spawn(demo.serve(async {
        let _ = stopped.await;
    }));
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
