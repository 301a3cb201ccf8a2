//! One consultation and its people, through the pages as they use them.

use std::sync::Arc;

use sprechzimmer::store::Store;
use sprechzimmer::vault::Vault;

use crate::world::{Browser, Page, TEACHER, World};

const CONFIRMED: [(&str, &str); 4] = [
    ("people", "yes"),
    ("cameras", "yes"),
    ("announcement", "yes"),
    ("consent", "yes"),
];

/// A consultation with a fixed list, seen by the teacher who began it.
pub(crate) struct Talk {
    pub(crate) teacher: Browser,
    /// Such as `/consultations/0123…`.
    pub(crate) path: String,
    /// In the order of the list.
    pub(crate) invited: Vec<Invited>,
}

/// Somebody with a personal link.
#[derive(Clone, Debug)]
pub(crate) struct Invited {
    pub(crate) id: String,
    /// What stands after the `#` of the link.
    pub(crate) secret: String,
}

impl Invited {
    /// Path of this person's pages.
    pub(crate) fn own(&self) -> String {
        format!("/invited/{}", self.id)
    }

    /// Opens the link in this browser.
    pub(crate) async fn redeem(&self, browser: &Browser) -> Page {
        browser.post("/i", &[("secret", &self.secret)]).await
    }

    /// Opens the link in a new browser, says yes and waits.
    pub(crate) async fn wait(&self, world: &World) -> Browser {
        let browser = world.browser();
        self.redeem(&browser).await;
        browser.post(&format!("{}/consent", self.own()), &[]).await;
        let page = browser.post(&format!("{}/wait", self.own()), &[]).await;
        assert_eq!(page.path, format!("{}/waiting", self.own()), "{}", page.text());
        browser
    }
}

impl Talk {
    /// A pupil and a mother, each with a personal link.
    pub(crate) async fn sealed(world: &World) -> Self {
        let teacher = world.launch(TEACHER).await;
        let page = teacher.get("/consultations/new").await;
        let path = page.form("/consultations").send(&teacher).await.path;
        for (name, title) in [("Mia Beispielkind", "pupil"), ("Frau Beispielmutter", "parent")] {
            let page = teacher.get(&path).await;
            let form = page.form(&format!("{path}/participants"));
            let form = form.set("name", name).set("title", title).set("way", "link");
            form.send(&teacher).await;
        }
        let page = teacher.get(&path).await;
        let form = page.form(&format!("{path}/participants"));
        let value = |name: &str| form.value(name).unwrap_or_default().to_owned();
        let (date, time, minutes) = (value("date"), value("time"), value("minutes"));
        let fields = [("date", date.as_str()), ("time", &time), ("minutes", &minutes)];
        let links = teacher.post(&format!("{path}/seal"), &fields).await;
        assert_eq!(links.path, format!("{path}/links"), "{}", links.text());
        let invited = links.body.split("id=\"link-").skip(1).map(invited).collect();
        Self { teacher, path, invited }
    }

    /// The same with the room open.
    pub(crate) async fn open(world: &World) -> Self {
        let talk = Self::sealed(world).await;
        let page = talk.act("/open", &CONFIRMED).await;
        assert_eq!(page.path, talk.path, "{}", page.text());
        talk
    }

    /// A button of the cockpit.
    pub(crate) async fn act(&self, button: &str, fields: &[(&str, &str)]) -> Page {
        self.teacher.post(&format!("{}{button}", self.path), fields).await
    }

    /// A button beside a person.
    pub(crate) async fn decide(&self, person: &Invited, button: &str) -> Page {
        self.act(&format!("/participants/{}/{button}", person.id), &[]).await
    }

    pub(crate) fn id(&self) -> &str {
        self.path.rsplit('/').next().unwrap()
    }
}

/// A second pair of eyes on the same database.
pub(crate) async fn store(world: &World) -> Store {
    let file = world.folder.path().join("sprechzimmer.db");
    let vault = Vault::parse(&Vault::key_line(1, &[7; 32])).unwrap();
    Store::connect(&format!("sqlite:{}", file.display()), Arc::new(vault))
        .await
        .unwrap()
}

/// Reads a link from the links page, from behind `id="link-`.
fn invited(html: &str) -> Invited {
    let (id, rest) = html.split_once('"').unwrap();
    let (_, rest) = rest.split_once('#').unwrap();
    let (secret, _) = rest.split_once('"').unwrap();
    Invited {
        id: id.to_owned(),
        secret: secret.to_owned(),
    }
}
