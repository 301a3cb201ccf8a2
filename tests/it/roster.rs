//! Picking people from the list of the course: only what was picked is kept, and a picked person is recognised by their account.

mod faults;
mod reading;
mod withheld;

use lti13_tool::testing::SimulatedCourse;
use sprechzimmer::consultation::Consultation;
use sprechzimmer::id::ConsultationId;
use sprechzimmer::participant::{Title, Way};

use crate::logs::must_stay_secret;
use crate::world::{Browser, COLLEAGUE, COURSE, MANAGER, MOTHER, PUPIL, Page, Persona, TEACHER, World};

/// Somebody who is in the course and not picked.
const CLASSMATE: (&str, &str) = ("Kunigunde", "Nachbarsleben");

/// The people of the school as members of the course.
fn course() -> SimulatedCourse {
    must_stay_secret(CLASSMATE.1);
    let with = |course: SimulatedCourse, persona: Persona, role| {
        course.with(persona.subject, (persona.given, persona.family), role)
    };
    let course = SimulatedCourse::new(COURSE, "Beratung").with("classmate-7199", CLASSMATE, "Learner");
    let course = with(course, TEACHER, "Instructor");
    let course = with(course, COLLEAGUE, "Instructor");
    let course = with(course, PUPIL, "Learner");
    with(course, MOTHER, "Learner")
}

/// A teacher with a draft, in a course that offers its list.
pub(crate) async fn drafting(world: &World) -> (Browser, String) {
    let teacher = world.launch_with(&world.lms.services.offer(TEACHER.claims())).await;
    let draft = draft(&teacher).await;
    (teacher, draft)
}

async fn draft(teacher: &Browser) -> String {
    let page = teacher.get("/consultations/new").await;
    page.form("/consultations").send(teacher).await.path
}

/// The part of the page with the people, as the page's script fetches it.
pub(crate) async fn part(teacher: &Browser, draft: &str, search: &str) -> Page {
    teacher.post(&format!("{draft}/members"), &[("search", search)]).await
}

/// The form of the draft with one more person ticked, as offered in this part.
async fn pick(teacher: &Browser, draft: &str, name: &str) -> Page {
    let offered = part(teacher, draft, name).await;
    let pick = offered.attribute("input[name=pick]", "value").unwrap();
    let form = teacher.get(draft).await.form(&format!("{draft}/participants"));
    form.add("pick", &pick).send(teacher).await
}

async fn load(world: &World, draft: &str) -> Consultation {
    let id = draft.split('/').find_map(ConsultationId::parse).unwrap();
    world.store().await.load(&id).await.unwrap().consultation
}

#[tokio::test]
async fn a_picked_member_is_recognised_at_launch_by_the_account_alone() {
    let world = World::start().await;
    world.lms.services.set_course(course());
    let (teacher, draft) = drafting(&world).await;
    let page = pick(&teacher, &draft, PUPIL.family).await;
    assert_eq!(page.status, 200);
    let listed = load(&world, &draft).await.participants;
    assert_eq!(listed.len(), 1);
    assert_eq!((listed[0].way, listed[0].title), (Way::Launch, Title::Pupil));
    assert_eq!(listed[0].name.expose(), &PUPIL.name());
    let page = page.form(&format!("{draft}/participants"));
    page.to(&format!("{draft}/seal")).send(&teacher).await;
    // the same name with another account is somebody else, and a new name with the same account is not
    let namesake = MANAGER.claims().named(PUPIL.given, PUPIL.family);
    assert_eq!(world.launch_with(&namesake).await.get("/overview").await.status, 200);
    let (_, page) = world
        .arrive(&lti13_tool::testing::LaunchClaims::learner("sub-namesake-7198").named(PUPIL.given, PUPIL.family))
        .await;
    assert_eq!(page.path, "/uninvited");
    let (browser, page) = world.arrive(&PUPIL.claims().named("Anders", "Geheissen")).await;
    assert_eq!(page.path, format!("/invited/{}", listed[0].id));
    assert_eq!(Some(world.visit(&browser).await.person), listed[0].person);
}

#[tokio::test]
async fn nothing_of_the_list_is_kept_but_who_was_picked() {
    let world = World::start().await;
    world.lms.services.set_course(course());
    let (teacher, draft) = drafting(&world).await;
    let offered = part(&teacher, &draft, "").await;
    assert!(offered.text().contains(CLASSMATE.1));
    pick(&teacher, &draft, MOTHER.family).await;
    let place = world.visit(&teacher).await.place.unwrap();
    let met = world.store().await.acquaintances(&place).await.unwrap();
    assert_eq!(met.len(), 1, "only the teacher was here");
    let listed = load(&world, &draft).await.participants;
    assert_eq!(listed.len(), 1);
    assert!(
        !teacher.get("/overview").await.body.contains(CLASSMATE.1),
        "no other page shows the list"
    );
}

#[tokio::test]
async fn the_page_comes_without_the_list_and_fetches_it_itself() {
    let world = World::start().await;
    world.lms.services.set_course(course());
    let (teacher, draft) = drafting(&world).await;
    let page = teacher.get(&draft).await;
    assert!(page.has("[data-members][data-load]") && !page.text().contains(PUPIL.family));
    assert!(world.lms.services.asked().is_empty());
    let offered = part(&teacher, &draft, "").await;
    assert!(offered.text().contains(&PUPIL.name()));
    assert!(
        !offered.text().contains(TEACHER.family),
        "the initiator cannot pick herself"
    );
    let page = teacher.get(&draft).await;
    assert!(!page.has("[data-load]") && page.text().contains(&PUPIL.name()));
    assert_eq!(world.lms.services.asked().len(), 1, "from memory");
}

#[tokio::test]
async fn whoever_is_on_the_list_already_is_not_offered_again() {
    let world = World::start().await;
    world.lms.services.set_course(course());
    let (teacher, draft) = drafting(&world).await;
    pick(&teacher, &draft, PUPIL.family).await;
    let offered = part(&teacher, &draft, "").await;
    assert!(!offered.text().contains(PUPIL.family) && offered.text().contains(MOTHER.family));
}

#[tokio::test]
async fn without_scripts_a_search_keeps_what_is_typed_and_ticked() {
    let world = World::start().await;
    world.lms.services.set_course(course());
    let (teacher, draft) = drafting(&world).await;
    let search = format!("{draft}/search");
    let form = teacher.get(&draft).await.form(&format!("{draft}/participants"));
    let page = form.set("search", "sommer").to(&search).send(&teacher).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains(&PUPIL.name()) && !page.text().contains(MOTHER.family));
    let pick = page.attribute("input[name=pick]", "value").unwrap();
    let row = page.attribute("[data-row]", "data-row").unwrap();
    let form = page.form(&format!("{draft}/participants"));
    assert_eq!(form.value("search"), Some("sommer"));
    let form = form
        .add("pick", &pick)
        .set(&format!("title-{row}"), "expert")
        .set("name", "Zwei");
    let page = form.clone().set("search", "OBERHUB").to(&search).send(&teacher).await;
    let form = page.form(&format!("{draft}/participants"));
    assert_eq!(form.value("name"), Some("Zwei"));
    assert_eq!(form.value(&format!("title-{row}")), Some("expert"));
    assert!(page.has("input[name=pick][checked]"));
    assert!(page.text().contains(&PUPIL.name()) && page.text().contains(&MOTHER.name()));
    assert!(load(&world, &draft).await.participants.is_empty());
    form.set("name", "").send(&teacher).await;
    let listed = load(&world, &draft).await.participants;
    assert_eq!((listed.len(), listed[0].title), (1, Title::Expert));
}

#[tokio::test]
async fn enter_in_the_search_field_searches_and_lists_nobody() {
    let world = World::start().await;
    world.lms.services.set_course(course());
    let (teacher, draft) = drafting(&world).await;
    let form = teacher.get(&draft).await.form(&format!("{draft}/participants"));
    // the first button of the form is the one that Enter presses
    let form = form.set("search", PUPIL.given).add("enter", "yes");
    let page = form.send(&teacher).await;
    assert!(page.has("input[name=pick]") && page.text().contains(&PUPIL.name()));
    assert!(load(&world, &draft).await.participants.is_empty());
}

#[tokio::test]
async fn nobody_can_be_listed_who_was_not_offered_in_this_very_draft() {
    let world = World::start().await;
    world.lms.services.set_course(course());
    let (teacher, first) = drafting(&world).await;
    let second = draft(&teacher).await;
    let offered = part(&teacher, &first, PUPIL.family).await;
    let pick = offered.attribute("input[name=pick]", "value").unwrap();
    let form = teacher.get(&second).await.form(&format!("{second}/participants"));
    for foreign in [pick.as_str(), "AAAA", "", PUPIL.subject] {
        form.clone().add("pick", foreign).send(&teacher).await;
    }
    assert!(load(&world, &second).await.participants.is_empty());
}

#[tokio::test]
async fn nobody_but_the_initiator_sees_the_list_and_only_in_the_draft() {
    let world = World::start().await;
    world.lms.services.set_course(course());
    let (teacher, draft) = drafting(&world).await;
    let offer = |persona: Persona| world.lms.services.offer(persona.claims());
    for persona in [COLLEAGUE, PUPIL, MANAGER] {
        let other = world.launch_with(&offer(persona)).await;
        for path in ["members", "search"] {
            let page = other.post(&format!("{draft}/{path}"), &[("search", "")]).await;
            assert_eq!(page.status, 404, "{path}");
        }
    }
    assert!(world.lms.services.asked().is_empty(), "the platform is not even asked");
    let page = pick(&teacher, &draft, PUPIL.family).await;
    let form = page.form(&format!("{draft}/participants"));
    form.to(&format!("{draft}/seal")).send(&teacher).await;
    assert_eq!(part(&teacher, &draft, "").await.status, 404);
    let page = teacher.post(&format!("{draft}/search"), &[("search", "")]).await;
    assert_eq!(page.status, 404);
}

#[tokio::test]
async fn a_role_of_the_list_suggests_a_word_and_gives_no_right() {
    let world = World::start().await;
    world.lms.services.set_course(course());
    let (teacher, draft) = drafting(&world).await;
    let page = pick(&teacher, &draft, COLLEAGUE.family).await;
    let listed = load(&world, &draft).await.participants;
    assert_eq!(listed[0].title, Title::Teacher);
    let form = page.form(&format!("{draft}/participants"));
    form.to(&format!("{draft}/seal")).send(&teacher).await;
    let colleague = world.launch(COLLEAGUE).await;
    assert_eq!(colleague.get(&draft).await.status, 404);
    assert_eq!(colleague.get(&format!("/invited/{}", listed[0].id)).await.status, 200);
}

#[tokio::test]
async fn two_people_of_one_name_cannot_be_mistaken_for_each_other() {
    let world = World::start().await;
    let (given, family) = (PUPIL.given, PUPIL.family);
    let twins = course().with("sub-twin-7197", (given, &family.to_uppercase()), "Learner");
    world.lms.services.set_course(twins);
    let (teacher, draft) = drafting(&world).await;
    let offered = part(&teacher, &draft, family).await;
    assert!(!offered.has("input[name=pick]"), "{}", offered.text());
    assert!(offered.text().contains("persönlichen Link"));
    assert!(part(&teacher, &draft, MOTHER.family).await.has("input[name=pick]"));
}
