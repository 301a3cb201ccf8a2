//! Rule 4 against impersonation: with a passkey, the teacher's own token from an unknown browser leads to a question, and nowhere else.

mod hostile;
pub(crate) mod recovery;

use sprechzimmer::config::PasskeyPolicy;

use crate::rule_04_moderator::everything;
use crate::world::{AUNT, Authenticator, Browser, COLLEAGUE, Call, Container, PUPIL, Page, TEACHER, Talk, World};

const NEVER: &str = "00000000000000000000000000000000";
const NEW: &str = "/passkey/new";
const PROVE: &str = "/passkey/prove";

/// A teacher whose first passkey was made in this browser, on this device.
pub(crate) async fn protected(world: &World) -> (Browser, Authenticator) {
    let (teacher, device) = (world.launch(TEACHER).await, Authenticator::new());
    let page = device.answer(&teacher, &teacher.get(NEW).await, &world.url).await;
    assert_eq!((page.path.as_str(), page.status), ("/passkeys", 200), "{}", page.text());
    (teacher, device)
}

/// Somebody with the teacher's own token, in a browser that was never here.
pub(crate) async fn impersonator(world: &World) -> Browser {
    let (browser, page) = world.arrive(&TEACHER.claims()).await;
    assert_eq!(page.path, PROVE, "{}", page.text());
    browser
}

/// The page without the question itself, the ids and the number of the error.
fn plain(page: &Page, talk: &Talk, person: &str) -> String {
    let mut text = page.sealed().replace(&talk.id, NEVER).replace(person, NEVER);
    for question in page.attributes("form[data-passkey]", "data-options") {
        text = text.replace(&question.replace('"', "&#34;"), "");
    }
    if page.status == 403 {
        text = text.replace(&page.reference(), "");
    }
    text
}

#[tokio::test]
async fn a_teacher_is_asked_once_and_may_say_later() {
    let world = World::start().await;
    let browser = world.browser();
    let page = world.lms.launch(&browser, &TEACHER.claims(), Container::Tab).await;
    assert_eq!(page.path, NEW);
    assert!(page.has("form[data-passkey=create]") && page.has("noscript"));
    let page = page.form(NEW).to("/passkey/later").send(&browser).await;
    assert_eq!(page.path, "/overview");
    assert!(page.has("a[href='/passkey/new']"), "it stays possible");
    let page = browser.get("/consultations/new").await;
    assert!(page.has("main .notice a[href='/passkey/new']"), "and is offered again");
    let elsewhere = world.browser();
    let page = world.lms.launch(&elsewhere, &TEACHER.claims(), Container::Tab).await;
    assert_eq!(page.path, "/overview", "once is once");
    let (pupil, page) = world.arrive(&PUPIL.claims()).await;
    assert_eq!(page.path, "/uninvited");
    for path in [NEW, "/passkeys"] {
        assert_ne!(pupil.get(path).await.path, "/passkeys");
        assert_eq!(pupil.get(path).await.status, 404, "nothing to protect");
    }
    assert_eq!(pupil.post("/passkey/recovery", &[]).await.status, 404);
}

#[tokio::test]
async fn an_unknown_browser_sees_opens_and_counts_nothing_until_the_passkey_is_proven() {
    let world = World::start().await;
    let (teacher, device) = protected(&world).await;
    let talk = world.open_with(teacher, &[AUNT]).await;
    let person = talk.person(AUNT).await;
    let other = impersonator(&world).await;
    let (pages, buttons) = everything(&person);
    let never = |path: &str| format!("/consultations/{NEVER}{}", path.replace(&person, NEVER));
    for path in pages {
        let (there, nowhere) = (other.get(&talk.path(&path)).await, other.get(&never(&path)).await);
        assert_eq!(there.path, PROVE, "{path}");
        assert_eq!(plain(&there, &talk, &person), plain(&nowhere, &talk, &person), "{path}");
    }
    for path in buttons {
        let (there, nowhere) = (
            other.post(&talk.path(&path), &[]).await,
            other.post(&never(&path), &[]).await,
        );
        assert_eq!(there.status, 403, "{path}");
        assert_eq!(plain(&there, &talk, &person), plain(&nowhere, &talk, &person), "{path}");
    }
    for path in [
        "/overview",
        "/consultations/new",
        "/passkeys",
        NEW,
        &format!("/records/{}", talk.id),
    ] {
        let page = other.get(path).await;
        assert_eq!(page.path, PROVE, "{path}");
        assert!(!page.body.contains(AUNT));
    }
    assert_eq!(other.post("/consultations", &[]).await.status, 403);
    assert!(other.cookie("__Host-browser").is_none(), "nothing makes it known");
    assert_eq!(talk.standing(AUNT).await, "invited", "none of it did anything");

    let page = other.get(&talk.path("/links")).await;
    assert!(device.is_asked(&page));
    let page = device.answer(&other, &page, &world.url).await;
    assert_eq!(page.path, talk.path("/links"), "it leads on: {}", page.text());
    assert!(other.get("/overview").await.body.contains(&talk.id));
    let again = world.lms.launch(&other, &TEACHER.claims(), Container::Tab).await;
    assert_eq!(again.path, "/overview", "the browser is known from now on");
    let ticket: serde_json::Value = serde_json::from_str(&other.post(&talk.path("/ticket"), &[]).await.body).unwrap();
    Call::hello(&world.url, ticket["ticket"].as_str().unwrap())
        .await
        .inside()
        .await;
}

#[tokio::test]
async fn a_known_browser_is_known_for_one_person_only() {
    let world = World::start().await;
    let (browser, _) = protected(&world).await;
    let talk = world.open_with(browser, &[AUNT]).await;
    let page = world.launch_again(&talk.teacher, COLLEAGUE).await;
    assert_eq!(page.path, "/overview");
    assert!(!page.body.contains(&talk.id));
    assert_eq!(talk.get("").await.status, 404);
    let page = world.launch_again(&talk.teacher, TEACHER).await;
    assert!(
        page.body.contains(&talk.id),
        "on a shared computer everybody finds their own"
    );
}

#[tokio::test]
async fn what_was_begun_before_the_first_passkey_is_protected_by_it_from_then_on() {
    let world = World::start().await;
    let talk = world.sealed(&[AUNT]).await;
    let device = Authenticator::new();
    device
        .answer(&talk.teacher, &talk.teacher.get(NEW).await, &world.url)
        .await;
    assert_eq!(talk.get("").await.status, 200);
    let other = impersonator(&world).await;
    let page = other.get(&talk.path("")).await;
    assert_eq!(device.answer(&other, &page, &world.url).await.path, talk.path(""));
}

#[tokio::test]
async fn whoever_is_faster_to_make_a_passkey_gains_nothing_that_was_there() {
    let world = World::start().await;
    let talk = world.sealed(&[AUNT]).await;
    let (other, device) = protected(&world).await;
    let page = other.get("/overview").await;
    assert!(!page.body.contains(&talk.id));
    assert_eq!(other.get(&talk.path("")).await.status, 404);
    assert_eq!(talk.get("").await.status, 200, "the teacher still has it");
    assert_eq!(
        talk.teacher.get("/overview").await.path,
        PROVE,
        "and notices that somebody was there"
    );
    assert!(device.is_asked(&talk.teacher.get(PROVE).await));
}

#[tokio::test]
async fn somebody_with_a_passkey_is_also_invited_only_in_a_known_browser() {
    let world = World::start().await;
    let (colleague, device) = (world.launch(COLLEAGUE).await, Authenticator::new());
    device.answer(&colleague, &colleague.get(NEW).await, &world.url).await;
    let talk = world.draft().await;
    talk.pick(&COLLEAGUE.name()).await;
    talk.seal().await;
    let invitation = format!("/invited/{}", talk.person(&COLLEAGUE.name()).await);
    assert_eq!(colleague.get(&invitation).await.path, invitation);
    let (other, page) = world.arrive(&COLLEAGUE.claims()).await;
    assert_eq!(page.path, PROVE);
    for path in [&invitation, "/uninvited"] {
        assert_eq!(other.get(path).await.path, PROVE, "{path}");
    }
    assert_eq!(other.post(&format!("{invitation}/consent"), &[]).await.status, 403);
    let page = device.answer(&other, &other.get(&invitation).await, &world.url).await;
    assert_eq!(page.path, invitation);
}

#[tokio::test]
async fn a_school_may_want_a_passkey_before_anything_is_begun() {
    let world = World::with(|config| config.policy.passkey = PasskeyPolicy::Required).await;
    let teacher = world.launch(TEACHER).await;
    assert_eq!(teacher.get("/consultations/new").await.path, NEW);
    let form = [("date", "2099-01-01"), ("time", "10:00"), ("minutes", "45")];
    assert_eq!(teacher.post("/consultations", &form).await.status, 403);
    let device = Authenticator::new();
    device.answer(&teacher, &teacher.get(NEW).await, &world.url).await;
    let talk = world.draft_by(teacher).await;
    assert_eq!(talk.get("").await.status, 200);
}

#[tokio::test]
async fn one_s_own_passkeys_are_listed_removed_and_other_browsers_forgotten() {
    let world = World::start().await;
    let (teacher, device) = protected(&world).await;
    let talk = world.open_with(teacher, &[AUNT]).await;
    let other = impersonator(&world).await;
    device.answer(&other, &other.get(PROVE).await, &world.url).await;
    let page = other.get("/passkeys").await;
    let rows = page.attributes("form[action$='/remove']", "action");
    assert_eq!(rows.len(), 1);
    page.form("/passkeys/forget-browsers").send(&other).await;
    assert_eq!(talk.get("").await.path, PROVE, "the other one has to prove it again");
    let page = device.answer(&talk.teacher, &talk.get("").await, &world.url).await;
    assert_eq!(page.status, 200);
    let stranger = impersonator(&world).await;
    assert_eq!(stranger.post(&rows[0], &[]).await.status, 403);
    let page = page_of(&other).await.form(&rows[0]).send(&other).await;
    assert_eq!(page.path, NEW, "none is left");
    assert!(other.get("/overview").await.body.contains(&talk.id));
    assert_eq!(
        talk.get("").await.status,
        404,
        "what was guarded is seen where the last one was removed"
    );
}

async fn page_of(browser: &Browser) -> Page {
    browser.get("/passkeys").await
}
