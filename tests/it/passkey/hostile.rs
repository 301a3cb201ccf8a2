//! Answers that prove nothing are refused, and the question stays.

use super::{NEW, PROVE, impersonator, protected};
use crate::world::{Answer, Authenticator, COLLEAGUE, Page, TEACHER, World};

fn is_refused(page: &Page, what: &str) {
    assert_eq!(
        (page.status, page.path.as_str()),
        (422, PROVE),
        "{what}: {}",
        page.text()
    );
    assert!(page.has("[data-failed]"), "{what}");
}

#[tokio::test]
async fn an_answer_for_another_place_purpose_or_question_proves_nothing() {
    let world = World::start().await;
    let (_teacher, device) = protected(&world).await;
    let other = impersonator(&world).await;
    for what in [
        "origin",
        "scheme",
        "host",
        "purpose",
        "challenge of one's own",
        "no challenge",
        "nobody verified",
        "nobody there",
    ] {
        let mut answer = Answer::to(&other.get(PROVE).await, &world.url);
        match what {
            "origin" => "https://evil.example".clone_into(&mut answer.origin),
            "scheme" => answer.origin.insert(4, 's'),
            "host" => "evil.example".clone_into(&mut answer.host),
            "purpose" => answer.purpose = "webauthn.create",
            "no challenge" => answer.challenge.clear(),
            "nobody verified" => answer.unverified(),
            "nobody there" => answer.flags = 0,
            _ => answer.challenge = "A".repeat(43),
        }
        is_refused(&device.send(&other, &answer).await, what);
    }
    let answer = Answer::to(&other.get(PROVE).await, &world.url);
    is_refused(&Authenticator::new().send(&other, &answer).await, "an unknown device");
    is_refused(&other.post(PROVE, &[]).await, "nothing");
    assert_eq!(other.get("/overview").await.path, PROVE);
    assert!(other.cookie("__Host-browser").is_none());
    assert_eq!(
        device.answer(&other, &other.get(PROVE).await, &world.url).await.path,
        "/overview"
    );
}

#[tokio::test]
async fn an_answer_counts_once_and_only_in_the_visit_that_was_asked() {
    let world = World::start().await;
    let (_teacher, device) = protected(&world).await;
    let (one, two) = (impersonator(&world).await, impersonator(&world).await);
    let fields = device.fields(&Answer::to(&one.get(PROVE).await, &world.url));
    is_refused(&two.post_fields(PROVE, &fields).await, "asked in another visit");
    assert_eq!(one.post_fields(PROVE, &fields).await.path, "/overview");
    is_refused(&two.post_fields(PROVE, &fields).await, "replayed");
    let page = one.get("/passkeys").await;
    page.form("/passkeys/forget-browsers").send(&one).await;
    let three = impersonator(&world).await;
    is_refused(&three.post_fields(PROVE, &fields).await, "replayed later");
}

#[tokio::test]
async fn a_device_that_has_counted_and_counts_no_further_is_a_copy() {
    let world = World::start().await;
    let (_teacher, device) = protected(&world).await;
    for (counter, is_new) in [(5, true), (5, false), (4, false), (6, true)] {
        let other = impersonator(&world).await;
        let mut answer = Answer::to(&other.get(PROVE).await, &world.url);
        answer.counter = counter;
        let page = device.send(&other, &answer).await;
        assert_eq!(page.path == "/overview", is_new, "{counter}: {}", page.text());
    }
}

#[tokio::test]
async fn a_colleagues_passkey_proves_only_the_colleague() {
    let world = World::start().await;
    let (_teacher, _) = protected(&world).await;
    let colleague = world.launch(COLLEAGUE).await;
    let theirs = Authenticator::new();
    let page = theirs.answer(&colleague, &colleague.get(NEW).await, &world.url).await;
    assert_eq!(page.path, "/passkeys");
    let other = impersonator(&world).await;
    let page = other.get(PROVE).await;
    assert!(!theirs.is_asked(&page));
    is_refused(&theirs.answer(&other, &page, &world.url).await, "somebody else's");
    let page = world.launch_again(&colleague, TEACHER).await;
    assert_eq!(page.path, PROVE, "nor does the colleague's known browser");
}

#[tokio::test]
async fn a_second_passkey_is_made_in_a_known_browser_only_and_never_twice() {
    let world = World::start().await;
    let (teacher, device) = protected(&world).await;
    let other = impersonator(&world).await;
    assert_eq!(other.get(NEW).await.path, PROVE);
    let answer = Answer::to(&teacher.get(NEW).await, &world.url);
    let stolen = Authenticator::new().send(&other, &answer).await;
    assert_eq!(stolen.status, 403, "{}", stolen.text());
    let page = teacher.get(NEW).await;
    assert!(device.is_asked(&page), "the device is told not to make another one");
    assert_eq!(
        device.answer(&teacher, &page, &world.url).await.status,
        422,
        "it is there already"
    );
    let mut weak = Answer::to(&teacher.get(NEW).await, &world.url);
    weak.unverified();
    assert_eq!(Authenticator::new().send(&teacher, &weak).await.status, 422);
    let second = Authenticator::new();
    let page = second.answer(&teacher, &teacher.get(NEW).await, &world.url).await;
    assert_eq!(page.attributes("form[action$='/remove']", "action").len(), 2);
    assert_eq!(
        second.answer(&other, &other.get(PROVE).await, &world.url).await.path,
        "/overview"
    );
}

#[tokio::test]
async fn nobody_is_led_to_another_site_after_a_proof() {
    let world = World::start().await;
    let (_teacher, device) = protected(&world).await;
    for to in ["https://evil.example/", "//evil.example/", "/\\evil.example"] {
        let other = impersonator(&world).await;
        let wish: String = url::form_urlencoded::byte_serialize(to.as_bytes()).collect();
        let page = other.get(&format!("{PROVE}?to={wish}")).await;
        let page = device.answer(&other, &page, &world.url).await;
        assert_eq!((page.path.as_str(), page.location), ("/overview", None), "{to}");
    }
}
