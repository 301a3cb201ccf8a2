//! From the personal link to the waiting room (rules 1, 2, 3 and 7).

use crate::talk::Talk;
use crate::world::{COLLEAGUE, World};

#[tokio::test]
async fn a_link_belongs_to_the_first_browser_that_opens_it() {
    let world = World::start().await;
    let talk = Talk::sealed(&world).await;
    let pupil = &talk.invited[0];
    let (first, second) = (world.browser(), world.browser());
    assert_eq!(pupil.redeem(&first).await.path, pupil.own());
    assert_eq!(pupil.redeem(&first).await.path, pupil.own(), "as often as they like");
    let refused = pupil.redeem(&second).await;
    assert_eq!(refused.status, 409);
    assert!(
        refused.text().contains("schon in einem anderen Browser"),
        "{}",
        refused.text()
    );
    assert_eq!(second.cookie("__Host-guest"), None);
    assert_eq!(second.get(&pupil.own()).await.status, 404);
}

#[tokio::test]
async fn one_browser_may_hold_the_links_of_two_people() {
    let world = World::start().await;
    let talk = Talk::sealed(&world).await;
    let browser = world.browser();
    for person in &talk.invited {
        assert_eq!(person.redeem(&browser).await.path, person.own());
    }
    assert_eq!(browser.get(&talk.invited[0].own()).await.status, 200);
    assert_eq!(browser.get(&talk.invited[1].own()).await.status, 200);
}

#[tokio::test]
async fn a_whole_link_can_be_pasted() {
    let world = World::start().await;
    let talk = Talk::sealed(&world).await;
    let pupil = &talk.invited[0];
    let link = format!(" {}i#{} ", world.url, pupil.secret);
    let page = world.browser().post("/i", &[("secret", &link)]).await;
    assert_eq!(page.path, pupil.own());
}

#[tokio::test]
async fn a_revoked_link_reads_like_one_that_never_existed() {
    let world = World::start().await;
    let talk = Talk::sealed(&world).await;
    let pupil = &talk.invited[0];
    let bound = world.browser();
    pupil.redeem(&bound).await;
    talk.decide(pupil, "revoke").await;
    let revoked = pupil.redeem(&bound).await;
    let unknown = bound.post("/i", &[("secret", &"A".repeat(43))]).await;
    assert_eq!((revoked.status, unknown.status), (404, 404));
    assert_eq!(revoked.text(), unknown.text());
    assert_eq!(
        bound.get(&pupil.own()).await.status,
        404,
        "the browser bound before is out as well"
    );
}

#[tokio::test]
async fn others_on_the_list_are_shown_by_their_role_only() {
    let world = World::start().await;
    let talk = Talk::sealed(&world).await;
    let browser = world.browser();
    let text = talk.invited[0].redeem(&browser).await.text();
    assert!(text.contains("Mia Beispielkind"), "{text}");
    assert!(text.contains("ein Elternteil"), "{text}");
    assert!(!text.contains("Beispielmutter"), "{text}");
}

#[tokio::test]
async fn nobody_waits_before_saying_yes() {
    let world = World::start().await;
    let talk = Talk::open(&world).await;
    let pupil = &talk.invited[0];
    let browser = world.browser();
    pupil.redeem(&browser).await;
    assert_eq!(browser.post(&format!("{}/wait", pupil.own()), &[]).await.status, 409);
    assert_eq!(browser.get(&format!("{}/waiting", pupil.own())).await.path, pupil.own());
    let check = browser.post(&format!("{}/consent", pupil.own()), &[]).await;
    assert_eq!(check.path, format!("{}/devices", pupil.own()));
    let page = browser.post(&format!("{}/wait", pupil.own()), &[]).await;
    assert!(page.text().contains("sieht, dass du da bist"), "{}", page.text());
}

#[tokio::test]
async fn a_no_ends_the_waiting_and_can_be_taken_back() {
    let world = World::start().await;
    let talk = Talk::open(&world).await;
    let pupil = &talk.invited[0];
    let browser = pupil.wait(&world).await;
    let page = browser.post(&format!("{}/decline", pupil.own()), &[]).await;
    assert!(page.text().contains("keinen Grund"), "{}", page.text());
    let cockpit = talk.decide(pupil, "admit").await;
    assert_eq!(cockpit.status, 409, "{}", cockpit.text());
    let page = browser.post(&format!("{}/consent", pupil.own()), &[]).await;
    assert_eq!(page.path, format!("{}/devices", pupil.own()));
}

#[tokio::test]
async fn somebody_turned_away_reads_so_and_stays_out() {
    let world = World::start().await;
    let talk = Talk::open(&world).await;
    let pupil = &talk.invited[0];
    let browser = pupil.wait(&world).await;
    talk.decide(pupil, "turn-away").await;
    let page = browser.get(&format!("{}/waiting", pupil.own())).await;
    assert_eq!(page.path, pupil.own());
    assert!(page.text().contains("nicht eingelassen"), "{}", page.text());
    for step in ["consent", "wait", "ticket"] {
        let answer = browser.post(&format!("{}/{step}", pupil.own()), &[]).await;
        assert_eq!(answer.status, 409, "{step}");
    }
}

#[tokio::test]
async fn after_the_end_the_link_and_every_page_are_gone() {
    let world = World::start().await;
    let talk = Talk::open(&world).await;
    let pupil = &talk.invited[0];
    let browser = pupil.wait(&world).await;
    talk.act("/end", &[]).await;
    let over = erased(&world, talk.id()).await;
    assert!(!over.contains("Beispiel") && !over.contains("Bergerhausen"), "{over}");
    assert_eq!(browser.get(&pupil.own()).await.status, 404);
    assert_eq!(pupil.redeem(&browser).await.status, 404);
}

#[tokio::test]
async fn the_end_of_what_never_was_or_still_is_says_nothing() {
    let world = World::start().await;
    let talk = Talk::open(&world).await;
    let running = world.browser().get(&format!("/over/{}", talk.id())).await;
    let unknown = world.browser().get(&format!("/over/{}", "0".repeat(32))).await;
    assert_eq!((running.status, unknown.status), (404, 404));
}

#[tokio::test]
async fn without_an_invitation_a_place_with_and_without_a_consultation_look_the_same() {
    let world = World::start().await;
    let colleague = world.launch(COLLEAGUE).await;
    let before = colleague.get("/uninvited").await.text();
    let _talk = Talk::sealed(&world).await;
    assert_eq!(colleague.get("/uninvited").await.text(), before);
    let asked = colleague.post("/uninvited", &[]).await;
    assert!(asked.text().contains("Bescheid gesagt"), "{}", asked.text());
}

#[tokio::test]
async fn a_report_holds_no_name_and_is_counted() {
    let world = World::start().await;
    let talk = Talk::open(&world).await;
    let pupil = &talk.invited[0];
    let browser = pupil.wait(&world).await;
    let form = format!("{}/incident", pupil.own());
    let page = browser.post(&form, &[("kind", "recorded")]).await;
    let text = page.text();
    assert!(text.contains("aufgenommen oder fotografiert"), "{text}");
    assert!(text.contains("1 im Warteraum"), "{text}");
    assert!(
        !page.body.contains("Beispiel") && !page.body.contains("Bergerhausen"),
        "{text}"
    );
    let mail = page.attribute("a[href^='mailto:']", "href").unwrap();
    assert!(
        mail.starts_with("mailto:datenschutz@schule.example?subject=Vorfall%20"),
        "{mail}"
    );
    let unsaid = browser.post(&form, &[]).await;
    assert!(unsaid.has("[role=alert]"), "{}", unsaid.text());
}

/// Waits for the proof on the public page, as a browser does by itself.
async fn erased(world: &World, id: &str) -> String {
    for _ in 0..100 {
        let page = world.browser().get(&format!("/over/{id}")).await;
        assert_eq!(page.status, 200);
        if page.header("refresh").is_empty() {
            assert!(page.text().contains("Der Raum ist gelöscht"), "{}", page.text());
            return page.text();
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("not erased in five seconds");
}
