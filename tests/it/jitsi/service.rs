//! The one who may ask the module is the service, by its key; and what it is told.

use reqwest::Method;
use serde_json::{Value, json};

use super::prosody::{DOMAIN, KEY, MODERATOR, Prosody, Settings};

const PATHS: [(&str, &str); 6] = [
    ("GET", "/status"),
    ("GET", "/rooms/r1"),
    ("PUT", "/rooms/r2"),
    ("PUT", "/rooms/r1/people/p1"),
    ("DELETE", "/rooms/r1/people/p1"),
    ("DELETE", "/rooms/r1"),
];

#[tokio::test]
async fn without_the_key_nothing_is_told_and_nothing_happens() {
    let prosody = Prosody::start().await;
    let room = prosody.talk("r1").await;
    prosody.let_in("r1", "p1").await;
    let body = json!({"moderator": "m", "seconds": 3600, "name": "n"});
    let wrong = [
        None,
        Some(String::new()),
        Some("Bearer ".to_owned()),
        Some(format!("Bearer {}", &KEY[1..])),
        Some(format!("Bearer {KEY}0")),
        Some(format!("Bearer {}", KEY.to_uppercase())),
        Some(format!("Basic {KEY}")),
        Some(KEY.to_owned()),
    ];
    for authorization in &wrong {
        for (method, path) in PATHS {
            let method: Method = method.parse().unwrap();
            let (status, told) = prosody.ask_with(method, path, &body, authorization.as_deref()).await;
            assert_eq!(
                (status.as_u16(), &told),
                (401, &Value::Null),
                "{authorization:?} {path}"
            );
        }
    }
    assert_eq!(prosody.look("r2").await, None);
    let mut person = prosody.person("r1", "p1").await;
    assert!(person.join(&room, "p").await.is_ok(), "the talk goes on");
}

#[tokio::test]
async fn a_module_without_a_proper_key_lets_nobody_in_anywhere() {
    for key in ["", "too short"] {
        let settings = Settings {
            key,
            ..Settings::default()
        };
        let prosody = Prosody::with(settings).await;
        for authorization in ["Bearer ".to_owned(), format!("Bearer {key}")] {
            let answer = prosody
                .ask_with(Method::GET, "/status", &Value::Null, Some(&authorization))
                .await;
            assert_eq!(answer.0, 401);
        }
        let mut focus = prosody.account("focus").await;
        let mut person = prosody.person("r1", MODERATOR).await;
        let room = format!("r1@conference.{DOMAIN}");
        assert!(focus.join(&room, "focus").await.is_err());
        assert!(person.join(&room, "p").await.is_err());
    }
}

#[tokio::test]
async fn the_service_is_told_who_is_there_by_its_own_ids() {
    let prosody = Prosody::start().await;
    let room = prosody.talk("r1").await;
    prosody.let_in("r1", "p1").await;
    assert_eq!(
        prosody.look("r1").await.unwrap(),
        json!({"waiting_room": true, "password": false, "inside": [], "waiting": []})
    );
    let mut focus = prosody.account("focus").await;
    focus.join(&room, "focus").await.unwrap();
    let mut moderator = prosody.person("r1", MODERATOR).await;
    moderator.join(&room, "m").await.unwrap();
    moderator.join(&format!("r1@lobby.{DOMAIN}"), "m").await.unwrap();
    let mut person = prosody.person("r1", "p1").await;
    person.join(&room, "p").await.unwrap();
    let seen = prosody.look("r1").await.unwrap();
    let inside = seen["inside"].as_array().unwrap();
    assert_eq!(inside.len(), 2, "the focus is nobody");
    assert!(inside.contains(&json!({"id": MODERATOR, "moderator": true})));
    assert!(inside.contains(&json!({"id": "p1", "moderator": false})));
    assert_eq!(seen["waiting"].as_array().unwrap().len(), 1);
    let (_, status) = prosody.ask(Method::GET, "/status", &Value::Null).await;
    let expected = json!({
        "version": 1, "domain": DOMAIN, "rooms": format!("conference.{DOMAIN}"), "lobby": format!("lobby.{DOMAIN}")
    });
    assert_eq!(status, expected);
}

#[tokio::test]
async fn what_is_not_understood_changes_nothing() {
    let prosody = Prosody::start().await;
    prosody.talk("r1").await;
    let long = "x".repeat(5000);
    let bodies = [
        json!(null),
        json!("text"),
        json!([]),
        json!({}),
        json!({"moderator": "m"}),
        json!({"moderator": 7, "seconds": 3600}),
        json!({"moderator": "m", "seconds": "soon"}),
        json!({"moderator": "M/m", "seconds": 3600}),
        json!({"name": 7}),
        json!({"name": long, "moderator": "m", "seconds": 3600}),
    ];
    for body in &bodies {
        assert_eq!(prosody.ask(Method::PUT, "/rooms/r2", body).await.0, 400, "{body}");
        assert_eq!(
            prosody.ask(Method::PUT, "/rooms/r1/people/p1", body).await.0,
            400,
            "{body}"
        );
    }
    let proper = json!({"moderator": "m", "seconds": 3600, "name": "n"});
    for path in [
        "/rooms/",
        "/rooms/R2",
        "/rooms/a@b",
        "/rooms/r1/people/",
        "/rooms/r1/people/P",
        "/rooms/r1/p/q",
        "/rooms/r3/people/p",
    ] {
        assert_eq!(prosody.ask(Method::PUT, path, &proper).await.0, 404, "{path}");
    }
    assert_eq!(prosody.look("r2").await, None);
    assert!(
        prosody
            .person("r1", "p1")
            .await
            .join(&format!("r1@conference.{DOMAIN}"), "p")
            .await
            .is_err()
    );
}

#[tokio::test]
async fn no_name_stands_in_the_log_of_prosody() {
    let prosody = Prosody::start().await;
    let room = prosody.talk("r1").await;
    prosody.let_in("r1", "p1").await;
    let mut person = prosody.person("r1", "p1").await;
    person.join(&room, "p").await.unwrap();
    prosody.send_out("r1", "p1").await;
    person.put_out(&room).await;
    assert_eq!(prosody.end("r1").await, 204);
    assert!(!prosody.log().contains("Name of"));
}
