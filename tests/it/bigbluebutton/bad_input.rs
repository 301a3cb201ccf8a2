//! Whatever a server, its clock or a name does: clear words to the right person, and nothing lost.

use std::fs;
use std::time::Duration;

use sprechzimmer::backend::Backend;
use sprechzimmer::demo::bigbluebutton::{Habit, Mood};
use sprechzimmer::id::RoomId;
use url::form_urlencoded;

use super::command::{folder, run};
use super::examination::failures;
use crate::world::bigbluebutton::{SECRET, time};
use crate::world::{AUNT, TEACHER, World, until};

#[tokio::test]
async fn a_server_whose_clock_is_wrong_is_named_and_its_talks_go_on() {
    for seconds in [3600, -3600] {
        let (world, server) = World::with_bigbluebutton().await;
        server.fake.put_clock_forward(seconds);
        world.is_ready().await;
        let outcome = Backend::BigBlueButton(server.settings(None).backend())
            .examine(&RoomId::new([5; 16]), time())
            .await;
        assert_eq!(failures(&outcome), "", "{seconds}");
        let talk = world.opened(&[AUNT]).await;
        talk.go_in().await;
        let aunt = world.guest(&talk.link(AUNT).await).await;
        talk.lets_in(&server, AUNT, &aunt).await;
        talk.sees(AUNT, "inside").await;
        talk.end().await;
        talk.proof().await;
        assert_eq!(server.fake.rooms(), 0);
        let folder = folder(&server, SECRET);
        let path = folder.path().to_owned();
        let (_, said) = tokio::task::spawn_blocking(move || run(&path, &["check"]))
            .await
            .unwrap();
        let way = if seconds > 0 { "ahead of" } else { "behind" };
        let words = format!("s {way} the clock of this machine");
        assert!(said.contains("note     the clock of BigBlueButton is"), "{said}");
        assert!(said.contains(&words), "{said}");
    }
}

#[tokio::test]
async fn a_clock_that_is_behind_proves_no_end_too_early() {
    let (world, server) = World::with_bigbluebutton().await;
    // by this clock, the room is over before it has begun
    server.fake.put_clock_forward(-24 * 3600);
    let talk = world.opened(&[AUNT]).await;
    talk.go_in().await;
    server.fake.acquire(Habit::Balancer);
    server.fake.set("end", Some(Mood::InternalError));
    talk.end().await;
    let store = world.store().await;
    let problem = async |wanted: &'static str| {
        until(wanted, async || {
            let pending = store.pending().await.unwrap();
            (pending.first()?.problem.as_deref() == Some(wanted)).then_some(())
        })
        .await;
    };
    problem("backend").await;
    // neither found nor listed: but nobody has seen it end
    server.fake.forget_everything();
    server.fake.set("end", None);
    problem("forgotten").await;
    assert_eq!(talk.teacher.get(&format!("/records/{}", talk.id)).await.status, 404);
    assert!(talk.get("").await.text().contains("Nächster Versuch"));
}

#[tokio::test]
async fn a_server_that_answers_after_half_a_minute_costs_one_click() {
    let (world, server) = World::with_bigbluebutton().await;
    world.is_ready().await;
    let talk = world.sealed(&[AUNT]).await;
    server.fake.set("create", Some(Mood::Slow(Duration::from_secs(30))));
    let page = tokio::time::timeout(Duration::from_secs(15), talk.try_to_open()).await;
    let page = page.expect("the patience is shorter");
    assert_eq!(page.status, 503);
    assert!(page.text().contains("antwortet gerade nicht"), "{}", page.text());
    assert!(page.text().contains("Es ist nichts verloren"), "{}", page.text());
    server.fake.set("create", None);
    talk.open().await;
    talk.end().await;
    talk.proof().await;
}

#[tokio::test]
async fn what_only_an_administrator_can_mend_is_said_so_and_the_log_says_what() {
    let (world, server) = World::with_bigbluebutton().await;
    world.is_ready().await;
    let talk = world.sealed(&[AUNT]).await;
    for mood in [Mood::Unauthorized, Mood::WebPage, Mood::Redirect, Mood::InvalidXml] {
        server.fake.set("create", Some(mood));
        let page = talk.try_to_open().await;
        assert_eq!(page.status, 503, "{mood:?}");
        assert!(
            page.text().contains("nicht richtig eingerichtet"),
            "{mood:?}: {}",
            page.text()
        );
        assert!(page.text().contains("Es ist nichts verloren"), "{}", page.text());
        assert_eq!(page.reference().len(), 8, "for the log");
    }
    server.fake.set("create", None);
    server.fake.acquire(Habit::WrongEcho);
    let page = talk.try_to_open().await;
    assert!(
        page.text().contains("nicht so gemacht, wie er sein muss"),
        "{}",
        page.text()
    );
    server.fake.lose(Habit::WrongEcho);
    talk.open().await;
    talk.end().await;
    talk.proof().await;
}

#[tokio::test]
async fn whatever_a_platform_calls_people_they_come_in_by_what_can_be_read_of_it() {
    let (world, server) = World::with_bigbluebutton().await;
    let long = "Ä".repeat(200);
    let names = [
        ("\u{7}Frau\u{0}\u{1b}[31m 👩‍🏫", "Löwe 👩‍🏫"),
        ("ד״ר", "כהן\u{202e}"),
        (&long, &long),
        ("<b>&amp;", "\r\nSet-Cookie: a=b"),
    ];
    for (given, family) in names {
        let mut claims = TEACHER.claims();
        claims = claims.named(given, family);
        let teacher = world.launch_with(&claims).await;
        let talk = world.open_with(teacher, &[AUNT]).await;
        talk.go_in().await;
        let join = server.fake.calls("join").pop().unwrap();
        let shown = form_urlencoded::parse(join.as_bytes()).find(|(name, _)| name == "fullName");
        let shown = shown.unwrap().1.into_owned();
        assert!(!shown.chars().any(char::is_control), "{shown:?}");
        assert!(!shown.contains('\u{202e}'), "{shown:?}");
        assert!((2..=200).contains(&shown.chars().count()), "{shown:?}");
        talk.end().await;
        talk.proof().await;
    }
}

#[test]
fn a_wrong_address_in_the_file_is_named_where_it_stands() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bbb.secret"), SECRET).unwrap();
    let cases = [
        ("https://bbb.example.org", "names a host alone"),
        ("http://bbb.example.org/bigbluebutton/api", "must begin with https://"),
        ("bbb.example.org/bigbluebutton", "is not a web address"),
        ("https://a:b@bbb.example.org/bigbluebutton", "must be an address alone"),
        (
            "https://bbb.example.org/bigbluebutton/api?checksum=1",
            "must be an address alone",
        ),
    ];
    for (url, words) in cases {
        let text = format!(
            "{}\n[[backend]]\nkind = \"bigbluebutton\"\nurl = \"{url}\"\nsecret_file = \"bbb.secret\"\n",
            include_str!("../../../sprechzimmer.example.toml")
        );
        let problems = sprechzimmer::config::Config::parse(&text, folder.path()).unwrap_err();
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert!(told.concat().contains(words), "{url}: {told:?}");
    }
}
