//! Rule 4: a consultation is its initiator's; everybody else finds what was never there.

use super::{id, sealed};
use crate::world::{ADMINISTRATOR, Browser, COLLEAGUE, Container, MANAGER, Persona, TEACHER, World, later};

const PAGES: [&str; 6] = ["", "/links", "/opening", "/end", "/people", "/live"];
const BUTTONS: [&str; 8] = [
    "/plan",
    "/participants",
    "/seal",
    "/cancel",
    "/open",
    "/lock",
    "/unlock",
    "/end",
];
const NEVER: &str = "/consultations/00000000000000000000000000000000";

async fn launched(world: &World, persona: Persona) -> Browser {
    let browser = world.browser();
    world.lms.launch(&browser, &persona.claims(), Container::Tab).await;
    browser
}

/// The page without what is different by nature: the reference, and the address in the language switch.
async fn answer(browser: &Browser, base: &str, rest: &str, post: Option<&[(&str, &str)]>) -> String {
    let path = format!("{base}{rest}");
    let page = match post {
        Some(fields) => browser.post(&path, fields).await,
        None => browser.get(&path).await,
    };
    assert_eq!(page.status, 404, "{path}: {}", page.text());
    page.body.replace(&page.reference(), "").replace(base, "")
}

#[tokio::test]
async fn a_consultation_of_somebody_else_answers_exactly_as_one_that_never_existed() {
    let world = World::start().await;
    let teacher = world.launch(TEACHER).await;
    let path = sealed(&teacher).await;
    let fields: &[(&str, &str)] = &[("date", "2030-01-01"), ("time", "10:00"), ("minutes", "45")];
    for persona in [COLLEAGUE, MANAGER, ADMINISTRATOR] {
        let other = launched(&world, persona).await;
        for page in PAGES {
            let (real, never) = (
                answer(&other, &path, page, None).await,
                answer(&other, NEVER, page, None).await,
            );
            assert_eq!(real, never, "GET {page} as {}", persona.subject);
        }
        for button in BUTTONS {
            let (real, never) = (
                answer(&other, &path, button, Some(fields)).await,
                answer(&other, NEVER, button, Some(fields)).await,
            );
            assert_eq!(real, never, "POST {button} as {}", persona.subject);
        }
    }
    let page = teacher.get(&path).await;
    assert_eq!(page.status, 200, "and it is still there for its initiator");
}

#[tokio::test]
async fn the_proof_is_found_by_nobody_but_the_initiator() {
    let world = World::start().await;
    let teacher = world.launch(TEACHER).await;
    let path = sealed(&teacher).await;
    let record = format!("/records/{}", id(&path));
    let events = teacher.follow(&format!("{path}/live")).await;
    teacher.post(&format!("{path}/cancel"), &[]).await;
    super::erased(&teacher, events, &path).await;
    assert_eq!(teacher.get(&record).await.status, 200);
    let colleague = launched(&world, COLLEAGUE).await;
    for page in [record.clone(), format!("{record}/download"), path] {
        assert_eq!(colleague.get(&page).await.status, 404, "{page}");
    }
}

#[tokio::test]
async fn the_overview_shows_nothing_of_what_a_colleague_has_planned() {
    let world = World::start().await;
    let teacher = world.launch(TEACHER).await;
    let path = sealed(&teacher).await;
    assert!(teacher.get("/overview").await.body.contains(&path));
    let colleague = launched(&world, COLLEAGUE).await;
    let page = later(&colleague, colleague.get("/overview").await).await;
    assert!(page.has(".empty"), "{}", page.text());
    assert!(!page.body.contains("Beispielkind"));
}

#[tokio::test]
async fn who_may_not_create_and_is_not_invited_is_led_to_the_page_that_says_so() {
    let world = World::start().await;
    let administrator = launched(&world, ADMINISTRATOR).await;
    assert_eq!(administrator.get("/overview").await.path, "/uninvited");
    assert_eq!(administrator.get("/consultations/new").await.status, 404);
    assert_eq!(administrator.post("/consultations", &[]).await.status, 404);
}
