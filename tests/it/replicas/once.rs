//! What is for one use counts once, however many processes it is shown to at the same moment.

use futures_util::future::join_all;
use serde_json::json;
use url::Url;

use super::{LEASE, under_way};
use crate::databases::postgres;
use crate::passkey::{impersonator, protected};
use crate::world::{
    AUNT, Answer, Authenticator, Browser, COLLEAGUE, Call, Container, NAMES, Page, Replicas, TEACHER, UNCLE, redeem,
};

/// More than there are processes, so that each gets two at least: the proxy takes one after another, and no browser here keeps a
/// connection.
const AT_ONCE: usize = 2 * NAMES.len();

fn browsers(replicas: &Replicas) -> Vec<Browser> {
    (0..AT_ONCE).map(|_| replicas.world.browser()).collect()
}

fn count(pages: &[Page], is_it: impl Fn(&Page) -> bool) -> usize {
    pages.iter().filter(|page| is_it(page)).count()
}

#[tokio::test]
async fn ways_into_the_service_open_once_though_every_replica_is_asked_at_the_same_moment() {
    let database = postgres("replicas_once").await;
    let replicas = Replicas::start(&database, LEASE).await;
    let world = &replicas.world;

    // a message of the learning platform
    let browser = world.browser();
    let begun = world.lms.begin(&browser, Container::Tab).await;
    let form = world.lms.answer(&begun, &COLLEAGUE.claims());
    let launches = (0..AT_ONCE).map(|_| world.lms.post(&browser, &form, Container::Tab));
    let pages = join_all(launches).await;
    assert_eq!(count(&pages, |page| page.status == 200), 1, "accepted");
    assert_eq!(count(&pages, |page| page.status == 401), AT_ONCE - 1, "refused");
    let told: Vec<String> = (0..NAMES.len()).map(|place| replicas.log(place)).collect();
    let refused = told.iter().filter(|log| log.contains("nonce_spent"));
    assert!(refused.count() > 1, "more than one process has refused");

    // the hand-over from the frame
    let (_frame, start) = world.launch_in_frame(TEACHER).await;
    let tabs = browsers(&replicas);
    let form = start.form("/start");
    let pages = join_all(tabs.iter().map(|tab| form.send(tab))).await;
    assert_eq!(count(&pages, |page| page.status == 410), AT_ONCE - 1, "too late");
    let visits = tabs.iter().filter(|tab| tab.cookie("__Host-visit").is_some());
    assert_eq!(visits.count(), 1, "one tab got the visit");

    // the personal link of a seat
    let talk = world.opened(&[UNCLE]).await;
    let link = talk.link(UNCLE).await;
    let guests = browsers(&replicas);
    let pages = join_all(guests.iter().map(|guest| redeem(guest, &link))).await;
    assert_eq!(count(&pages, |page| page.status == 409), AT_ONCE - 1, "somebody else's");
    let seats = guests.iter().filter(|guest| guest.cookie("__Host-guest").is_some());
    assert_eq!(seats.count(), 1, "one browser got the seat");
}

#[tokio::test]
async fn a_question_for_a_passkey_takes_one_answer_though_every_replica_is_told_it() {
    let database = postgres("replicas_passkey").await;
    let replicas = Replicas::start(&database, LEASE).await;
    let world = &replicas.world;
    let rows = async |table: &str| {
        let sql = format!("select cast(count(*) as TEXT) from {table}");
        database.texts(&sql).await[0].parse::<usize>().unwrap()
    };
    let (_teacher, device) = protected(world).await;
    assert_eq!(rows("passkey").await, 1);

    let other = impersonator(world).await;
    let page = other.get("/overview").await;
    let answer = Answer::to(&page, &world.url);
    let marks = rows("known_browser").await;
    let pages = join_all((0..AT_ONCE).map(|_| device.send(&other, &answer))).await;
    eprintln!(
        "{:?}",
        pages.iter().map(|p| (p.status, p.path.clone())).collect::<Vec<_>>()
    );
    assert_eq!(rows("known_browser").await, marks + 1, "known once");

    // another device, by the same answer many times
    let second = Authenticator::new();
    let page = other.get("/passkey/new").await;
    let answer = Answer::to(&page, &world.url);
    let pages = join_all((0..AT_ONCE).map(|_| second.send(&other, &answer))).await;
    eprintln!(
        "{:?}",
        pages.iter().map(|p| (p.status, p.path.clone())).collect::<Vec<_>>()
    );
    assert_eq!(rows("passkey").await, 2, "one more");
}

#[tokio::test]
async fn a_ticket_seats_one_though_it_is_shown_at_every_replica() {
    let database = postgres("replicas_ticket").await;
    let replicas = Replicas::start(&database, LEASE).await;
    let talk = under_way(&replicas).await;
    talk.talk.act(AUNT, "send-back").await;
    talk.guest.wait().await;
    talk.talk.admit(AUNT).await;
    let own = &replicas.urls[talk.place];
    let seated = async |ticket: &str, doors: Vec<&Url>| {
        let hello = json!({ "t": "hello", "ticket": ticket });
        let shown = doors
            .into_iter()
            .map(async |door| Call::is_seated(&replicas.world.url, door, &hello).await);
        join_all(shown).await.into_iter().filter(|seated| *seated).count()
    };
    let ticket = talk.guest.ticket().await;
    assert_eq!(
        seated(&ticket, vec![own; AT_ONCE]).await,
        1,
        "at the process in which the room lives"
    );
    // a process in which the room does not live seats nobody, and the ticket is spent there all the same
    let ticket = talk.guest.ticket().await;
    let everywhere: Vec<&Url> = replicas.urls.iter().chain(&replicas.urls).collect();
    assert!(seated(&ticket, everywhere).await <= 1);
    assert_eq!(seated(&ticket, vec![own]).await, 0, "it is spent");
    let other = &replicas.urls[(talk.place + 1) % NAMES.len()];
    let ticket = talk.guest.ticket().await;
    assert_eq!(seated(&ticket, vec![other]).await, 0, "no room there");
}
