//! Rule 10: whoever takes part can report an incident to the data-protection officer, without a word about people or the talk.

use crate::world::{AUNT, Browser, Page, TEACHER, UNCLE, World};

/// Says what happened on this page of incidents; answers the page with the report.
async fn report(browser: &Browser, path: &str, kind: &str) -> Page {
    let page = browser.get(path).await;
    assert!(
        page.part("section", "Frau Keller")
            .has("a[href='mailto:datenschutz@schule.example']"),
        "whom to tell"
    );
    page.form(path).set("kind", kind).send(browser).await
}

fn names_nobody(page: &Page) {
    let words = [AUNT, UNCLE].into_iter().flat_map(str::split_whitespace);
    for word in words.chain([TEACHER.given, TEACHER.family, TEACHER.subject]) {
        assert!(!page.body.contains(word), "{word} stands in the report");
    }
}

#[tokio::test]
async fn everybody_in_the_talk_can_report_and_the_proof_counts_it() {
    let world = World::start().await;
    let (talk, _initiator, people) = world.talking(&[AUNT]).await;
    let (guest, _call) = people.first().unwrap();
    let own = format!("{}/incident", guest.own);
    assert!(
        guest.get("/room").await.has(&format!("a[href='{own}']")),
        "the button is in the room"
    );
    for (browser, path, kind) in [
        (&talk.teacher, talk.path("/incident"), "stranger"),
        (&guest.browser, own, "recorded"),
    ] {
        let page = report(browser, &path, kind).await;
        assert_eq!((page.status, page.path.as_str()), (200, path.as_str()));
        let facts = page.part("dl.facts", &talk.id);
        names_nobody(&facts);
        let mail = page.attribute("a[href*='subject=']", "href").unwrap();
        assert!(mail.starts_with("mailto:datenschutz@schule.example?") && mail.contains(&talk.id));
        names_nobody(&Page { body: mail, ..facts });
    }
    talk.end().await;
    let proof = talk.proof().await;
    let rule = proof.part(".proof > li[value='10']", "2");
    assert!(rule.has(".state.noted"), "{}", rule.text());
    names_nobody(&proof);
}

#[tokio::test]
async fn the_button_is_on_the_waiting_page_too() {
    let world = World::start().await;
    let talk = world.opened(&[AUNT]).await;
    let guest = world.guest(&talk.link(AUNT).await).await;
    guest.consent().await;
    let own = format!("{}/incident", guest.own);
    assert!(guest.wait().await.has(&format!("a[href='{own}']")));
    names_nobody(
        &report(&guest.browser, &own, "technical")
            .await
            .part("dl.facts", &talk.id),
    );
}

#[tokio::test]
async fn the_initiator_locks_and_ends_from_there_at_once() {
    let world = World::start().await;
    let (talk, _initiator, mut people) = world.talking(&[AUNT]).await;
    let (guest, mut call) = people.pop().unwrap();
    let page = report(&talk.teacher, &talk.path("/incident"), "stranger").await;
    page.form(&talk.path("/lock")).send(&talk.teacher).await;
    talk.act(AUNT, "send-back").await;
    assert_eq!(call.closed().await, 4408);
    assert_eq!(talk.act(AUNT, "admit").await.status, 409, "locked");
    let of_guest = guest.get("/incident").await;
    assert!(
        !of_guest.has(&format!("form[action='{}']", talk.path("/end"))),
        "only the initiator ends"
    );
    page.form(&talk.path("/end")).send(&talk.teacher).await;
    talk.proof().await;
}

#[tokio::test]
async fn a_report_is_read_in_its_own_consultation_only() {
    let world = World::start().await;
    let (one, other) = (world.opened(&[AUNT]).await, world.opened(&[UNCLE]).await);
    let aunt = world.guest(&one.link(AUNT).await).await;
    let uncle = world.guest(&other.link(UNCLE).await).await;
    let page = aunt
        .browser
        .post(&format!("{}/incident", aunt.own), &[("kind", "other")])
        .await;
    let report = page.part("dl.facts", &one.id).text();
    let number = report
        .split_whitespace()
        .rfind(|word| word.len() == 32 && *word != one.id)
        .unwrap();
    assert_eq!(aunt.get(&format!("/incident?report={number}")).await.status, 200);
    assert_eq!(uncle.get(&format!("/incident?report={number}")).await.status, 404);
    assert_eq!(other.get(&format!("/incident?report={number}")).await.status, 404);
}

#[tokio::test]
async fn an_empty_report_is_asked_for_again_and_not_counted() {
    let world = World::start().await;
    let talk = world.opened(&[AUNT]).await;
    for kind in ["", "intruder", "nonsense"] {
        let page = talk.teacher.post(&talk.path("/incident"), &[("kind", kind)]).await;
        assert!(page.has(".errors[role=alert]"), "{kind}");
    }
    talk.end().await;
    let proof = talk.proof().await;
    assert!(
        proof.has(".proof > li[value='10'] .state.kept"),
        "nobody forges an alarm of the watch either"
    );
    assert!(proof.has(".proof > li[value='8'] .state.kept"));
}
