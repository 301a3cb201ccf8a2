//! What can reach a log: no value of a person, in no error and no `Debug`.

use lti13_tool::testing::{LaunchClaims, claim};
use lti13_tool::{LaunchResponse, LoginRequest, NonceUse};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::world::{LAUNCH_URL, NOW, World};

const MARK: &str = "GEHEIM";

fn person() -> LaunchClaims {
    LaunchClaims::teacher("sub-GEHEIM")
        .named("given-GEHEIM", "family-GEHEIM")
        .with("email", "mail-GEHEIM@schule.invalid")
        .with(&claim("lis"), json!({ "person_sourcedid": "id-GEHEIM" }))
        .with(&claim("ext"), json!({ "user_username": "user-GEHEIM" }))
        .with(&claim("custom"), json!({ "email": "custom-GEHEIM" }))
        .with(
            &claim("context"),
            json!({ "id": "2", "label": "label-GEHEIM", "title": "title-GEHEIM" }),
        )
        .with(&claim("resource_link"), json!({ "id": "1", "title": "link-GEHEIM" }))
        .with(
            &claim("launch_presentation"),
            json!({
                "locale": "de", "return_url": "https://lms.example/return?sesskey=GEHEIM"
            }),
        )
}

#[test]
fn no_step_of_a_launch_shows_the_person() {
    let world = World::new();
    let mut form = world.lms.login_form(LAUNCH_URL, "hint-GEHEIM");
    form.retain(|(name, _)| name != "lti_message_hint");
    form.push(("lti_message_hint".to_owned(), "message-GEHEIM".to_owned()));
    let login = LoginRequest::parse(form).unwrap();
    let (request, pending) = world.begin();
    let answer = world.lms.answer(&request, &person(), NOW);
    let shown = format!("{login:?} {request:?} {pending:?} {answer:?}");
    let response = LaunchResponse::parse(answer.fields).unwrap();
    let shown = format!("{shown} {response:?}");
    let unspent = response
        .verify(pending.clone(), &world.platform, &world.keys, NOW)
        .unwrap();
    let shown = format!("{shown} {unspent:?}");
    let launch = unspent.spend(NonceUse::First).unwrap();
    let shown = format!(
        "{shown} {launch:?} {:?} {:?} {:?}",
        launch.name(),
        launch.subject(),
        launch.presentation()
    );
    assert!(!shown.contains(MARK), "{shown}");
    assert!(!shown.contains(pending.state()), "{shown}");
    assert!(shown.contains("https://lms.example"), "what is no secret is shown");
    assert_eq!(launch.subject().as_str(), "sub-GEHEIM");
}

#[test]
fn what_is_not_needed_is_not_kept() {
    let launch = World::new().launch(&person()).unwrap();
    let all = format!(
        "{:?}",
        (
            launch.name().full.as_deref(),
            launch.context().map(|context| &context.title)
        )
    );
    assert!(all.contains("given-GEHEIM family-GEHEIM"));
    assert_eq!(launch.custom("user_username"), None);
}

proptest! {
    #[test]
    fn no_error_shows_the_person(
        position in 0_usize..11,
        odd in prop_oneof![
            Just(Value::Null), Just(json!("GEHEIM")), Just(json!(["GEHEIM"])), Just(json!({ "id": "GEHEIM\u{e4}" })), Just(json!(-1)),
        ],
    ) {
        let plain = ["iss", "aud", "azp", "exp", "iat", "nonce", "sub"].map(str::to_owned);
        let lti = ["version", "message_type", "deployment_id", "roles", "resource_link", "target_link_uri"].map(claim);
        let name = plain.into_iter().chain(lti).nth(position).unwrap();
        if let Err(error) = World::new().launch(&person().with(&name, odd)) {
            let shown = format!("{error} {error:?} {} {}", error.code(), error.clause());
            prop_assert!(!shown.contains(MARK), "{}", shown);
        }
    }

    #[test]
    fn no_refused_login_shows_its_values(name in 0_usize..6, value in "GEHEIM.{0,300}") {
        let names = ["iss", "login_hint", "target_link_uri", "client_id", "lti_deployment_id", "lti_message_hint"];
        let mut form = World::new().lms.login_form(LAUNCH_URL, "3");
        form.retain(|(field, _)| field != names[name]);
        form.push((names[name].to_owned(), value));
        if let Err(error) = LoginRequest::parse(form) {
            let shown = format!("{error} {error:?}");
            prop_assert!(!shown.contains(MARK), "{}", shown);
        }
    }
}
