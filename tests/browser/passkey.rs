//! Passkeys in real browsers, with Chromium's virtual device: every page of them, and what an unknown browser sees.

use serde_json::{Value, json};

use crate::chromium::Habit;
use crate::eye::Eye;
use crate::person::Person;
use crate::talk::Stage;
use crate::world::{COLLEAGUE, TEACHER};

const MAKE: &str = "form[data-passkey=create] .primary:enabled";
const PROVE: &str = "form[data-passkey=get] .primary:enabled";

/// A device that can make sure who sits in front of it, with the passkeys of another one.
async fn device(person: &Person, passkeys: &Value) -> String {
    person.command("WebAuthn.enable", json!({})).await;
    let options = json!({
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": true,
        "hasUserVerification": true,
        "isUserVerified": true,
        "automaticPresenceSimulation": true,
    });
    let added = person
        .command("WebAuthn.addVirtualAuthenticator", json!({ "options": options }))
        .await;
    let id = added["authenticatorId"].as_str().unwrap().to_owned();
    for passkey in passkeys["credentials"].as_array().into_iter().flatten() {
        let credential = json!({ "authenticatorId": id, "credential": passkey });
        person.command("WebAuthn.addCredential", credential).await;
    }
    id
}

pub(crate) async fn from_the_first_question_to_the_way_back(language: &'static str) {
    let eye = Eye::open(language);
    let stage = Stage::begin().await;
    let teacher = stage.person(language, Habit::Usual).await.by_keyboard();
    stage.launch(&teacher, (TEACHER, language), async || {}).await;
    teacher.arrive("/passkey/new").await;
    let own = device(&teacher, &Value::Null).await;
    say_no(&teacher, &own, MAKE).await;
    eye.look(&teacher, "passkey-new-cancelled").await;
    teacher.click(MAKE).await;
    teacher.arrive("/passkeys").await;
    eye.look(&teacher, "passkey-made").await;
    teacher.click("main a[href='/overview'].primary").await;
    teacher.arrive("/overview").await;
    teacher.click("a[href='/consultations/new']").await;
    teacher.click("form[action='/consultations'] .primary").await;
    teacher.see("button[formaction$='/seal']").await;
    let draft = teacher.path().await;
    let passkeys = teacher
        .command("WebAuthn.getCredentials", json!({ "authenticatorId": own }))
        .await;

    let other = stage.person(language, Habit::Usual).await;
    stage.launch(&other, (TEACHER, language), async || {}).await;
    other.arrive("/passkey/prove").await;
    other.see(PROVE).await;
    eye.look(&other, "passkey-prove").await;
    let theirs = device(&other, &passkeys).await;
    other.go(&draft).await;
    other.arrive("/passkey/prove").await;
    say_no(&other, &theirs, PROVE).await;
    eye.look(&other, "passkey-prove-cancelled").await;
    other.click("details summary").await;
    other.click("form[action='/passkey/recovery'] button").await;
    other.see(".digits").await;
    eye.look(&other, "passkey-number").await;
    other.go(&draft).await;
    other.click(PROVE).await;
    other.arrive(&draft).await;
    other.see("button[formaction$='/seal']").await;

    teacher.go("/passkeys").await;
    teacher.see("form[action='/passkeys/forget-browsers'] button").await;
    eye.look(&teacher, "passkey-own").await;
    lost_browser(&stage, &eye, language).await;
    let found = eye.found();
    assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
    tokio::join!(teacher.close(), other.close());
}

/// Somebody does not confirm, is told so, and may try again.
async fn say_no(person: &Person, device: &str, button: &str) {
    let verified = async |is_verified: bool| {
        let parameters = json!({ "authenticatorId": device, "isUserVerified": is_verified });
        person.command("WebAuthn.setUserVerified", parameters).await;
    };
    verified(false).await;
    person.click(button).await;
    person.see("[data-problem=NotAllowedError]").await;
    person.see(button).await;
    verified(true).await;
}

/// What somebody without a passkey sees in a second browser, and after the administrator has helped.
async fn lost_browser(stage: &Stage, eye: &Eye, language: &'static str) {
    let colleague = stage.person(language, Habit::Usual).await;
    stage.launch(&colleague, (COLLEAGUE, language), async || {}).await;
    colleague.click("button[formaction='/passkey/later']").await;
    colleague.arrive("/overview").await;
    colleague.click("details.more summary").await;
    eye.look(&colleague, "overview-without-passkey").await;
    colleague.click("form[action='/passkey/recovery'] button").await;
    colleague.see(".digits").await;
    let number: String = colleague
        .ask("return document.querySelector('.digits').innerText")
        .await;
    stage.world.reset(&number.replace(' ', "")).await;
    colleague.click("main a[href='/overview'].primary").await;
    colleague.see("form[action^='/passkey/acts/'] button").await;
    eye.look(&colleague, "passkey-told").await;
    colleague.click("form[action^='/passkey/acts/'] button").await;
    let gone = "return !document.querySelector(\"form[action^='/passkey/acts/']\")";
    colleague.until_script("the notice to go", gone).await;
    colleague.close().await;
}
