//! One consultation from the launch to the proof, step by step, with a teacher, a pupil and her mother.

use serde::Deserialize;
use serde_json::Value;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::chromium::{Chromium, Habit};
use crate::course::Pace;
use crate::eye::Eye;
use crate::person::Person;
use crate::world::{MOTHER, PUPIL, Persona, TEACHER, World};

/// Three browsers with video are enough for two cores.
static ONE_AT_A_TIME: Semaphore = Semaphore::const_new(1);

/// The service, the course, and a cupboard full of browsers.
pub(crate) struct Stage {
    pub(crate) world: World,
    chromium: Chromium,
    _turn: SemaphorePermit<'static>,
}

/// Three people on the stage.
pub(crate) struct Talk {
    pub(crate) teacher: Person,
    pub(crate) pupil: Person,
    pub(crate) mother: Person,
    pub(crate) eye: Eye,
    pub(crate) language: &'static str,
    pub(crate) stage: Stage,
}

/// The one button of the page in the frame.
pub(crate) const START: &str = "form[data-start] button";

/// What `window.sprechzimmerStats()` tells.
#[derive(Debug, Deserialize)]
pub(crate) struct Stats {
    pub(crate) peers: Vec<PeerStats>,
    pub(crate) code: Value,
}

/// One connection to one other person.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PeerStats {
    pub(crate) name: String,
    pub(crate) frames_decoded: u64,
    pub(crate) local: String,
    pub(crate) remote: String,
}

impl Stage {
    pub(crate) async fn begin() -> Self {
        Self::on(World::start).await
    }

    /// In this world.
    pub(crate) async fn on(world: fn() -> World) -> Self {
        let turn = ONE_AT_A_TIME.acquire().await.unwrap();
        Self {
            world: world(),
            chromium: Chromium::start(),
            _turn: turn,
        }
    }

    /// Somebody with a browser that has never been here.
    pub(crate) async fn person(&self, language: &str, habit: Habit) -> Person {
        Person::new(&self.chromium, &self.world.url, language, habit).await
    }

    /// From the course, past the start page in its frame, into the own tab.
    pub(crate) async fn launch(
        &self,
        person: &Person,
        (persona, language): (Persona, &str),
        start: impl AsyncFnOnce(),
    ) {
        let activity = self.world.course.activity(persona, language, Pace::ByItself);
        person.go(activity.as_str()).await;
        person.see_in_frame(START).await;
        start().await;
        person.click(START).await;
        person.follow_into_new_tab().await;
    }
}

impl Talk {
    pub(crate) async fn begin(language: &'static str, eye: Eye) -> Self {
        Self::on(Stage::begin().await, language, eye).await
    }

    pub(crate) async fn on(stage: Stage, language: &'static str, eye: Eye) -> Self {
        let person = || stage.person(language, Habit::Usual);
        let (teacher, pupil, mother) = tokio::join!(person(), person(), person());
        Self {
            teacher,
            pupil,
            mother: mother.by_keyboard(),
            eye,
            language,
            stage,
        }
    }

    /// From the course into the own tab.
    pub(crate) async fn launch(&self, person: &Person, persona: Persona) {
        let start = async || self.eye.look(person, "start").await;
        self.stage.launch(person, (persona, self.language), start).await;
    }

    /// The teacher plans the talk and fixes its list; the answer is the mother's personal link.
    pub(crate) async fn plan(&self) -> String {
        let teacher = &self.teacher;
        self.launch(teacher, TEACHER).await;
        teacher.see("form[data-passkey] .primary:enabled").await;
        self.eye.look(teacher, "passkey-new").await;
        teacher.click("button[formaction='/passkey/later']").await;
        teacher.arrive("/overview").await;
        self.eye.look(teacher, "overview-empty").await;
        teacher.click("a[href='/consultations/new']").await;
        teacher.arrive("/consultations/new").await;
        self.eye.look(teacher, "new").await;
        teacher.click("form[action='/consultations'] .primary").await;
        teacher.see("button[formaction$='/seal']").await;
        teacher.see(".pickable").await;
        self.eye.look(teacher, "draft-empty").await;
        teacher.click("button[formaction$='/seal']").await;
        teacher.see(".errors").await;
        self.eye.look(teacher, "draft-wrong").await;
        self.list(&PUPIL.name(), "pupil", "launch").await;
        self.list(&MOTHER.name(), "parent", "link").await;
        self.eye.look(teacher, "draft").await;
        teacher.click("button[formaction$='/seal']").await;
        teacher.arrive("/links").await;
        self.eye.look(teacher, "links").await;
        teacher.click("button[data-copy]").await;
        teacher
            .until_script(
                "the words after copying",
                "return document.getElementById('status').innerText",
            )
            .await;
        let link = teacher
            .ask("return document.querySelector('input[id^=link-]').value")
            .await;
        teacher.click("a.primary.large").await;
        teacher.see("a[href$='/opening']").await;
        self.eye.look(teacher, "cockpit-fixed").await;
        link
    }

    /// Puts somebody on the list by name.
    pub(crate) async fn list(&self, name: &str, title: &str, way: &str) {
        let teacher = &self.teacher;
        teacher.fill("#name", name).await;
        teacher.click(&format!("#title option[value={title}]")).await;
        teacher.click(&format!("input[name=way][value={way}]")).await;
        teacher.click("section[aria-labelledby=add] .actions .button").await;
        let listed =
            format!("return document.querySelector('section[aria-labelledby=list]')?.innerText.includes('{name}')");
        teacher.until_script(&format!("{name} on the list"), &listed).await;
    }

    /// The pupil launches, says who she is, is recognised, consents and waits.
    pub(crate) async fn pupil_comes(&self) {
        let pupil = &self.pupil;
        self.launch(pupil, PUPIL).await;
        pupil.arrive("/uninvited").await;
        self.eye.look(pupil, "uninvited").await;
        pupil.click("form[action='/uninvited'] button").await;
        pupil.see(".lead[role=status]").await;
        self.teacher.see("[id^=wish-] .secondary").await;
        self.eye.look(pupil, "uninvited-asked").await;
        self.eye.look(&self.teacher, "cockpit-wish").await;
        self.teacher.click("[id^=wish-] .secondary").await;
        // her page looks again by itself
        self.consent_and_wait(pupil, "pupil").await;
    }

    /// The mother opens her personal link, consents and waits.
    pub(crate) async fn mother_comes(&self, link: &str) {
        self.open_link(&self.mother, link).await;
        self.consent_and_wait(&self.mother, "mother").await;
    }

    /// A program that only looks at links gets no further than this page; a person clicks.
    pub(crate) async fn open_link(&self, person: &Person, link: &str) {
        // from one fragment to another a browser would stay on its page
        person.go("about:blank").await;
        person.go(link).await;
        person.see("form[data-invitation] .primary").await;
        self.eye.look(person, "link").await;
        person.click("form[data-invitation] .primary").await;
    }

    pub(crate) async fn consent_and_wait(&self, person: &Person, name: &str) {
        person.arrive("/invited/").await;
        person.see("form[action$='/consent'] button").await;
        self.eye.look(person, &format!("consent-{name}")).await;
        person.click("form[action$='/consent'] button").await;
        person.arrive("/devices").await;
        person
            .until_script("one's own picture or the question", "return !document.querySelector('[data-picture]').hidden || !document.querySelector('[data-ask]').hidden")
            .await;
        self.eye.look(person, &format!("devices-{name}")).await;
        person.click("form[action$='/wait'] button").await;
        person.arrive("/waiting").await;
        person.see("[data-live]").await;
        self.eye.look(person, &format!("waiting-{name}")).await;
    }

    /// The teacher ticks the list and opens the room.
    pub(crate) async fn open(&self) {
        let teacher = &self.teacher;
        teacher.click("a[href$='/opening']").await;
        teacher.arrive("/opening").await;
        self.eye.look(teacher, "opening").await;
        teacher.click("form[action$='/open'] .primary").await;
        teacher.see(".errors").await;
        self.eye.look(teacher, "opening-wrong").await;
        for tick in ["people", "cameras", "announcement", "consent"] {
            teacher.click(&format!("#{tick}")).await;
        }
        teacher.click("form[action$='/open'] .primary").await;
        teacher.see("a[href$='/room']").await;
        self.eye.look(teacher, "cockpit-open").await;
    }

    /// The teacher lets this one person in.
    pub(crate) async fn admit(&self, persona: Persona) {
        let button = format!("button[id^=admit-][aria-label*='{}']", persona.family);
        self.teacher.click(&button).await;
    }

    /// The teacher sends this one person back into the waiting room.
    pub(crate) async fn send_back(&self, persona: Persona) {
        let button = format!("button[id^=back-][aria-label*='{}']", persona.family);
        self.teacher.click(&button).await;
    }

    /// Everybody is in the room with everybody.
    pub(crate) async fn meet(&self) {
        let link = self.plan().await;
        self.pupil_comes().await;
        self.mother_comes(&link).await;
        self.open().await;
        self.admit(PUPIL).await;
        self.pupil.arrive("/room").await;
        self.admit(MOTHER).await;
        self.mother.arrive("/room").await;
        self.enter().await;
        for person in self.everybody() {
            see_each_other(person, 2).await;
        }
    }

    /// The teacher goes into the room.
    pub(crate) async fn enter(&self) {
        self.teacher.click("a[href$='/room']").await;
        self.teacher.arrive("/room").await;
        self.teacher.see("#tiles .tile").await;
    }

    /// The teacher ends the talk from within the room; she and whoever else is there are told that it is gone.
    pub(crate) async fn end(&self, others: &[&Person]) {
        self.teacher.click("#end").await;
        self.teacher.click("#end-dialog .danger").await;
        for person in others {
            person.arrive("/over/").await;
            person.see(".notice.good time").await;
        }
        // the room and the list beside it lead on; whichever comes first
        self.teacher.see(".notice.good").await;
    }

    pub(crate) fn everybody(&self) -> [&Person; 3] {
        [&self.teacher, &self.pupil, &self.mother]
    }

    pub(crate) async fn close(self) {
        let found = self.eye.found();
        assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
        tokio::join!(self.teacher.close(), self.pupil.close(), self.mother.close());
    }
}

/// The numbers of the room, where somebody is in it.
pub(crate) async fn stats(person: &Person) -> Option<Stats> {
    person
        .ask("return typeof window.sprechzimmerStats === 'function' ? window.sprechzimmerStats() : null")
        .await
}

/// Waits until moving pictures of so many others have come, and answers the verification code.
pub(crate) async fn see_each_other(person: &Person, others: usize) -> Value {
    let stats = person
        .until(&format!("moving pictures of {others} others"), async |_| {
            let stats = stats(person).await?;
            let moving = stats
                .peers
                .iter()
                .all(|peer| peer.frames_decoded > 5 && !peer.local.is_empty());
            (stats.peers.len() == others && moving && stats.code.get("digits").is_some()).then_some(stats)
        })
        .await;
    for peer in &stats.peers {
        let way = (peer.local.as_str(), peer.remote.as_str());
        assert_eq!(
            way,
            ("relay", "relay"),
            "only the relay may stand between two people: {peer:?}"
        );
    }
    stats.code
}
