//! Services that fail: plain words beside the list, one line in the log with the clause, and the rest of the page goes on.

use std::time::Duration;

use lti13_tool::testing::SimulatedCourse;

use super::{course, drafting, load, part};
use crate::logs::lines_with;
use crate::world::{COURSE, Fault, Page, TEACHER, World};

/// What the page says, and the one line of the log.
async fn failing(world: &World, fault: Fault) -> (Page, String) {
    world.lms.services.set_fault(fault);
    let (teacher, draft) = drafting(world).await;
    let offered = part(&teacher, &draft, "").await;
    assert_eq!(offered.status, 200);
    assert!(!offered.has("input[name=pick]"));
    // the page goes on working without the list
    let page = teacher.get(&draft).await;
    let form = page.form(&format!("{draft}/participants"));
    let page = form.set("name", "Von Hand").set("title", "pupil").send(&teacher).await;
    assert!(page.text().contains("Von Hand"));
    assert_eq!(load(world, &draft).await.participants.len(), 1);
    let reference = offered.attribute("[data-reference]", "data-reference").unwrap();
    let lines = lines_with(&format!("reference={reference:?}"));
    assert_eq!(lines.len(), 1, "{lines:?}");
    (offered, lines[0].clone())
}

#[tokio::test]
async fn every_failure_of_the_token_address_is_told_apart() {
    let html = "text/html; charset=utf-8";
    for (fault, words, code) in [
        (
            Fault::Token(503, html, "down for maintenance"),
            "antwortet nicht",
            "token_refused",
        ),
        (
            Fault::Token(200, html, "<h1>Wartung</h1>"),
            "nicht lesen können",
            "token_answer_malformed",
        ),
        (
            Fault::Token(
                400,
                html,
                "{\r\n  \"error\" : \"\"kid\" invalid, unable to lookup correct key\"\r\n}",
            ),
            "fehlt eine Einstellung",
            "tool_key_unknown",
        ),
        (
            Fault::Token(400, html, r#"{"error":"invalid_scope"}"#),
            "fehlt eine Einstellung",
            "invalid_scope",
        ),
        (
            Fault::Token(
                200,
                html,
                r#"{"access_token":"x","token_type":"Bearer","expires_in":3600,"scope":"other"}"#,
            ),
            "fehlt eine Einstellung",
            "scope_refused",
        ),
        (Fault::Token(302, html, ""), "fehlt eine Einstellung", "token_refused"),
    ] {
        let world = World::start().await;
        let (offered, line) = failing(&world, fault.clone()).await;
        assert!(offered.text().contains(words), "{fault:?}: {}", offered.text());
        assert!(line.contains(&format!("code={code:?}")), "{line}");
        assert!(line.contains("RFC 6749"), "{line}");
        assert!(world.lms.services.asked().is_empty());
    }
}

#[tokio::test]
async fn a_token_address_that_never_answers_holds_up_nobody_else() {
    let world = World::start().await;
    world.lms.services.set_fault(Fault::TokenHangs);
    let (teacher, draft) = drafting(&world).await;
    let waiting = part(&teacher, &draft, "");
    let meanwhile = async {
        let page = teacher.get(&draft).await;
        assert!(page.has("[data-load]"), "the page does not wait for the list");
        let other = world.launch(TEACHER).await;
        assert_eq!(other.get("/overview").await.status, 200);
    };
    let (offered, ()) = tokio::join!(waiting, meanwhile);
    assert!(offered.text().contains("antwortet nicht"), "{}", offered.text());
    assert!(offered.has("[data-members-again]"), "it may work in a moment");
}

#[tokio::test]
async fn a_clock_that_is_three_minutes_behind_is_named_to_the_administrator() {
    let world = World::start().await;
    let (offered, line) = failing(&world, Fault::Clock(-180)).await;
    assert!(offered.text().contains("Uhren der beiden Systeme"));
    assert!(offered.text().contains("Für die Systembetreuung"));
    let words = "Die Uhr der Lernplattform geht etwa 3 Minuten nach";
    assert!(offered.text().contains(words), "{}", offered.text());
    assert!(
        line.contains("code=\"clock\"") && line.contains("clock_ahead=-1"),
        "{line}"
    );
}

#[tokio::test]
async fn every_failure_of_the_list_is_told_apart() {
    let json = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json";
    let list = |text: &str| Fault::List(200, json, text.to_owned());
    for (fault, words, code) in [
        (
            Fault::List(500, "text/html", "<h1>Fehler</h1>".to_owned()),
            "antwortet nicht",
            "roster_refused",
        ),
        (
            Fault::List(403, json, "{}".to_owned()),
            "fehlt eine Einstellung",
            "roster_refused",
        ),
        (
            Fault::List(302, json, String::new()),
            "fehlt eine Einstellung",
            "roster_refused",
        ),
        (list("<h1>Anmelden</h1>"), "nicht lesen können", "roster_malformed"),
        (
            list("{\"members\": []}"),
            "nicht lesen können",
            "roster_context_missing",
        ),
        (
            list("{\"context\": {\"id\": \"3\"}, \"members\": []}"),
            "nicht lesen können",
            "roster_context_wrong",
        ),
        (
            list(&" ".repeat(5 * 1024 * 1024)),
            "antwortet nicht",
            "roster_unreachable",
        ),
    ] {
        let world = World::start().await;
        let (offered, line) = failing(&world, fault).await;
        assert!(offered.text().contains(words), "{code}: {}", offered.text());
        assert!(line.contains(&format!("code={code:?}")), "{line}");
        assert!(line.contains("NRPS 2.0 §2."), "{line}");
    }
}

#[tokio::test]
async fn a_list_that_leads_in_a_circle_or_away_is_not_followed() {
    for case in 0..4 {
        let world = World::start().await;
        let list = |course| world.lms.platform.memberships_url(course);
        let (next, code) = match case {
            0 => (format!("{}?rlid=1&limit=500", list(COURSE)), "roster_circle"),
            1 => (list("3"), "roster_next_foreign"),
            2 => (
                format!("{}/../../../3/bindings/1/memberships", list(COURSE)),
                "roster_next_foreign",
            ),
            _ => ("https://elsewhere.example/list".to_owned(), "roster_next_foreign"),
        };
        world.lms.services.set_course(course());
        let (_, line) = failing(&world, Fault::Next(next)).await;
        assert!(line.contains(&format!("code={code:?}")), "{line}");
        assert_eq!(world.lms.services.asked().len(), 1);
    }
}

#[tokio::test]
async fn a_list_longer_than_any_course_is_left() {
    let world = World::start().await;
    let pages = (0..130).fold(SimulatedCourse::new(COURSE, "Ohne Ende"), |course, number| {
        course.with(&format!("many-{number}"), ("Kind", "Nr"), "Learner")
    });
    world.lms.services.set_course(pages.with_pages_of(1));
    let (offered, line) = failing(&world, Fault::None).await;
    assert!(offered.text().contains("länger, als ein Kurs sein kann"));
    assert!(line.contains("roster_too_long"), "{line}");
    assert_eq!(world.lms.services.asked().len(), 120);
}

#[tokio::test]
async fn nobody_waits_longer_than_twenty_seconds_for_a_list_of_slow_pages() {
    let world = World::start().await;
    world.lms.services.set_course(course().with_pages_of(1));
    let begun = now();
    // each page by itself is in time
    let (offered, line) = failing(&world, Fault::Slow(Duration::from_millis(4500))).await;
    let waited = now().duration_since(begun);
    assert!(
        line.contains("roster_too_slow") && line.contains("NRPS 2.0 §2.4.2"),
        "{line}"
    );
    assert!(!offered.text().contains("§"));
    assert!((20..30).contains(&waited.as_secs()), "{waited:?}");
}

#[expect(
    clippy::disallowed_methods,
    reason = "the test looks at the clock as somebody who waits does"
)]
fn now() -> std::time::Instant {
    std::time::Instant::now()
}
