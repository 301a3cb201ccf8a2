//! One consultation from both sides: its initiator, and the people on the list.

use std::sync::Mutex;

use serde_json::Value;
use url::Url;

use super::browser::Browser;
use super::call::Call;
use super::live::{Events, until};
use super::page::Page;
use super::{TEACHER, World};
use crate::logs;

/// A consultation in the browser of its initiator.
pub(crate) struct Talk {
    pub(crate) teacher: Browser,
    pub(crate) id: String,
    pub(crate) service: Url,
    /// The page of the initiator stays open.
    page: Mutex<Option<Events>>,
}

/// Somebody on the list, in their browser.
pub(crate) struct Guest {
    pub(crate) browser: Browser,
    /// Path of their pages.
    pub(crate) own: String,
    service: Url,
    /// The waiting page, while it is open.
    page: Mutex<Option<Events>>,
}

impl World {
    /// The teacher launches and begins a draft.
    pub(crate) async fn draft(&self) -> Talk {
        let teacher = self.launch(TEACHER).await;
        self.draft_by(teacher).await
    }

    pub(crate) async fn draft_by(&self, teacher: Browser) -> Talk {
        let page = teacher.get("/consultations/new").await;
        let page = page.form("/consultations").send(&teacher).await;
        let id = page
            .path
            .strip_prefix("/consultations/")
            .unwrap_or_else(|| panic!("{}", page.text()));
        Talk {
            id: id.to_owned(),
            teacher,
            service: self.url.clone(),
            page: Mutex::default(),
        }
    }

    /// A sealed consultation with these people, who have personal links.
    pub(crate) async fn sealed(&self, names: &[&str]) -> Talk {
        let talk = self.draft().await;
        for name in names {
            talk.add(name, "link").await;
        }
        talk.seal().await;
        talk
    }

    /// An open one.
    pub(crate) async fn opened(&self, names: &[&str]) -> Talk {
        let talk = self.sealed(names).await;
        talk.open().await;
        talk
    }

    /// An open one of somebody who has launched already.
    pub(crate) async fn open_with(&self, teacher: Browser, names: &[&str]) -> Talk {
        let talk = self.draft_by(teacher).await;
        for name in names {
            talk.add(name, "link").await;
        }
        talk.seal().await;
        talk.open().await;
        talk
    }

    /// A browser in which this personal link was opened.
    pub(crate) async fn guest(&self, link: &str) -> Guest {
        let browser = self.browser();
        let page = redeem(&browser, link).await;
        Guest::at(browser, &page, &self.url)
    }

    /// The pages of an invited person with an account, after their launch.
    pub(crate) fn invited(&self, browser: Browser, page: &Page) -> Guest {
        Guest::at(browser, page, &self.url)
    }

    /// A talk that goes on: the initiator and everybody on the list are in the room.
    pub(crate) async fn talking(&self, names: &[&str]) -> (Talk, Call, Vec<(Guest, Call)>) {
        let talk = self.opened(names).await;
        let initiator = talk.enter().await.inside().await;
        let mut people = Vec::new();
        for name in names {
            let guest = self.guest(&talk.link(name).await).await;
            guest.consent().await;
            guest.wait().await;
            talk.admit(name).await;
            let call = guest.enter().await.inside().await;
            people.push((guest, call));
        }
        (talk, initiator, people)
    }
}

/// What the page behind a personal link does with its secret.
pub(crate) async fn redeem(browser: &Browser, link: &str) -> Page {
    let (page, secret) = link.split_once('#').unwrap();
    let path = Url::parse(page).unwrap().path().to_owned();
    let page = browser.get(&path).await;
    page.form("/i").set("secret", secret).send(browser).await
}

impl Talk {
    /// A path below this consultation.
    pub(crate) fn path(&self, rest: &str) -> String {
        format!("/consultations/{}{rest}", self.id)
    }

    pub(crate) async fn get(&self, rest: &str) -> Page {
        self.teacher.get(&self.path(rest)).await
    }

    pub(crate) async fn post(&self, rest: &str) -> Page {
        self.teacher.post(&self.path(rest), &[]).await
    }

    /// Puts somebody on the list of the draft, by name. `way` is "link" or "launch".
    pub(crate) async fn add(&self, name: &str, way: &str) -> Page {
        logs::must_stay_secret(name);
        let form = self.get("").await.form(&self.path("/participants"));
        let form = form.set("name", name).set("title", "parent").set("way", way);
        form.send(&self.teacher).await
    }

    /// Puts somebody on the list who launched here before.
    pub(crate) async fn pick(&self, name: &str) -> Page {
        let page = self.get("").await;
        let row = page
            .part(".pickable li", name)
            .attribute("input[name=pick]", "value")
            .unwrap();
        let form = page.form(&self.path("/participants")).set("name", "").add("pick", &row);
        form.send(&self.teacher).await
    }

    pub(crate) async fn seal(&self) -> Page {
        let form = self.get("").await.form(&self.path("/participants"));
        let page = form.to(&self.path("/seal")).send(&self.teacher).await;
        assert_eq!(page.path, self.path("/links"), "{}", page.text());
        page
    }

    /// Ticks everything, opens the room, and keeps the page open.
    pub(crate) async fn open(&self) -> Page {
        let page = self.try_to_open().await;
        assert_eq!(
            (page.status, page.path.as_str()),
            (200, self.path("").as_str()),
            "{}",
            page.text()
        );
        *self.page.lock().unwrap() = Some(self.follow().await);
        page
    }

    /// Ticks everything and presses the button, whatever comes of it.
    pub(crate) async fn try_to_open(&self) -> Page {
        let mut form = self.get("/opening").await.form(&self.path("/open"));
        for tick in ["people", "cameras", "announcement", "consent"] {
            form = form.set(tick, "yes");
        }
        form.send(&self.teacher).await
    }

    pub(crate) async fn follow(&self) -> Events {
        Events::of(self.teacher.follow(&self.path("/live")).await)
    }

    /// The initiator's page is closed.
    pub(crate) fn close_page(&self) {
        *self.page.lock().unwrap() = None;
    }

    /// The personal link of somebody on the list.
    pub(crate) async fn link(&self, name: &str) -> String {
        let page = self.get("/links").await;
        let link = page
            .part("section.card", name)
            .attribute("input[readonly]", "value")
            .unwrap();
        logs::must_stay_secret(link.split_once('#').unwrap().1);
        link
    }

    /// Id of somebody on the list.
    pub(crate) async fn person(&self, name: &str) -> String {
        let page = self.get("/links").await;
        page.part("section.card", name).attribute("section.card", "id").unwrap()
    }

    /// Presses a button beside a name.
    pub(crate) async fn act(&self, name: &str, verb: &str) -> Page {
        let person = self.person(name).await;
        self.post(&format!("/participants/{person}/{verb}")).await
    }

    pub(crate) async fn admit(&self, name: &str) {
        let page = self.act(name, "admit").await;
        assert_eq!(page.status, 200, "{}", page.text());
    }

    /// Where somebody stands, as the initiator sees it: the word of the style sheet.
    pub(crate) async fn standing(&self, name: &str) -> String {
        let page = self.get("/people").await;
        let state = page.part("li.person", name).attribute("span.state", "class").unwrap();
        state.strip_prefix("state ").unwrap().to_owned()
    }

    /// Waits until somebody stands there.
    pub(crate) async fn sees(&self, name: &str, standing: &str) {
        let seen = async || (self.standing(name).await == standing).then_some(());
        until(&format!("{name} {standing}"), seen).await;
    }

    /// The initiator's own way into the room.
    pub(crate) async fn enter(&self) -> Call {
        Call::hello(&self.service, &self.ticket().await).await
    }

    /// A way into the room, not used yet.
    pub(crate) async fn ticket(&self) -> String {
        ticket(&self.post("/ticket").await)
    }

    pub(crate) async fn end(&self) -> Page {
        let page = self.post("/end").await;
        assert_eq!(page.status, 200, "{}", page.text());
        page
    }

    /// The proof, as soon as it is there.
    pub(crate) async fn proof(&self) -> Page {
        let path = format!("/records/{}", self.id);
        until("the proof", async || {
            let page = self.teacher.get(&path).await;
            (page.status == 200).then_some(page)
        })
        .await
    }
}

impl Guest {
    fn at(browser: Browser, page: &Page, service: &Url) -> Self {
        assert!(page.path.starts_with("/invited/"), "{} {}", page.path, page.text());
        for name in browser.cookie_names() {
            if name != "__Host-language" {
                logs::must_stay_secret(&browser.cookie(&name).unwrap());
            }
        }
        Self {
            browser,
            own: page.path.clone(),
            service: service.clone(),
            page: Mutex::default(),
        }
    }

    pub(crate) async fn get(&self, rest: &str) -> Page {
        self.browser.get(&format!("{}{rest}", self.own)).await
    }

    pub(crate) async fn post(&self, rest: &str) -> Page {
        self.browser.post(&format!("{}{rest}", self.own), &[]).await
    }

    /// Reads the invitation and says yes.
    pub(crate) async fn consent(&self) -> Page {
        let page = self.get("").await;
        page.form(&format!("{}/consent", self.own)).send(&self.browser).await
    }

    /// Goes into the waiting room and stays on its page.
    pub(crate) async fn wait(&self) -> Page {
        let page = self.post("/wait").await;
        assert_eq!(page.path, format!("{}/waiting", self.own), "{}", page.text());
        *self.page.lock().unwrap() = Some(self.follow().await);
        page
    }

    pub(crate) async fn follow(&self) -> Events {
        Events::of(self.browser.follow(&format!("{}/live", self.own)).await)
    }

    /// Asks for a ticket.
    pub(crate) async fn ask_ticket(&self) -> Page {
        self.post("/ticket").await
    }

    /// Makes a ticket and shows it at the door.
    pub(crate) async fn enter(&self) -> Call {
        let ticket = self.ticket().await;
        Call::hello(&self.service, &ticket).await
    }

    pub(crate) async fn ticket(&self) -> String {
        ticket(&self.ask_ticket().await)
    }
}

fn ticket(page: &Page) -> String {
    assert_eq!(page.status, 200, "{}", page.text());
    let way: Value = serde_json::from_str(&page.body).unwrap();
    way["ticket"].as_str().unwrap().to_owned()
}
