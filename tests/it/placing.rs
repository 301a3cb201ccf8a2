//! Deep linking, over HTTP: what a teacher can place in the course, and what goes back to the learning platform.

mod link;

use lti13_tool::KeySet;
use lti13_tool::testing::{LaunchClaims, PlacedLink, Placement, claim};
use serde_json::{Value, json};

use crate::databases::both;
use crate::logs::{lines_with, must_stay_secret};
use crate::world::{
    ADMINISTRATOR, AUNT, Browser, COLLEAGUE, Container, MOTHER, PUPIL, Page, Persona, Sender, TEACHER, World, now,
    until,
};

/// Somebody in the frame in which the learning platform asks what to place.
pub(crate) struct Chooser<'a> {
    world: &'a World,
    browser: Browser,
    page: Page,
}

impl World {
    pub(crate) async fn chooses(&self, persona: Persona) -> Chooser<'_> {
        self.chooses_with(&persona.claims(), json!({})).await
    }

    /// With claims of one's own, and settings on top of Moodle's.
    async fn chooses_with(&self, claims: &LaunchClaims, changes: Value) -> Chooser<'_> {
        let browser = self.browser();
        let claims = claims.clone().choosing(self.settings(&changes));
        let page = self.lms.launch(&browser, &claims, Container::Frame).await;
        for secret in page.attributes("input[name=secret]", "value") {
            must_stay_secret(&secret);
        }
        Chooser {
            world: self,
            browser,
            page,
        }
    }

    fn settings(&self, changes: &Value) -> Value {
        let mut settings = self.lms.platform.deep_linking_settings();
        for (name, value) in changes.as_object().unwrap() {
            settings[name] = value.clone();
        }
        settings
    }
}

impl Chooser<'_> {
    /// What can be chosen, beside the door.
    fn offered(&self) -> Vec<String> {
        let mut picks = self.page.attributes("input[name=pick]", "value");
        picks.retain(|pick| pick != "door");
        picks
    }

    /// Sends the form with these ticks, from our page in the frame.
    async fn send(&self, fields: &[(&str, &str)]) -> Page {
        let secret = self.page.attribute("input[name=secret]", "value").unwrap();
        let mut form = vec![("secret".to_owned(), secret)];
        form.extend(
            fields
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        let (sender, container) = (Sender::Us, Container::Frame);
        self.browser.send(sender, container, "/lti/choice", &form).await
    }

    /// What stands in the course after this choice.
    pub(crate) async fn place(&self, picks: &[&str]) -> Placement {
        let fields: Vec<_> = picks.iter().map(|pick| ("pick", *pick)).collect();
        self.taken(&self.send(&fields).await).await
    }

    /// The learning platform takes the answer on this page.
    async fn taken(&self, page: &Page) -> Placement {
        let jwt = page.attribute("form[data-send] input[name=JWT]", "value");
        let jwt = jwt.unwrap_or_else(|| panic!("{}", page.text()));
        let keys = self.browser.get("/lti/keys").await.body;
        let keys = KeySet::parse(keys).unwrap();
        self.world.lms.platform.place(&jwt, &keys, now()).unwrap()
    }
}

fn policy(page: &Page, directive: &str) -> String {
    let policy = page.header("content-security-policy");
    let (_, rest) = policy.split_once(&format!("{directive} ")).unwrap();
    rest.split(';').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_teacher_places_the_door_and_a_consultation_without_any_cookie() {
    let world = World::start().await;
    let talk = world.sealed(&[AUNT]).await;
    talk.post("/offer").await;
    let chooser = world.chooses(TEACHER).await;
    assert_eq!(chooser.page.status, 200, "{}", chooser.page.text());
    assert!(chooser.browser.cookie_names().is_empty());
    assert_eq!(chooser.offered(), [talk.id.as_str()]);
    assert_eq!(policy(&chooser.page, "frame-ancestors"), world.lms.platform.issuer());
    assert_eq!(policy(&chooser.page, "form-action"), "'self'");
    let answer = chooser.send(&[("pick", "door"), ("pick", &talk.id)]).await;
    assert_eq!(
        policy(&answer, "form-action"),
        world.lms.platform.issuer(),
        "and nowhere else"
    );
    assert_eq!(policy(&answer, "frame-ancestors"), world.lms.platform.issuer());
    let action = answer.attribute("form[data-send]", "action").unwrap();
    let wanted = world.lms.platform.deep_linking_settings()["deep_link_return_url"].clone();
    assert_eq!(wanted, action, "as it came, session key and all");
    let placed = chooser.taken(&answer).await;
    let [door, consultation] = placed.links.as_slice() else {
        panic!("{placed:?}")
    };
    assert_eq!((door.title.as_str(), door.custom.as_str()), ("Sprechzimmer", ""));
    assert!(
        consultation.title.starts_with("Beratungsgespräch: "),
        "{}",
        consultation.title
    );
    assert!(door.url.as_deref().unwrap().ends_with("/lti/launch"));
    assert!(chooser.browser.cookie_names().is_empty());
}

#[tokio::test]
async fn the_frame_and_the_course_show_no_person() {
    let world = World::start().await;
    world.arrive(&PUPIL.claims()).await;
    let talk = world.draft().await;
    talk.pick(&PUPIL.name()).await;
    talk.add(AUNT, "link").await;
    talk.seal().await;
    talk.post("/offer").await;
    let chooser = world.chooses(TEACHER).await;
    let placed = chooser.place(&[&talk.id]).await;
    assert!(chooser.page.text().contains("2 Personen"), "{}", chooser.page.text());
    for text in [&chooser.page.body, &placed.claims.to_string()] {
        for name in [PUPIL.given, PUPIL.family, PUPIL.subject, TEACHER.family, "Mechthild"] {
            assert!(!text.contains(name), "{name}");
        }
        assert!(!text.contains(&talk.person(&PUPIL.name()).await));
    }
    assert!(
        !placed.claims.to_string().contains(&talk.id),
        "not even the number of the consultation"
    );
}

#[tokio::test]
async fn only_ones_own_offered_consultations_of_this_course_are_shown() {
    both("placing_own", async |database| {
        let world = World::on(database).await;
        let talk = world.sealed(&[AUNT]).await;
        assert!(world.chooses(TEACHER).await.offered().is_empty(), "not offered yet");
        talk.post("/offer").await;
        talk.post("/offer").await;
        assert_eq!(world.chooses(TEACHER).await.offered(), [talk.id.as_str()]);
        assert!(world.chooses(COLLEAGUE).await.offered().is_empty(), "somebody else's");
        let elsewhere = TEACHER.claims().in_course("9", "Kopie");
        assert!(world.chooses_with(&elsewhere, json!({})).await.offered().is_empty());
        let colleague = world.chooses(COLLEAGUE).await;
        let page = colleague.send(&[("pick", &talk.id)]).await;
        assert_eq!(page.status, 422, "nobody places what is not theirs");
        assert!(!page.body.contains(&talk.id) && !page.has("form[data-send]"));
        talk.post("/withdraw").await;
        assert!(world.chooses(TEACHER).await.offered().is_empty());
        talk.post("/offer").await;
        talk.post("/cancel").await;
        assert!(world.chooses(TEACHER).await.offered().is_empty(), "called off");
    })
    .await;
}

#[tokio::test]
async fn only_the_initiator_offers_and_never_a_draft() {
    let world = World::start().await;
    let talk = world.draft().await;
    assert_eq!(talk.post("/offer").await.status, 409);
    talk.add(AUNT, "link").await;
    talk.seal().await;
    let colleague = world.launch(COLLEAGUE).await;
    for step in ["/offer", "/withdraw"] {
        assert_eq!(colleague.post(&talk.path(step), &[]).await.status, 404);
    }
    assert!(world.chooses(TEACHER).await.offered().is_empty());
    assert!(talk.get("/links").await.has("form[action$='/offer']"));
    let page = talk.post("/offer").await;
    assert!(
        page.has("form[action$='/withdraw']") && !page.has("form[action$='/offer']"),
        "{}",
        page.text()
    );
}

#[tokio::test]
async fn data_comes_back_byte_for_byte_and_an_answer_goes_out_once() {
    let world = World::start().await;
    let data = "op=321&v=44 \"<Ä>\u{1f600}\\";
    let chooser = world.chooses_with(&TEACHER.claims(), json!({ "data": data })).await;
    let placed = chooser.place(&["door"]).await;
    assert_eq!(placed.data, Some(json!(data)));
    let again = chooser.send(&[("pick", "door")]).await;
    assert_eq!(again.status, 410, "{}", again.text());
    assert_eq!(policy(&again, "frame-ancestors"), world.lms.platform.issuer());
    assert!(!again.has("form[data-send]"));
}

#[tokio::test]
async fn whoever_cancels_is_brought_back_with_nothing_placed() {
    let world = World::start().await;
    let chooser = world.chooses_with(&TEACHER.claims(), json!({ "data": "x" })).await;
    let placed = chooser
        .taken(&chooser.send(&[("pick", "door"), ("cancel", "yes")]).await)
        .await;
    assert!(placed.links.is_empty() && placed.error_message.is_none());
    assert_eq!(
        (placed.message.as_deref(), placed.data),
        (Some("Es wurde nichts ausgewählt."), Some(json!("x")))
    );
}

#[tokio::test]
async fn nothing_chosen_is_said_and_can_be_put_right() {
    let world = World::start().await;
    let chooser = world.chooses(TEACHER).await;
    let page = chooser.send(&[]).await;
    assert_eq!(page.status, 422);
    assert!(
        page.has("[role=alert]") && page.has("form[action='/lti/choice']"),
        "{}",
        page.text()
    );
    assert_eq!(chooser.place(&["door"]).await.links.len(), 1);
}

#[tokio::test]
async fn where_one_item_is_wanted_one_can_be_chosen() {
    let world = World::start().await;
    let talk = world.sealed(&[AUNT]).await;
    talk.post("/offer").await;
    let chooser = world
        .chooses_with(&TEACHER.claims(), json!({ "accept_multiple": false }))
        .await;
    assert!(chooser.page.has("input[type=radio][name=pick]") && !chooser.page.has("input[type=checkbox]"));
    let both = chooser.send(&[("pick", "door"), ("pick", &talk.id)]).await;
    assert_eq!(both.status, 400, "only a form that is not ours asks for two");
    assert_eq!(chooser.place(&[&talk.id]).await.links.len(), 1);
}

#[tokio::test]
async fn whoever_may_begin_no_consultation_places_nothing_and_gets_back_kindly() {
    let world = World::start().await;
    let talk = world.sealed(&[AUNT]).await;
    talk.post("/offer").await;
    let outside = TEACHER.claims().without(&claim("context"));
    let preview = TEACHER.claims().with(
        &claim("roles"),
        json!([
            "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor",
            "http://purl.imsglobal.org/vocab/lti/system/person#TestUser",
        ]),
    );
    for claims in [
        PUPIL.claims(),
        MOTHER.claims(),
        ADMINISTRATOR.claims(),
        outside,
        preview,
    ] {
        let chooser = world.chooses_with(&claims, json!({})).await;
        assert_eq!(chooser.page.status, 200);
        assert!(!chooser.page.has("input[name=pick]") && !chooser.page.body.contains(&talk.id));
        let placed = chooser.place(&["door", &talk.id]).await;
        assert!(placed.links.is_empty(), "also by a form of one's own making");
        assert!(placed.error_message.unwrap().contains("nur Lehrkräfte"));
    }
    let unwanted = world
        .chooses_with(&TEACHER.claims(), json!({ "accept_types": ["html"] }))
        .await;
    let placed = unwanted.place(&["door"]).await;
    assert!(placed.links.is_empty() && placed.error_message.is_some());
}

#[tokio::test]
async fn an_answer_for_another_host_than_the_platforms_is_never_made() {
    both("placing_foreign", async |database| {
        let world = World::on(database).await;
        for (url, code) in [
            ("https://evil.example/return", "deep_link_return_url_foreign"),
            ("http://evil.example/return", "deep_link_return_url_invalid"),
        ] {
            let chooser = world
                .chooses_with(&TEACHER.claims(), json!({ "deep_link_return_url": url }))
                .await;
            assert_eq!(chooser.page.status, 401);
            assert!(!chooser.page.body.contains("evil.example"));
            let lines = lines_with(&chooser.page.reference());
            assert_eq!(lines.len(), 1, "{lines:?}");
            assert!(
                lines[0].contains(code) && lines[0].contains("Deep Linking 2.0 §4.4.1"),
                "{}",
                lines[0]
            );
        }
        assert!(
            database.texts("select 'x' from choice").await.is_empty(),
            "nothing half-stored"
        );
    })
    .await;
}

#[tokio::test]
async fn a_request_cannot_be_used_twice() {
    let world = World::start().await;
    let browser = world.browser();
    let claims = TEACHER.claims().choosing(world.settings(&json!({})));
    let begun = world.lms.begin(&browser, Container::Frame).await;
    let mut form = world.lms.answer(&begun, &claims);
    form.push(("pending".to_owned(), begun.pending.unwrap()));
    let first = browser.send(Sender::Us, Container::Frame, "/lti/launch", &form).await;
    assert!(first.has("form[action='/lti/choice']"));
    let second = browser.send(Sender::Us, Container::Frame, "/lti/launch", &form).await;
    assert_eq!(second.status, 401);
    assert!(lines_with(&second.reference())[0].contains("nonce_spent"));
}

#[tokio::test]
async fn another_site_cannot_choose_and_an_invented_secret_opens_nothing() {
    let world = World::start().await;
    let chooser = world.chooses(TEACHER).await;
    let secret = chooser.page.attribute("input[name=secret]", "value").unwrap();
    let form = [("secret".to_owned(), secret), ("pick".to_owned(), "door".to_owned())];
    let (stranger, frame) = (Sender::Stranger, Container::Frame);
    let page = chooser.browser.send(stranger, frame, "/lti/choice", &form).await;
    assert_eq!(page.status, 403);
    for secret in ["", "x", &"A".repeat(43)] {
        let page = world
            .browser()
            .post("/lti/choice", &[("secret", secret), ("pick", "door")])
            .await;
        assert_eq!(page.status, 410);
    }
    assert_eq!(chooser.place(&["door"]).await.links.len(), 1, "not used up");
}

#[tokio::test]
async fn of_an_offer_and_a_choice_nothing_stays() {
    both("placing_gone", async |database| {
        let world = World::on(database).await;
        let talk = world.opened(&[AUNT]).await;
        talk.post("/offer").await;
        assert_eq!(
            database.texts("select consultation from placement").await,
            [talk.id.as_str()]
        );
        let chooser = world.chooses(TEACHER).await;
        assert_eq!(database.texts("select 'x' from choice").await.len(), 1);
        chooser.place(&[&talk.id]).await;
        assert!(database.texts("select 'x' from choice").await.is_empty());
        talk.end().await;
        talk.proof().await;
        assert!(database.texts("select consultation from placement").await.is_empty());
    })
    .await;
}

/// The link to a consultation, as it stands in the course.
pub(crate) async fn placed(world: &World, id: &str) -> PlacedLink {
    let placement = world.chooses(TEACHER).await.place(&[id]).await;
    let link = placement.links[0].clone();
    let secret = link.parameters()["sprechzimmer_consultation"]
        .as_str()
        .unwrap()
        .to_owned();
    must_stay_secret(&secret);
    link
}
