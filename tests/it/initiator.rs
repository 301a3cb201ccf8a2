//! The initiator's pages: nobody else's, one list, one room, and a proof at the end.

mod draft;
mod life;
mod rights;

use std::sync::Arc;

use jiff::Timestamp;
use reqwest::Response;
use sprechzimmer::consultation::Consultation;
use sprechzimmer::id::ConsultationId;
use sprechzimmer::store::Store;
use sprechzimmer::vault::Vault;

use crate::world::{Browser, Page, World};

const CONFIRMED: [(&str, &str); 4] = [
    ("people", "yes"),
    ("cameras", "yes"),
    ("announcement", "yes"),
    ("consent", "yes"),
];

/// A second pair of eyes and hands on the same database, for what other people's pages do.
async fn store(world: &World) -> Store {
    let file = world.folder.path().join("sprechzimmer.db");
    let vault = Vault::parse(&Vault::key_line(1, &[7; 32])).unwrap();
    Store::connect(&format!("sqlite:{}", file.display()), Arc::new(vault))
        .await
        .unwrap()
}

async fn load(store: &Store, path: &str) -> Consultation {
    store.load(&id(path)).await.unwrap().consultation
}

/// The id in a path such as `/consultations/0123…/links`.
fn id(path: &str) -> ConsultationId {
    path.split('/').find_map(ConsultationId::parse).unwrap()
}

/// Begins a draft; answers its path.
async fn draft(teacher: &Browser) -> String {
    let page = teacher.get("/consultations/new").await;
    let page = page.form("/consultations").send(teacher).await;
    assert_eq!(page.status, 200, "{}", page.text());
    page.path
}

/// Puts somebody on the list through the form of the page.
async fn add(teacher: &Browser, draft: &str, who: (&str, &str, &str)) -> Page {
    let (name, title, way) = who;
    let page = teacher.get(draft).await;
    let form = page.form(&format!("{draft}/participants"));
    form.set("name", name)
        .set("title", title)
        .set("way", way)
        .send(teacher)
        .await
}

/// The fields of the draft as they stand on the page, sent by another of its buttons.
async fn press(teacher: &Browser, draft: &str, button: &str) -> Page {
    let page = teacher.get(draft).await;
    let form = page.form(&format!("{draft}/participants"));
    let value = |name: &str| form.value(name).unwrap_or_default().to_owned();
    let (date, time, minutes) = (value("date"), value("time"), value("minutes"));
    let fields = [("date", date.as_str()), ("time", &time), ("minutes", &minutes)];
    teacher.post(&format!("{draft}{button}"), &fields).await
}

/// A sealed list with a pupil by link and a mother by her account in the learning platform.
async fn sealed(teacher: &Browser) -> String {
    let draft = draft(teacher).await;
    add(teacher, &draft, ("Mia Beispielkind", "pupil", "link")).await;
    add(teacher, &draft, ("Frau Beispielmutter", "parent", "launch")).await;
    let page = press(teacher, &draft, "/seal").await;
    assert_eq!(page.path, format!("{draft}/links"), "{}", page.text());
    draft
}

async fn opened(teacher: &Browser) -> String {
    let path = sealed(teacher).await;
    let page = teacher.post(&format!("{path}/open"), &CONFIRMED).await;
    assert_eq!(
        (page.status, page.path.as_str()),
        (200, path.as_str()),
        "{}",
        page.text()
    );
    path
}

/// Lets the first person on the list consent and wait, as their own page would.
async fn wait(store: &Store, path: &str, now: Timestamp) -> String {
    let id = id(path);
    let change = store.change(&id, |kept| {
        let person = kept.consultation.participants.first_mut().unwrap();
        person.consent(now).unwrap();
        person.wait(now).unwrap();
        Ok(person.id.to_string())
    });
    change.await.unwrap()
}

/// Follows the live pages from the end to the proof; `events` were opened before the end.
async fn erased(teacher: &Browser, events: Response, path: &str) {
    let record = format!("/records/{}", id(path));
    if led(events).await == record {
        return;
    }
    // the page of the end follows the erasure, unless that was faster
    let events = teacher.follow(&format!("{path}/live")).await;
    if events.status() == 200 {
        assert_eq!(led(events).await, record);
    }
}

/// Reads events until one leads elsewhere.
async fn led(mut events: Response) -> String {
    let mut text = String::new();
    loop {
        if let Some((_, rest)) = text.split_once("event: go\ndata: ")
            && let Some((path, _)) = rest.split_once('\n')
        {
            return path.to_owned();
        }
        let chunk = events.chunk().await.unwrap().unwrap_or_else(|| panic!("{text}"));
        text.push_str(std::str::from_utf8(&chunk).unwrap());
    }
}

#[expect(clippy::disallowed_methods, reason = "the service under test reads the real clock")]
fn now() -> Timestamp {
    Timestamp::now()
}
