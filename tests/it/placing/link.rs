//! A launch by a placed link: whom it leads where, and what an edited or copied link is worth.

use lti13_tool::testing::PlacedLink;

use super::{placed, until};
use crate::databases::both;
use crate::world::{AUNT, COLLEAGUE, Container, MOTHER, PUPIL, Page, Persona, TEACHER, Talk, World};

/// A sealed consultation with the pupil on its list, and its link in the course.
async fn with_pupil(world: &World) -> (Talk, PlacedLink) {
    world.arrive(&PUPIL.claims()).await;
    let talk = world.draft().await;
    talk.pick(&PUPIL.name()).await;
    talk.add(AUNT, "link").await;
    talk.seal().await;
    talk.post("/offer").await;
    let link = placed(world, &talk.id).await;
    (talk, link)
}

fn says(page: &Page, words: &str) -> bool {
    page.text().contains(words) && !page.has("form[data-start]")
}

const COPIED: &str = "gehört in einen anderen Kurs";
const GONE: &str = "gibt es keine Beratung";

fn copy_of(persona: Persona, link: &PlacedLink) -> lti13_tool::testing::LaunchClaims {
    persona.claims().by_link("301", link).in_course("9", "Kopie")
}

#[tokio::test]
async fn the_invited_land_at_their_invitation_and_the_initiator_where_it_is_listed() {
    both("link_straight", async |database| {
        let world = World::on(database).await;
        let (talk, link) = with_pupil(&world).await;
        let (pupil, page) = world.arrive(&PUPIL.claims().by_link("201", &link)).await;
        let own = format!("/invited/{}", talk.person(&PUPIL.name()).await);
        assert_eq!((page.path.as_str(), page.status), (own.as_str(), 200));
        let guest = world.invited(pupil, &page);
        guest.consent().await;
        assert_eq!(
            talk.standing(&PUPIL.name()).await,
            "consented",
            "and everything else works from there"
        );
        assert_eq!(guest.browser.get("/overview").await.path, own, "also from the overview");
        let claims = TEACHER.claims().by_link("201", &link);
        let page = world.lms.launch(&talk.teacher, &claims, Container::Tab).await;
        assert_eq!((page.path.as_str(), page.status), ("/overview", 200));
        assert!(page.body.contains(&talk.id));
    })
    .await;
}

#[tokio::test]
async fn in_a_frame_one_click_leads_there() {
    let world = World::start().await;
    let (talk, link) = with_pupil(&world).await;
    let browser = world.browser();
    let claims = PUPIL.claims().by_link("201", &link);
    let start = world.lms.launch(&browser, &claims, Container::Frame).await;
    assert!(start.has("form[data-start]"));
    let page = start.form("/start").send(&browser).await;
    assert_eq!(page.path, format!("/invited/{}", talk.person(&PUPIL.name()).await));
}

#[tokio::test]
async fn whoever_acts_as_the_initiator_in_another_browser_learns_nothing_by_the_link() {
    let world = World::start().await;
    let (talk, link) = with_pupil(&world).await;
    let (other, page) = world.arrive(&TEACHER.claims().by_link("201", &link)).await;
    assert_eq!((page.path.as_str(), page.status), ("/overview", 200));
    assert!(!page.body.contains(&talk.id));
    assert_eq!(other.get(&talk.path("")).await.status, 404);
}

#[tokio::test]
async fn whoever_is_not_concerned_learns_nothing_by_the_link() {
    let world = World::start().await;
    let (talk, link) = with_pupil(&world).await;
    let (mother, page) = world.arrive(&MOTHER.claims().by_link("201", &link)).await;
    assert_eq!((page.path.as_str(), page.status), ("/uninvited", 200));
    let (colleague, page) = world.arrive(&COLLEAGUE.claims().by_link("201", &link)).await;
    assert_eq!((page.path.as_str(), page.status), ("/overview", 200));
    assert!(!page.body.contains(&talk.id));
    let door = world.launch(COLLEAGUE).await.get("/overview").await;
    assert_eq!(page.text(), door.text(), "as at the door");
    let invited = format!("/invited/{}", talk.person(&PUPIL.name()).await);
    for browser in [&mother, &colleague] {
        assert_eq!(browser.get(&invited).await.status, 404);
        for rest in ["", "/links", "/opening"] {
            assert_eq!(browser.get(&talk.path(rest)).await.status, 404);
        }
        assert_eq!(browser.post(&talk.path("/open"), &[]).await.status, 404);
    }
    let page = colleague.get("/consultations/new").await;
    assert!(
        !page.body.contains(PUPIL.family),
        "nor who was at the place of the consultation"
    );
}

#[tokio::test]
async fn a_copy_of_the_course_carries_nothing_over_and_says_so() {
    both("link_copied", async |database| {
        let world = World::on(database).await;
        let (talk, link) = with_pupil(&world).await;
        let unmarked = PlacedLink {
            custom: link.custom.lines().next().unwrap().to_owned(),
            ..link.clone()
        };
        assert!(
            unmarked.custom.starts_with("sprechzimmer_consultation="),
            "{}",
            unmarked.custom
        );
        for persona in [PUPIL, TEACHER, MOTHER, COLLEAGUE] {
            for link in [&link, &unmarked] {
                for container in [Container::Tab, Container::Frame] {
                    let browser = world.browser();
                    let page = world.lms.launch(&browser, &copy_of(persona, link), container).await;
                    assert_eq!(page.status, 404);
                    assert!(says(&page, COPIED), "{}", page.text());
                    assert!(browser.cookie("__Host-visit").is_none());
                    assert!(!page.body.contains(&talk.id));
                }
            }
        }
        talk.post("/cancel").await;
        until("nothing of it", async || {
            database
                .texts("select id from consultation")
                .await
                .is_empty()
                .then_some(())
        })
        .await;
        let (_, page) = world.arrive(&copy_of(PUPIL, &link)).await;
        assert!(
            says(&page, COPIED),
            "also when the consultation is long gone: {}",
            page.text()
        );
        let (_, page) = world.arrive(&PUPIL.claims().by_link("201", &link)).await;
        assert!(says(&page, GONE), "and in its own course it is over: {}", page.text());
        assert_eq!(page.status, 410);
    })
    .await;
}

#[tokio::test]
async fn a_link_of_another_deployment_or_platform_is_foreign_as_well() {
    let world = World::start().await;
    let (_, link) = with_pupil(&world).await;
    // the same numbers of course and person mean another course and another person there
    let claims = PUPIL.claims().by_link("201", &link).in_course("2 ", "Beratung");
    let (_, page) = world.arrive(&claims).await;
    assert!(says(&page, COPIED), "{}", page.text());
}

#[tokio::test]
async fn what_a_teacher_writes_into_a_link_grants_nothing() {
    let world = World::start().await;
    let (talk, link) = with_pupil(&world).await;
    let person = talk.person(&PUPIL.name()).await;
    let written = [
        ("sprechzimmer_consultation=".to_owned() + &talk.id, GONE),
        ("sprechzimmer_consultation=".to_owned() + &person, GONE),
        ("sprechzimmer_consultation=".to_owned() + &"A".repeat(43), GONE),
        (link.custom.clone() + "x", COPIED),
    ];
    for (custom, words) in written {
        let edited = PlacedLink { custom, ..link.clone() };
        for persona in [PUPIL, MOTHER, COLLEAGUE] {
            let (browser, page) = world.arrive(&persona.claims().by_link("201", &edited)).await;
            assert!(says(&page, words), "{}: {}", edited.custom, page.text());
            assert!(browser.cookie("__Host-visit").is_none());
        }
    }
    let empty = PlacedLink {
        custom: "sprechzimmer_consultation=\nother=1".to_owned(),
        ..link
    };
    let (_, page) = world.arrive(&MOTHER.claims().by_link("201", &empty)).await;
    assert_eq!(page.path, "/uninvited", "without a consultation it is a door");
}

#[tokio::test]
async fn a_withdrawn_offer_makes_the_link_lead_nowhere_and_a_new_one_brings_it_back() {
    let world = World::start().await;
    let (talk, link) = with_pupil(&world).await;
    talk.post("/withdraw").await;
    let (_, page) = world.arrive(&PUPIL.claims().by_link("201", &link)).await;
    assert!(says(&page, GONE), "{}", page.text());
    talk.post("/offer").await;
    let (_, page) = world.arrive(&PUPIL.claims().by_link("201", &link)).await;
    assert!(page.path.starts_with("/invited/"), "{}", page.text());
}

#[tokio::test]
async fn somebody_named_only_asks_by_the_link_and_is_recognised() {
    let world = World::start().await;
    let talk = world.draft().await;
    talk.add("Mama von M.", "launch").await;
    talk.seal().await;
    talk.post("/offer").await;
    let link = placed(&world, &talk.id).await;
    let (mother, page) = world.arrive(&MOTHER.claims().by_link("201", &link)).await;
    assert_eq!(page.path, "/uninvited");
    mother.post("/uninvited", &[]).await;
    let page = talk.get("").await;
    let wish = page.attribute("form[action$='/confirm']", "action").unwrap();
    page.form(&wish).send(&talk.teacher).await;
    let page = mother.get("/uninvited").await;
    assert!(page.path.starts_with("/invited/"), "{} {}", page.path, page.text());
    assert_eq!(page.status, 200);
}

#[tokio::test]
async fn after_the_end_the_link_says_that_it_is_over() {
    let world = World::start().await;
    let (talk, link) = with_pupil(&world).await;
    talk.open().await;
    talk.end().await;
    talk.proof().await;
    let (browser, page) = world.arrive(&PUPIL.claims().by_link("201", &link)).await;
    assert!(says(&page, GONE), "{}", page.text());
    assert!(browser.cookie("__Host-visit").is_none());
}
