//! Platforms that give no list, or one without names: a clear sentence, and the other way.

use lti13_tool::testing::{LaunchClaims, SimulatedCourse};
use serde_json::json;

use super::{draft, drafting, part};
use crate::world::{COURSE, PUPIL, Page, TEACHER, World};

const INSTEAD: &str = "bestätigen Sie beim ersten Öffnen, wer es ist";

/// The draft of a teacher who came by these claims.
async fn page(world: &World, claims: &LaunchClaims) -> Page {
    let teacher = world.launch_with(claims).await;
    let draft = draft(&teacher).await;
    teacher.get(&draft).await
}

#[tokio::test]
async fn a_platform_without_the_service_is_said_to_be_so_with_the_other_way() {
    let world = World::start().await;
    let page = page(&world, &TEACHER.claims()).await;
    assert!(page.text().contains("nennt uns die Mitglieder des Kurses nicht"));
    assert!(page.text().contains(INSTEAD));
    assert!(page.has("input[name=name]") && !page.has("input[name=search]") && !page.has("[data-load]"));
    assert!(page.has("input[name=way][value=launch]"));
}

#[tokio::test]
async fn the_front_page_of_the_school_is_never_read() {
    let world = World::start().await;
    let offer = world.lms.platform.names_and_roles_claim("1");
    let claims = TEACHER
        .claims()
        .in_course("1", "Startseite")
        .with_names_and_roles(offer);
    let page = page(&world, &claims).await;
    assert!(page.text().contains("Eine Liste aller Konten holen wir nicht"));
    assert!(page.text().contains(INSTEAD) && !page.has("[data-load]"));
    assert!(world.lms.services.asked().is_empty());
}

#[tokio::test]
async fn an_address_of_another_course_or_another_server_is_never_read() {
    let world = World::start().await;
    for address in [
        world.lms.platform.memberships_url("3"),
        "https://elsewhere.example/memberships".to_owned(),
        "http://127.0.0.1:1/memberships".to_owned(),
        "ftp://127.0.0.1/memberships".to_owned(),
    ] {
        let offer = json!({ "context_memberships_url": address, "service_versions": ["2.0"] });
        let page = page(&world, &TEACHER.claims().with_names_and_roles(offer)).await;
        assert!(page.text().contains("fragen wir dort nicht"), "{address}");
        assert!(!page.has("[data-load]"));
    }
    assert!(world.lms.services.asked().is_empty() && world.lms.services.tokens_given() == 0);
}

#[tokio::test]
async fn members_without_names_cannot_be_picked_and_the_page_says_why() {
    let world = World::start().await;
    let bare = |id: &str| json!({ "status": "Active", "roles": ["Learner"], "user_id": id });
    let course = SimulatedCourse::new(COURSE, "Beratung")
        .with_entry(bare("1"))
        .with_entry(bare("2"));
    world.lms.services.set_course(course.clone());
    let (teacher, draft) = drafting(&world).await;
    let offered = part(&teacher, &draft, "").await;
    assert!(offered.text().contains("ohne Namen") && offered.text().contains(INSTEAD));
    assert!(!offered.has("input[name=pick]"));

    let named = course.with(PUPIL.subject, (PUPIL.given, PUPIL.family), "Learner");
    world.lms.services.set_course(named);
    let claims = world.lms.services.offer(TEACHER.claims()).at_link("8", "Zweite");
    let teacher = world.launch_with(&claims).await;
    let draft = super::draft(&teacher).await;
    let offered = part(&teacher, &draft, "").await;
    assert!(
        offered
            .text()
            .contains("2 Personen stehen in der Lernplattform ohne Namen")
    );
    assert!(offered.has("input[name=pick]"));
}
