//! The whole main job over HTTP with a Jitsi behind the service: who is let in gets into the room, and nobody else.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use lti13_tool::ToolKey;
use percent_encoding::percent_decode_str;
use sprechzimmer::app::own_keys::OwnKeys;
use sprechzimmer::backend::jitsi::Jitsi;
use sprechzimmer::config::{BackendKind, BackendSettings, JitsiSettings};
use sprechzimmer::private::Private;
use url::Url;

use super::prosody::{self, Client, DOMAIN, KEY, MODERATOR, Prosody, claims};
use crate::databases::{Database, both, sqlite};
use crate::logs;
use crate::world::{AUNT, Page, TEACHER, UNCLE, World, now};

/// A school with this Jitsi.
pub(super) struct School {
    pub(super) world: World,
    pub(super) prosody: Prosody,
    /// What the service signs with.
    pub(super) key: Arc<ToolKey>,
    _database: Option<Database>,
}

impl School {
    pub(super) async fn start() -> Self {
        Self::with(Prosody::without_focus().await).await
    }

    async fn with(prosody: Prosody) -> Self {
        let database = sqlite();
        let (world, key) = school(&prosody, &database).await;
        Self {
            world,
            prosody,
            key,
            _database: Some(database),
        }
    }

    /// On a database that outlives it.
    async fn on(database: &Database) -> Self {
        let prosody = Prosody::without_focus().await;
        let (world, key) = school(&prosody, database).await;
        Self {
            world,
            prosody,
            key,
            _database: None,
        }
    }

    /// The video system beside the running service, with its key.
    pub(super) fn jitsi(&self) -> Jitsi {
        let jitsi = settings(&self.prosody).backend();
        jitsi.sign_with(self.key.clone());
        jitsi
    }

    /// A person with a signed token, however they came by it.
    async fn signed(&self, room: &str, id: &str) -> Client {
        let token = self.key.sign(&claims(room, id)).unwrap();
        self.prosody.connect(&token).await.unwrap()
    }
}

/// The service, whose keys this Prosody accepts, and the one it signs with.
async fn school(prosody: &Prosody, database: &Database) -> (World, Arc<ToolKey>) {
    let store = database.store().await;
    let at = Timestamp::from_second(now().seconds()).unwrap();
    let keys = OwnKeys::default();
    prosody.accept(&keys.document(&store, at).await.unwrap());
    let key = keys.signing(&store, at).await.unwrap();
    store.close().await;
    let kind = BackendKind::Jitsi(Box::new(settings(prosody)));
    let world = World::with(|config| {
        config.database.clone_from(&database.url);
        config.backends = vec![BackendSettings::new("jitsi", kind)];
    })
    .await;
    (world, key)
}

fn settings(prosody: &Prosody) -> JitsiSettings {
    JitsiSettings {
        url: prosody.url("/").parse().unwrap(),
        module_url: prosody.url("/sprechzimmer/").parse().unwrap(),
        key_file: PathBuf::new(),
        key: Private::new(KEY.to_owned()),
    }
}

/// The way in to which a page leads: name of the room, and the token behind the hash.
pub(super) fn way(page: &Page) -> (String, String) {
    assert_eq!(page.status, 303, "{}", page.text());
    let url: Url = page.location.as_ref().unwrap().parse().unwrap();
    assert_eq!(url.query(), None, "what stands before the hash is seen by servers");
    let fragment = percent_decode_str(url.fragment().unwrap()).decode_utf8().unwrap();
    let token = fragment.split('&').find_map(|part| part.strip_prefix("jwt=")).unwrap();
    let token = token.trim_matches('"').to_owned();
    logs::must_stay_secret(&token);
    for name in AUNT.split(' ').chain(UNCLE.split(' ')).chain([TEACHER.family]) {
        assert!(!url.as_str().contains(name), "an address names nobody");
    }
    (url.path().trim_start_matches('/').to_owned(), token)
}

#[tokio::test]
async fn a_talk_in_jitsi_from_the_opening_to_the_proof() {
    both("jitsi_talk", async |database| {
        talk_and_end(&School::on(database).await).await;
    })
    .await;
}

async fn talk_and_end(school: &School) {
    let (world, prosody) = (&school.world, &school.prosody);
    let talk = world.opened(&[AUNT, UNCLE]).await;
    let (aunt, uncle) = (talk.person(AUNT).await, talk.person(UNCLE).await);
    let (name, token) = way(&talk.get("/room").await);
    let room = format!("{name}@conference.{DOMAIN}");
    let mut moderator = prosody.connect(&token).await.unwrap();
    assert_eq!(moderator.join(&room, "m").await.unwrap().affiliation, "owner");

    let guest = world.guest(&talk.link(AUNT).await).await;
    guest.consent().await;
    guest.wait().await;
    // who waits is led back to the waiting room, and even a signed token would be no way in
    let page = guest.get("/room").await;
    assert_eq!((page.status, page.path), (200, format!("{}/waiting", guest.own)));
    let mut waiting = school.signed(&name, &aunt).await;
    assert!(waiting.join(&room, "w").await.is_err());

    talk.admit(AUNT).await;
    let (same, old) = way(&guest.get("/room").await);
    assert_eq!(same, name);
    let mut inside = prosody.connect(&old).await.unwrap();
    assert_eq!(inside.join(&room, "a").await.unwrap().role, "participant");
    let shown = moderator
        .hear(|stanza| stanza.attribute("from").is_some_and(|from| from.ends_with("/a")))
        .await;
    assert_eq!(shown.text("nick").as_deref(), Some(AUNT), "under the name of the list");
    talk.sees(AUNT, "inside").await;
    for id in [uncle.as_str(), "somebody"] {
        assert!(school.signed(&name, id).await.join(&room, "u").await.is_err());
    }
    assert_eq!(prosody.inside(&name).await.len(), 2);

    talk.end().await;

    for client in [&mut moderator, &mut inside] {
        client.put_out(&room).await;
    }
    let proof = talk.proof().await;
    assert!(proof.body.contains(&name), "the proof names the room that is gone");
    assert_eq!(prosody.look(&name).await, None);
    for token in [&token, &old] {
        let mut late = prosody.connect(token).await.unwrap();
        assert!(late.join(&room, "l").await.is_err(), "an old token leads nowhere");
    }
    assert!(school.signed(&name, MODERATOR).await.join(&room, "m").await.is_err());
    for word in AUNT.split(' ').chain(UNCLE.split(' ')) {
        assert!(!proof.body.contains(word));
        assert!(!prosody.log().contains(word), "not in the log of Prosody either");
    }
}

#[tokio::test]
async fn whoever_is_sent_back_is_out_of_jitsi_and_needs_a_new_admission() {
    let school = School::start().await;
    let (world, prosody) = (&school.world, &school.prosody);
    let talk = world.opened(&[AUNT]).await;
    let (name, token) = way(&talk.get("/room").await);
    let room = format!("{name}@conference.{DOMAIN}");
    let mut moderator = prosody.connect(&token).await.unwrap();
    moderator.join(&room, "m").await.unwrap();
    let guest = world.guest(&talk.link(AUNT).await).await;
    guest.consent().await;
    guest.wait().await;
    talk.admit(AUNT).await;
    let (_, token) = way(&guest.get("/room").await);
    let mut inside = prosody.connect(&token).await.unwrap();
    inside.join(&room, "a").await.unwrap();

    assert_eq!(talk.act(AUNT, "send-back").await.status, 200);

    inside.put_out(&room).await;
    assert!(inside.join(&room, "a").await.is_err());
    assert!(prosody.connect(&token).await.unwrap().join(&room, "a").await.is_err());
    assert_eq!(guest.get("/room").await.path, format!("{}/waiting", guest.own));
    talk.admit(AUNT).await;
    let (_, token) = way(&guest.get("/room").await);
    assert!(prosody.connect(&token).await.unwrap().join(&room, "a").await.is_ok());
}

#[tokio::test]
async fn without_the_module_nothing_is_opened_and_the_initiator_reads_why() {
    let prosody = Prosody::with(prosody::Settings {
        module: "",
        ..prosody::Settings::default()
    })
    .await;
    let school = School::with(prosody).await;
    let talk = school.world.sealed(&[AUNT]).await;
    let ticks = ["people", "cameras", "announcement", "consent"].map(|tick| (tick, "yes"));
    let page = talk.teacher.post(&talk.path("/open"), &ticks).await;
    assert_eq!(page.status, 409, "{}", page.text());
    assert_eq!(school.world.browser().get("/readyz").await.status, 503);
}
