//! What the self-test says of a Jitsi with our module, and of one without it or with less than it needs.

use std::sync::Arc;

use jiff::Timestamp;
use lti13_tool::ToolKey;
use sprechzimmer::app::random;
use sprechzimmer::backend::examination::Outcome;
use sprechzimmer::backend::jitsi::{CLAIM, Jitsi, Settings};
use sprechzimmer::backend::profile::lacking;
use sprechzimmer::id::RoomId;
use sprechzimmer::private::Private;

use super::prosody::{self, KEY, Prosody, SIGNING};
use crate::world::now;

fn jitsi(prosody: &Prosody, key: &str) -> Jitsi {
    Jitsi::new(Settings {
        url: prosody.url("/").parse().unwrap(),
        module: prosody.url("/sprechzimmer/").parse().unwrap(),
        key: Private::new(key.to_owned()),
    })
}

async fn examine(jitsi: &Jitsi) -> Outcome {
    let now = Timestamp::from_second(now().seconds()).unwrap();
    jitsi.examine(&RoomId::new(random()), now).await
}

fn failed(outcome: &Outcome) -> Vec<String> {
    let failed = outcome
        .steps
        .iter()
        .filter_map(|step| Some((step.does, step.failed.as_ref()?)));
    failed.map(|(does, why)| format!("{does}: {why}")).collect()
}

#[tokio::test]
async fn a_jitsi_with_our_module_keeps_every_rule_and_the_throwaway_talk_is_gone() {
    assert!(lacking(&CLAIM).is_empty());
    let prosody = Prosody::without_focus().await;
    let jitsi = jitsi(&prosody, KEY);
    jitsi.sign_with(SIGNING.clone());
    let outcome = examine(&jitsi).await;
    assert_eq!(failed(&outcome), Vec::<String>::new());
    assert_eq!(outcome.broken_rules(), Vec::<u8>::new());
    assert_eq!(outcome.guarantees, CLAIM, "every value was seen");
    // again, as every day
    assert!(examine(&jitsi).await.lacks().is_empty());
}

#[tokio::test]
async fn a_jitsi_without_our_module_is_refused_by_the_number_of_every_rule() {
    let prosody = Prosody::with(prosody::Settings {
        module: "",
        ..prosody::Settings::default()
    })
    .await;
    let jitsi = jitsi(&prosody, KEY);
    jitsi.sign_with(SIGNING.clone());
    let outcome = examine(&jitsi).await;
    assert_eq!(outcome.broken_rules(), [2, 3, 4, 5, 6, 8, 9]);
    assert_eq!(outcome.steps.len(), 1, "{:?}", failed(&outcome));
}

#[tokio::test]
async fn a_wrong_key_or_a_signature_that_jitsi_does_not_know_is_named() {
    let prosody = Prosody::without_focus().await;
    let wrong = jitsi(&prosody, &KEY.to_uppercase());
    wrong.sign_with(SIGNING.clone());
    let outcome = examine(&wrong).await;
    assert!(failed(&outcome).concat().contains("secret"), "{:?}", failed(&outcome));
    assert_eq!(outcome.broken_rules(), [2, 3, 4, 5, 6, 8, 9]);

    let unknown = jitsi(&prosody, KEY);
    assert!(failed(&examine(&unknown).await).concat().contains("no key of our own"));
    unknown.sign_with(Arc::new(ToolKey::from_pem(&ToolKey::generate_pem().unwrap()).unwrap()));
    let outcome = examine(&unknown).await;
    assert!(
        failed(&outcome).concat().contains("cache_keys_url"),
        "{:?}",
        failed(&outcome)
    );
    assert!(outcome.broken_rules().contains(&4));
}
