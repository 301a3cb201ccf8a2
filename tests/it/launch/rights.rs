//! What a launch allows: the role decides who may begin a consultation, and nothing else.

use lti13_tool::testing::claim;

use crate::world::{ADMINISTRATOR, COLLEAGUE, MANAGER, MOTHER, PUPIL, Persona, TEACHER, World};

#[tokio::test]
async fn teachers_may_begin_a_consultation_and_pupils_parents_and_administrators_may_not() {
    let world = World::start().await;
    let expected: [(Persona, bool); 6] = [
        (TEACHER, true),
        (COLLEAGUE, true),
        (MANAGER, true),
        (PUPIL, false),
        (MOTHER, false),
        (ADMINISTRATOR, false),
    ];
    for (persona, may_create) in expected {
        let browser = world.launch(persona).await;
        let visit = world.visit(&browser).await;
        assert_eq!(visit.may_create, may_create, "{persona:?}");
        assert_eq!(*visit.name.expose(), persona.name());
        assert!(visit.place.is_some());
    }
}

#[tokio::test]
async fn a_preview_person_of_the_platform_is_nobody() {
    let world = World::start().await;
    let roles = [
        "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor",
        "http://purl.imsglobal.org/vocab/lti/system/person#TestUser",
    ];
    let claims = TEACHER.claims().with(&claim("roles"), roles.to_vec());
    let visit = world.visit(&world.launch_with(&claims).await).await;
    assert!(!visit.may_create);
    assert!(visit.place.is_none(), "without a place they can take part in nothing");
}

#[tokio::test]
async fn outside_a_course_nothing_can_be_begun() {
    let world = World::start().await;
    let claims = TEACHER.claims().without(&claim("context"));
    let visit = world.visit(&world.launch_with(&claims).await).await;
    assert!(!visit.may_create && visit.place.is_none());
}

#[tokio::test]
async fn a_copied_activity_is_another_place() {
    let world = World::start().await;
    let here = world.visit(&world.launch(TEACHER).await).await;
    let copied = TEACHER.claims().at_link("2", "Sprechstunde");
    let there = world.visit(&world.launch_with(&copied).await).await;
    assert_eq!(here.person, there.person);
    assert_ne!(here.place, there.place);
}

#[tokio::test]
async fn of_the_way_back_only_numbers_are_kept() {
    let world = World::start().await;
    let presentation = serde_json::json!({
        "locale": "en",
        "return_url": "https://lms.example/mod/lti/return.php?course=2&sesskey=Qx9sEcReT&instanceid=3",
    });
    let claims = TEACHER.claims().with(&claim("launch_presentation"), presentation);
    let visit = world.visit(&world.launch_with(&claims).await).await;
    assert_eq!(
        visit.back.expose(),
        "https://lms.example/mod/lti/return.php?course=2&instanceid=3"
    );
    assert_eq!(visit.language, "en");
}
