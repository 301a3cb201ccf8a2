//! The platforms' keys: fetched seldom, never in each other's way.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use lti13_tool::testing::Signer;
use lti13_tool::{Error, KeySet, LaunchResponse, LoginRequest, UnixTime};
use serde_json::json;
use sprechzimmer::app::platform_keys::PlatformKeys;
use tokio::time::timeout;
use url::Url;

use crate::world::{Container, Lms, Mood, TEACHER, World, now};

const KNOWN: &str = "simulated-rsa";

async fn lms() -> Lms {
    let tool: Url = "http://localhost:1".parse().unwrap();
    Lms::start(&tool).await
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_795_445_759).unwrap() + SignedDuration::from_secs(seconds)
}

#[tokio::test]
async fn an_unknown_key_is_looked_for_at_most_once_a_minute() {
    let (lms, keys) = (lms().await, PlatformKeys::default());
    let platform = lms.platform.platform();
    for second in 0..59 {
        assert!(
            !keys
                .find(&platform, "invented", at(second))
                .await
                .unwrap()
                .contains("invented")
        );
    }
    assert_eq!(lms.hits(), 1);
    keys.find(&platform, "invented", at(60)).await.unwrap();
    assert_eq!(lms.hits(), 2);
}

#[tokio::test]
async fn known_keys_are_fetched_once_an_hour_and_by_many_at_once_only_once() {
    let (lms, keys) = (lms().await, Arc::new(PlatformKeys::default()));
    let asked: Vec<_> = (0..16)
        .map(|_| {
            let (keys, platform) = (keys.clone(), lms.platform.platform());
            tokio::spawn(async move { keys.find(&platform, KNOWN, at(0)).await.unwrap().contains(KNOWN) })
        })
        .collect();
    for asked in asked {
        assert!(asked.await.unwrap());
    }
    keys.find(&lms.platform.platform(), KNOWN, at(3599)).await.unwrap();
    assert_eq!(lms.hits(), 1);
    keys.find(&lms.platform.platform(), KNOWN, at(3600)).await.unwrap();
    assert_eq!(lms.hits(), 2);
}

#[tokio::test]
async fn keys_of_the_last_day_serve_while_the_platform_is_down() {
    let (lms, keys) = (lms().await, PlatformKeys::default());
    let platform = lms.platform.platform();
    keys.find(&platform, KNOWN, at(0)).await.unwrap();
    lms.set(Mood::Broken);
    assert!(keys.find(&platform, KNOWN, at(86_399)).await.unwrap().contains(KNOWN));
    assert!(keys.find(&platform, KNOWN, at(86_401 + 60)).await.is_err());
}

/// A launch with this key set, as the library judges it.
fn judged(lms: &Lms, keys: &KeySet, now: Timestamp) -> Result<(), Error> {
    let target: Url = "http://localhost:1/lti/launch".parse().unwrap();
    let (platform, now) = (lms.platform.platform(), UnixTime::from_seconds(now.as_second()));
    let login = LoginRequest::parse(lms.platform.login_form(target.as_str(), "3")).unwrap();
    let (url, pending) = login.begin(&platform, &target, [7; 32], now).unwrap();
    let answer = lms
        .platform
        .answer(&lms.platform.receive(&url).unwrap(), &TEACHER.claims(), now);
    let response = LaunchResponse::parse(answer.fields).unwrap();
    response.verify(pending, &platform, keys, now).map(drop)
}

#[tokio::test]
async fn a_key_that_the_platform_has_withdrawn_verifies_nothing_from_the_next_look_on() {
    let (lms, keys) = (lms().await, PlatformKeys::default());
    let platform = lms.platform.platform();
    let found = keys.find(&platform, KNOWN, at(0)).await.unwrap();
    assert_eq!(judged(&lms, &found, at(0)), Ok(()));
    lms.publish(&json!([Signer::Es256.public_jwk()]));
    let fresh = keys.find(&platform, KNOWN, at(3599)).await.unwrap();
    assert_eq!(judged(&lms, &fresh, at(3599)), Ok(()), "we have not looked again yet");
    let found = keys.find(&platform, KNOWN, at(3600)).await.unwrap();
    assert_eq!(judged(&lms, &found, at(3600)), Err(Error::KeyIdUnknown));
    // a silent platform does not bring it back
    lms.set(Mood::Broken);
    let found = keys.find(&platform, KNOWN, at(3700)).await.unwrap();
    assert_eq!(judged(&lms, &found, at(3700)), Err(Error::KeyIdUnknown));
}

#[tokio::test]
async fn a_token_of_the_new_key_makes_the_withdrawn_one_go_before_its_hour() {
    let (lms, keys) = (lms().await, PlatformKeys::default());
    let platform = lms.platform.platform();
    lms.publish(&json!([Signer::Rs256.public_jwk()]));
    keys.find(&platform, KNOWN, at(0)).await.unwrap();
    lms.publish(&json!([Signer::Es256.public_jwk()]));
    assert!(
        keys.find(&platform, "simulated-ec", at(60))
            .await
            .unwrap()
            .contains("simulated-ec")
    );
    let found = keys.find(&platform, KNOWN, at(61)).await.unwrap();
    assert_eq!(judged(&lms, &found, at(61)), Err(Error::KeyIdUnknown));
}

#[tokio::test]
async fn a_launch_with_a_withdrawn_key_is_refused_on_a_plain_page() {
    let world = World::start().await;
    world.lms.publish(&json!([Signer::Es256.public_jwk()]));
    let browser = world.browser();
    let page = world.lms.launch(&browser, &TEACHER.claims(), Container::Frame).await;
    assert_eq!(page.status, 401);
    assert!(page.text().contains("Unterschrift"), "{}", page.text());
    let line = &crate::logs::lines_with(&page.reference())[0];
    assert!(
        line.contains("kid_unknown") && line.contains("Security Framework 1.0 §6.3"),
        "{line}"
    );
    assert!(browser.cookie("__Host-visit").is_none());
}

#[tokio::test]
async fn a_platform_that_hangs_does_not_stop_another() {
    let (hanging, well) = (lms().await, lms().await);
    hanging.set(Mood::Hanging);
    let keys = Arc::new(PlatformKeys::default());
    let (waiting, platform) = (keys.clone(), hanging.platform.platform());
    let waiting = tokio::spawn(async move { waiting.find(&platform, KNOWN, at(0)).await.is_ok() });
    while hanging.hits() == 0 {
        tokio::task::yield_now().await;
    }
    let other = well.platform.platform();
    let found = timeout(Duration::from_secs(4), keys.find(&other, KNOWN, at(0))).await;
    assert!(found.unwrap().unwrap().contains(KNOWN));
    assert!(!waiting.is_finished(), "the first one still waits");
    hanging.set(Mood::Well);
    assert!(waiting.await.unwrap());
}

#[tokio::test]
async fn a_launch_whose_platform_is_silent_says_so() {
    let world = World::start().await;
    world.lms.set(Mood::Broken);
    let browser = world.browser();
    let page = world.lms.launch(&browser, &TEACHER.claims(), Container::Frame).await;
    assert_eq!(page.status, 503);
    assert!(crate::logs::lines_with(&page.reference())[0].contains("keys_unavailable"));
    assert!(browser.cookie("__Host-visit").is_none());
}

#[tokio::test]
async fn tokens_with_invented_keys_do_not_make_us_ask_the_platform_again() {
    let world = World::start().await;
    world.launch(TEACHER).await;
    for _ in 0..3 {
        let browser = world.browser();
        let begun = world.lms.begin(&browser, Container::Frame).await;
        let platform = &world.lms.platform;
        let form = world.lms.answer_with(&begun, |nonce| {
            let header = serde_json::json!({ "alg": "RS256", "kid": "invented" });
            platform.sign_with_header(
                Signer::Rs256,
                &header,
                &platform.complete(&TEACHER.claims(), nonce, now()),
            )
        });
        assert_eq!(world.lms.post(&browser, &form, Container::Frame).await.status, 401);
    }
    assert_eq!(world.lms.hits(), 1);
}
