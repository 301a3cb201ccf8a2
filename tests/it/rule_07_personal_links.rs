//! Rule 7: every way in belongs to one person: a link to its first browser, a launch to its account.

use crate::logs;
use crate::world::{AUNT, Browser, Call, MOTHER, PUPIL, UNCLE, World, redeem};

#[tokio::test]
async fn a_link_belongs_to_the_browser_that_opened_it_first() {
    let world = World::start().await;
    let talk = world.opened(&[AUNT]).await;
    let link = talk.link(AUNT).await;
    let first = world.guest(&link).await;
    let second = world.browser();
    let page = redeem(&second, &link).await;
    assert_eq!((page.status, page.path.as_str()), (409, "/i"));
    assert!(
        !page.body.contains(AUNT),
        "the second browser does not learn whose link it is"
    );
    assert!(second.cookie("__Host-guest").is_none());
    assert_eq!(second.get(&first.own).await.status, 404);
    assert_eq!(
        redeem(&first.browser, &link).await.path,
        first.own,
        "the first one may open it again"
    );
    assert_eq!(first.get("").await.status, 200);
}

#[tokio::test]
async fn of_two_browsers_at_the_same_moment_one_is_first() {
    let world = World::start().await;
    let talk = world.opened(&[AUNT]).await;
    let link = talk.link(AUNT).await;
    let browsers: Vec<_> = (0..6).map(|_| world.browser()).collect();
    let pages = futures_util::future::join_all(browsers.iter().map(|browser| redeem(browser, &link))).await;
    assert_eq!(pages.iter().filter(|page| page.status == 200).count(), 1);
    assert_eq!(pages.iter().filter(|page| page.status == 409).count(), 5);
}

#[tokio::test]
async fn a_new_link_ends_the_old_one_and_everything_that_came_in_by_it() {
    let world = World::start().await;
    let (talk, mut initiator, mut people) = world.talking(&[AUNT, UNCLE]).await;
    let (_uncle, mut other) = people.pop().unwrap();
    let (guest, mut call) = people.pop().unwrap();
    let (old, unused) = (talk.link(AUNT).await, guest.ticket().await);
    let mut page = guest.follow().await;
    talk.act(AUNT, "renew").await;
    assert_eq!(call.closed().await, 4408);
    other.hear("peer-left").await;
    initiator.hear("peer-left").await;
    page.leads_to(&guest.own).await;
    assert_eq!(guest.get("").await.status, 404);
    assert_eq!(guest.ask_ticket().await.status, 404);
    assert_eq!(call.resume().await.closed().await, 4403);
    assert_eq!(Call::hello(&world.url, &unused).await.closed().await, 4403);
    for browser in [&guest.browser, &world.browser()] {
        assert_eq!(redeem(browser, &old).await.status, 404);
    }
    let new = talk.link(AUNT).await;
    assert_ne!(old, new);
    let again = world.guest(&new).await;
    assert_eq!(
        talk.standing(AUNT).await,
        "invited",
        "who comes by the new link is asked anew"
    );
    assert_eq!(again.post("/wait").await.status, 409);
}

#[tokio::test]
async fn a_revoked_link_opens_nothing() {
    let world = World::start().await;
    let talk = world.opened(&[AUNT]).await;
    let link = talk.link(AUNT).await;
    let guest = world.guest(&link).await;
    guest.consent().await;
    guest.wait().await;
    talk.act(AUNT, "revoke").await;
    assert_eq!(talk.standing(AUNT).await, "revoked");
    assert_eq!(guest.get("/waiting").await.status, 404);
    assert_eq!(redeem(&guest.browser, &link).await.status, 404);
    assert!(!talk.get("/links").await.body.contains(link.split_once('#').unwrap().1));
    assert_eq!(talk.act(AUNT, "admit").await.status, 409);
}

#[tokio::test]
async fn the_secret_of_a_link_travels_in_no_address() {
    let world = World::start().await;
    let talk = world.opened(&[AUNT]).await;
    let link = talk.link(AUNT).await;
    let (address, secret) = link.split_once('#').unwrap();
    assert_eq!(address, world.url.join("/i").unwrap().as_str());
    let browser = world.browser();
    let asked = browser.get(&format!("/i?secret={}", "B".repeat(43))).await;
    assert_eq!(
        (asked.status, asked.path.as_str()),
        (200, "/i"),
        "an address redeems nothing"
    );
    assert!(browser.cookie("__Host-guest").is_none());
    let page = redeem(&browser, &link).await;
    assert!(!page.path.contains(secret) && !page.body.contains(secret));
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    assert!(logs::lines_with(secret).is_empty());
}

#[tokio::test]
async fn the_calendar_file_names_nobody() {
    let world = World::start().await;
    let talk = world.sealed(&[AUNT]).await;
    let person = talk.person(AUNT).await;
    let file = talk.get(&format!("/participants/{person}/calendar.ics")).await;
    assert!(file.body.starts_with("BEGIN:VCALENDAR"), "{}", file.body);
    let unfolded = file.body.replace("\r\n ", "");
    assert!(unfolded.contains(&talk.link(AUNT).await));
    assert!(AUNT.split_whitespace().all(|word| !unfolded.contains(word)));
    assert!(!unfolded.contains(crate::world::TEACHER.family));
}

#[tokio::test]
async fn an_invitation_by_launch_is_for_this_one_account() {
    let world = World::start().await;
    world.arrive(&PUPIL.claims()).await;
    let talk = world.draft().await;
    talk.pick(&PUPIL.name()).await;
    talk.add(AUNT, "link").await;
    talk.seal().await;
    let (pupil, page) = world.arrive(&PUPIL.claims()).await;
    let pupil = world.invited(pupil, &page);
    let aunt = world.guest(&talk.link(AUNT).await).await;
    let (mother, _) = world.arrive(&MOTHER.claims()).await;
    let never = format!("/invited/{}", "0".repeat(32));
    for browser in [&mother, &aunt.browser, &world.browser()] {
        for page in ["", "/waiting", "/room", "/devices", "/incident", "/live"] {
            let there = browser.get(&format!("{}{page}", pupil.own)).await;
            let nowhere = browser.get(&format!("{never}{page}")).await;
            assert_eq!((there.status, nowhere.status), (404, 404), "{page}");
        }
        for step in ["/consent", "/decline", "/wait", "/ticket"] {
            assert_eq!(
                browser.post(&format!("{}{step}", pupil.own), &[]).await.status,
                404,
                "{step}"
            );
        }
    }
    assert_eq!(pupil.browser.get(&aunt.own).await.status, 404);
    assert!(
        !talk
            .get("/links")
            .await
            .part("section.card", &PUPIL.name())
            .has("input"),
        "she needs no link"
    );
}

#[tokio::test]
async fn nobody_may_try_links_at_will() {
    let world = World::start().await;
    let browser = world.browser();
    let mut refused = 0;
    for _ in 0..80 {
        let page = browser.post("/i", &[("secret", &"C".repeat(43))]).await;
        assert!([404, 429].contains(&page.status), "{}", page.status);
        refused += usize::from(page.status == 429);
    }
    assert!(refused > 0, "eighty guesses in a row are too many");
}

#[tokio::test]
async fn guesses_from_one_home_do_not_lock_out_another() {
    let world = World::with(|config| config.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()]).await;
    let guesser = Browser::from_address(&world.url, "192.0.2.7");
    let guess = "C".repeat(43);
    while guesser.post("/i", &[("secret", &guess)]).await.status != 429 {}
    let other = Browser::from_address(&world.url, "192.0.2.8");
    assert_eq!(other.post("/i", &[("secret", &guess)]).await.status, 404);
    let pretender = Browser::from_address(&world.url, "192.0.2.9, 192.0.2.7");
    assert_eq!(
        pretender.post("/i", &[("secret", &guess)]).await.status,
        429,
        "only the proxy's word counts"
    );
}
