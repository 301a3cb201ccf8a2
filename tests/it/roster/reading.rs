//! What is asked of the platform: exactly the list of this course, page by page, with one token for as long as it is good.

use lti13_tool::testing::SimulatedCourse;
use serde_json::json;

use super::{course, draft, drafting, part};
use crate::world::{COURSE, PUPIL, TEACHER, World};

#[tokio::test]
async fn the_list_is_asked_for_exactly_as_the_platform_wants_it() {
    let world = World::start().await;
    let large = (0..1200).fold(course(), |course, number| {
        course.with(&format!("many-{number}"), ("Kind", &format!("Nr {number}")), "Learner")
    });
    world.lms.services.set_course(large);
    let (teacher, draft) = drafting(&world).await;
    let offered = part(&teacher, &draft, "nr 1199").await;
    assert!(offered.text().contains("Kind Nr 1199"), "{}", offered.text());
    let asked = world.lms.services.asked();
    let queries: Vec<&str> = asked.iter().map(|asked| asked.query.as_str()).collect();
    assert_eq!(
        queries,
        [
            "rlid=1&limit=500",
            "limit=500&from=500&rlid=1",
            "limit=500&from=1000&rlid=1"
        ],
        "without a role, which Moodle would lose on the way"
    );
    let media_type = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json";
    assert!(asked.iter().all(|asked| asked.accept == media_type));
    assert_eq!(world.lms.services.tokens_given(), 1);
}

#[tokio::test]
async fn a_token_serves_until_the_platform_forgets_it_and_then_one_new_one_does() {
    let world = World::start().await;
    world.lms.services.set_course(course());
    let (teacher, first) = drafting(&world).await;
    assert!(part(&teacher, &first, "").await.text().contains(&PUPIL.name()));
    for (link, tokens) in [("8", 1), ("9", 2)] {
        // another activity of the course has a list of its own
        let claims = world.lms.services.offer(TEACHER.claims()).at_link(link, "Zweite");
        let teacher = world.launch_with(&claims).await;
        let draft = draft(&teacher).await;
        if tokens == 2 {
            world.lms.services.forget_tokens();
        }
        let offered = part(&teacher, &draft, "").await;
        assert!(offered.text().contains(&PUPIL.name()), "{}", offered.text());
        assert_eq!(world.lms.services.tokens_given(), tokens);
    }
}

#[tokio::test]
async fn duplicates_people_without_an_id_and_impossible_entries_spoil_nothing() {
    let world = World::start().await;
    let strange = course()
        .with(PUPIL.subject, (PUPIL.given, PUPIL.family), "Learner")
        .with_entry(json!({ "name": "Ohne Kennung", "roles": ["Learner"] }))
        .with_entry(json!({ "user_id": "", "name": "Leere Kennung", "roles": ["Learner"] }))
        .with_entry(json!({ "user_id": 17, "name": "Zahl als Kennung", "roles": ["Learner"] }))
        .with_entry(json!({ "user_id": "sub-away", "name": "Nicht Dabei", "roles": ["Learner"], "status": "Inactive" }))
        .with_entry(json!({ "user_id": "sub-short", "name": "Kurz Angebunden" }))
        .with_entry(json!("nobody"))
        .with_entry(json!(null));
    world.lms.services.set_course(strange);
    let (teacher, draft) = drafting(&world).await;
    let offered = part(&teacher, &draft, "").await.text();
    assert_eq!(offered.matches(&PUPIL.name()).count(), 1, "{offered}");
    assert!(offered.contains("Kurz Angebunden"));
    for nobody in ["Kennung", "Nicht Dabei"] {
        assert!(!offered.contains(nobody), "{nobody}");
    }
}

#[tokio::test]
async fn five_thousand_members_can_be_searched() {
    let world = World::start().await;
    let huge = (0..5000).fold(SimulatedCourse::new(COURSE, "Alle"), |course, number| {
        course.with(&format!("many-{number}"), ("Kind", &format!("Nr {number}")), "Learner")
    });
    world.lms.services.set_course(huge);
    let (teacher, draft) = drafting(&world).await;
    let all = part(&teacher, &draft, "").await;
    assert_eq!(all.attributes("input[name=pick]", "value").len(), 30);
    assert!(all.text().contains("noch 4970 Personen"), "{}", all.text());
    let one = part(&teacher, &draft, "4711").await;
    assert_eq!(one.attributes("input[name=pick]", "value").len(), 1);
    assert!(one.text().contains("Kind Nr 4711") && one.body.len() < 4096);
    assert_eq!(world.lms.services.asked().len(), 10, "read once");
}
