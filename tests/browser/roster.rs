//! Picking people from the course, as a teacher does it, and the lists that are not there.

use lti13_tool::testing::SimulatedCourse;

use crate::chromium::Habit;
use crate::course::{Activity, Pace};
use crate::eye::Eye;
use crate::person::Person;
use crate::talk::{START, Stage};
use crate::world::{COURSE, Fault, MOTHER, PUPIL, Persona, TEACHER};

/// From the course into the own tab.
async fn launch(stage: &Stage, person: &Person, persona: Persona, language: &str) {
    let activity = stage.world.course.activity(persona, language, Pace::ByItself);
    person.go(activity.as_str()).await;
    person.see_in_frame(START).await;
    person.click(START).await;
    person.follow_into_new_tab().await;
}

/// A teacher in front of a new draft.
async fn draft(stage: &Stage, teacher: &Person, language: &str) {
    launch(stage, teacher, TEACHER, language).await;
    // the question for a passkey, or the overview when it was asked before
    teacher.see("h1").await;
    teacher.go("/consultations/new").await;
    teacher.click("form[action='/consultations'] .primary").await;
    teacher.see("#name").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_teacher_without_a_pointer_picks_a_pupil_from_the_course_and_she_is_recognised() {
    let stage = Stage::begin().await;
    let teacher = stage.person("de", Habit::Usual).await.by_keyboard();
    let pupil = stage.person("de", Habit::Usual).await;
    draft(&stage, &teacher, "de").await;
    teacher.see(".pickable").await;
    teacher.fill("#search", &MOTHER.family.to_lowercase()).await;
    let only = |persona: Persona| {
        format!(
            "const rows = [...document.querySelectorAll('.pickable .person:not(:has(input:checked))')];
             return rows.length === 1 && rows[0].innerText.includes('{}')",
            persona.family
        )
    };
    teacher.until_script("the mother alone", &only(MOTHER)).await;
    teacher.tick(".pickable input").await;
    // whoever is ticked stays while the search goes on
    teacher.fill("#search", &PUPIL.given.to_uppercase()).await;
    teacher.until_script("the pupil alone", &only(PUPIL)).await;
    teacher.tick(".pickable .person:not(:has(input:checked)) input").await;
    teacher
        .click("section[aria-labelledby=course] > .actions .button")
        .await;
    let listed = "return document.querySelectorAll('section[aria-labelledby=list] .person').length === 2";
    teacher.until_script("two people on the list", listed).await;
    teacher.click("a[href='#picked']").await;
    teacher.click("button[formaction$='/seal']").await;
    teacher.arrive("/links").await;
    launch(&stage, &pupil, PUPIL, "de").await;
    pupil.arrive("/invited/").await;
    pupil.see("form[action$='/consent'] button").await;
    teacher.close().await;
    pupil.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_scripts_a_teacher_finds_and_lists_somebody_of_the_course() {
    let stage = Stage::begin().await;
    let teacher = stage.person("de", Habit::WithoutScripts).await;
    let activity = stage.world.course.activity(TEACHER, "de", Pace::ByHand);
    teacher.go(activity.as_str()).await;
    teacher.click("#go button").await;
    teacher.see_in_frame("#go button").await;
    teacher.click("#go button").await;
    teacher.see_in_frame(START).await;
    teacher.click(START).await;
    teacher.follow_into_new_tab().await;
    teacher.click("button[formaction='/passkey/later']").await;
    teacher.click("a[href='/consultations/new']").await;
    teacher.click("form[action='/consultations'] .primary").await;
    // the key, not the button
    teacher.fill("#search", &format!("{}\n", PUPIL.family)).await;
    teacher.tick(".pickable input").await;
    teacher
        .click("section[aria-labelledby=course] > .actions .button")
        .await;
    teacher.see("section[aria-labelledby=list] .person").await;
    teacher.close().await;
}

/// How long the page waited for each answer about people, in milliseconds: the first reads the list from the platform, the others
/// search in it.
const WAITS: &str = "return performance.getEntriesByType('resource')
  .filter(({ name }) => name.endsWith('/members')).map(({ duration }) => Math.round(duration))";

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_and_five_thousand_members_are_searched_by_keyboard_without_delay() {
    let stage = Stage::begin().await;
    for (count, link) in [(200, "21"), (5000, "22")] {
        let course = (1..=count).fold(SimulatedCourse::new(COURSE, "Alle"), |course, number| {
            course.with(
                &format!("many-{number}"),
                ("Kim", &format!("Nummer{number:04}")),
                "Learner",
            )
        });
        stage.world.course.services.set_course(course);
        stage.world.course.choose(Activity::Listed(link));
        let teacher = stage.person("de", Habit::Usual).await.by_keyboard();
        draft(&stage, &teacher, "de").await;
        teacher.see(".pickable").await;
        teacher.fill("#search", &format!("{count:04}")).await;
        let last = format!(
            "const rows = [...document.querySelectorAll('.pickable .person')];
             return rows.length === 1 && rows[0].innerText.includes('Nummer{count:04}')"
        );
        teacher.until_script("the last one alone", &last).await;
        teacher.tick(".pickable input").await;
        let ticked = "return document.querySelectorAll('.pickable input:checked').length === 1";
        teacher.until_script("the tick", ticked).await;
        let waits: Vec<u64> = teacher.ask(WAITS).await;
        eprintln!("{count} members, milliseconds: {waits:?}");
        let (read, searched) = waits.split_first().unwrap();
        assert!(*read < 5000, "{waits:?}");
        assert!(
            !searched.is_empty() && searched.iter().all(|wait| *wait < 1000),
            "{waits:?}"
        );
        teacher.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_is_there_unreadable_or_missing_can_be_used_by_everybody() {
    let stage = Stage::begin().await;
    for language in ["de", "en"] {
        let eye = Eye::open(language);
        lists(&stage, language, &eye).await;
        let found = eye.found();
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
}

/// The list with somebody ticked, the list that cannot be read, and no list at all.
async fn lists(stage: &Stage, language: &'static str, eye: &Eye) {
    let course = &stage.world.course;
    let begin = async || {
        let teacher = stage.person(language, Habit::Usual).await;
        draft(stage, &teacher, language).await;
        teacher
    };
    course.choose(Activity::Listed("8"));
    let teacher = begin().await;
    teacher.tick(".pickable li:nth-child(2) input").await;
    teacher.fill("#search", PUPIL.given).await;
    let two = "return document.querySelectorAll('.pickable .person').length === 2";
    teacher.until_script("the pupil, and who is ticked", two).await;
    eye.look(&teacher, "draft-search").await;
    teacher.close().await;

    course.choose(Activity::Listed("9"));
    course.services.set_fault(Fault::Clock(-180));
    course.services.forget_tokens();
    let teacher = begin().await;
    teacher.click("#members-hint summary").await;
    eye.look(&teacher, "draft-unread").await;
    teacher.close().await;
    course.services.set_fault(Fault::None);

    course.choose(Activity::Unlisted("10"));
    let teacher = begin().await;
    teacher.see("section[aria-labelledby=course] .notice").await;
    eye.look(&teacher, "draft-no-list").await;
    teacher.close().await;
}
