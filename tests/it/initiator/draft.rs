//! Rule 2: who takes part is fixed beforehand, in a form that loses nothing.

use sprechzimmer::consultation::Phase;
use sprechzimmer::participant::Way;

use super::{add, draft, load, press, sealed, store};
use crate::world::{Container, MOTHER, PUPIL, TEACHER, World};

#[tokio::test]
async fn a_name_that_stands_twice_is_refused_beside_its_field_and_stays_typed() {
    let world = World::start().await;
    let teacher = world.launch(TEACHER).await;
    let draft = draft(&teacher).await;
    add(&teacher, &draft, ("Mia Beispielkind", "pupil", "link")).await;
    let page = add(&teacher, &draft, (" mia  beispielkind", "parent", "launch")).await;
    assert_eq!(page.status, 422);
    assert!(page.has("#name-error") && page.has(".errors a[href='#name']"));
    let form = page.form(&format!("{draft}/participants"));
    assert_eq!(form.value("name"), Some(" mia  beispielkind"));
    assert_eq!(form.value("title"), Some("parent"));
    assert!(page.has("input[name=way][value=launch][checked]"));
}

#[tokio::test]
async fn a_time_that_has_passed_or_does_not_exist_is_refused_and_stays_typed() {
    let world = World::start().await;
    let teacher = world.launch(TEACHER).await;
    let page = teacher.get("/consultations/new").await;
    for (date, time, field) in [
        ("2020-01-01", "10:00", "date"),
        ("2099-02-30", "10:00", "date"),
        ("2099-03-29", "02:30", "time"),
    ] {
        let form = page.form("/consultations").set("date", date).set("time", time);
        let answer = form.send(&teacher).await;
        assert_eq!(answer.status, 422, "{date} {time}");
        assert!(
            answer.has(&format!("#{field}-error")),
            "{date} {time}: {}",
            answer.text()
        );
        assert_eq!(answer.form("/consultations").value("date"), Some(date));
    }
}

#[tokio::test]
async fn six_people_fill_the_room_and_a_seventh_is_refused() {
    let world = World::start().await;
    let teacher = world.launch(TEACHER).await;
    let draft = draft(&teacher).await;
    for name in ["Anna", "Bert", "Cem", "Dora", "Emil"] {
        assert_eq!(add(&teacher, &draft, (name, "other", "link")).await.status, 200);
    }
    let fields = [
        ("date", "2099-01-01"),
        ("time", "10:00"),
        ("minutes", "45"),
        ("name", "Fritz"),
        ("title", "other"),
        ("way", "link"),
    ];
    let page = teacher.post(&format!("{draft}/participants"), &fields).await;
    assert_eq!(page.status, 422);
    let form = page.form(&format!("{draft}/participants"));
    assert_eq!(
        (form.value("name"), form.value("date")),
        (Some("Fritz"), Some("2099-01-01"))
    );
    assert_eq!(load(&store(&world).await, &draft).await.participants.len(), 5);
}

#[tokio::test]
async fn an_empty_list_is_not_fixed() {
    let world = World::start().await;
    let teacher = world.launch(TEACHER).await;
    let draft = draft(&teacher).await;
    let page = press(&teacher, &draft, "/seal").await;
    assert_eq!(page.status, 422);
    assert_eq!(load(&store(&world).await, &draft).await.phase, Phase::Draft);
}

#[tokio::test]
async fn somebody_only_named_in_the_form_is_listed_and_shown_before_the_list_is_fixed() {
    let world = World::start().await;
    let teacher = world.launch(TEACHER).await;
    let draft = draft(&teacher).await;
    let form = teacher.get(&draft).await.form(&format!("{draft}/participants"));
    let fields: Vec<(&str, String)> = ["date", "time", "minutes"]
        .into_iter()
        .map(|name| (name, form.value(name).unwrap().to_owned()))
        .collect();
    let mut fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    fields.extend([("name", "Mia Beispielkind"), ("title", "pupil"), ("way", "link")]);
    let page = teacher.post(&format!("{draft}/seal"), &fields).await;
    assert!(page.text().contains("Mia Beispielkind"));
    let kept = load(&store(&world).await, &draft).await;
    assert_eq!((kept.phase, kept.participants.len()), (Phase::Draft, 1));
}

#[tokio::test]
async fn fixing_the_list_makes_a_link_for_every_guest_and_nobody_can_be_added_after_it() {
    let world = World::start().await;
    let teacher = world.launch(TEACHER).await;
    let path = sealed(&teacher).await;
    let kept = load(&store(&world).await, &path).await;
    for person in &kept.participants {
        assert_eq!(person.invitation.is_some(), person.way == Way::Link);
    }
    let fields = [
        ("date", "2099-01-01"),
        ("time", "10:00"),
        ("minutes", "45"),
        ("name", "Fritz"),
        ("title", "other"),
        ("way", "link"),
    ];
    let page = teacher.post(&format!("{path}/participants"), &fields).await;
    assert_eq!(page.status, 409);
    let first = kept.participants.first().unwrap();
    let page = teacher
        .post(&format!("{path}/participants/{}/remove", first.id), &fields)
        .await;
    assert_eq!(page.status, 409);
    assert_eq!(load(&store(&world).await, &path).await.participants.len(), 2);
}

#[tokio::test]
async fn who_was_here_before_can_be_chosen_but_not_the_initiator() {
    let world = World::start().await;
    for persona in [PUPIL, MOTHER] {
        let browser = world.browser();
        world.lms.launch(&browser, &persona.claims(), Container::Tab).await;
    }
    let teacher = world.launch(TEACHER).await;
    let draft = draft(&teacher).await;
    let page = teacher.get(&draft).await;
    assert!(page.text().contains(&PUPIL.name()) && page.text().contains(&MOTHER.name()));
    assert!(!page.text().contains(&TEACHER.name()));
    let pick = page.attribute("input[name=pick]", "value").unwrap();
    let row = page.attribute(".person[data-row]", "data-row").unwrap();
    let form = page.form(&format!("{draft}/participants"));
    let page = form
        .set("pick", &pick)
        .set(&format!("title-{row}"), "parent")
        .send(&teacher)
        .await;
    assert_eq!(page.status, 200);
    let kept = load(&store(&world).await, &draft).await;
    let person = kept.participants.first().unwrap();
    assert_eq!((person.way, person.title.code()), (Way::Launch, "parent"));
    assert!(person.person.is_some(), "bound to the account that was here");
}
