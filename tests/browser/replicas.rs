//! Two replicas on one PostgreSQL: pages from either, the room at the address of one, and what they say when they are asked to stop.

use tokio::runtime::Handle;
use tokio::task::block_in_place;

use crate::chromium::Habit;
use crate::databases::postgres;
use crate::eye::Eye;
use crate::person::Person;
use crate::talk::{Stage, Talk, see_each_other};
use crate::world::{COLLEAGUE, MOTHER, PUPIL, World};

fn two_replicas() -> World {
    let database = block_in_place(|| Handle::current().block_on(postgres("browser_replicas")));
    World::with_replicas(&database.url)
}

pub(crate) async fn talk_through_a_stop() {
    let stage = Stage::on(two_replicas).await;
    let mut talk = Talk::on(stage, "de", Eye::Closed).await;
    talk.meet().await;
    let places = talk.everybody().map(place_of_room);
    let places = futures_util::future::join_all(places).await;
    let site = talk.stage.world.url.port().unwrap().to_string();
    assert!(
        places.iter().all(|place| *place == places[0] && *place != site),
        "one room, not at the address of the pages: {places:?}"
    );
    // whoever is sent back and let in again finds the room there again, whichever replica makes the page
    talk.send_back(MOTHER).await;
    talk.mother.arrive("/waiting").await;
    talk.admit(MOTHER).await;
    see_each_other(&talk.mother, 2).await;

    talk.stage.world.ask_to_stop();
    for language in ["de", "en"] {
        nothing_new_begins(&talk.stage, language).await;
    }
    talk.send_back(PUPIL).await;
    talk.pupil.arrive("/waiting").await;
    talk.admit(PUPIL).await;
    for person in talk.everybody() {
        see_each_other(person, 2).await;
    }
    talk.end(&[&talk.pupil, &talk.mother]).await;
    talk.stage.world.has_stopped().await;
    talk.close().await;
}

/// Where the room of this page is.
async fn place_of_room(person: &Person) -> String {
    let socket = "return new URL(document.querySelector('main').dataset.socket, location).port";
    person.ask(socket).await
}

/// What a teacher reads who wants to begin a talk now.
async fn nothing_new_begins(stage: &Stage, language: &'static str) {
    let colleague = stage.person(language, Habit::Usual).await;
    stage.launch(&colleague, (COLLEAGUE, language), async || {}).await;
    colleague.see("h1").await;
    colleague.go("/consultations/new").await;
    colleague.see("h1").await;
    let eye = Eye::open(language);
    eye.look(&colleague, "leaving").await;
    assert_eq!(eye.found(), Vec::<String>::new());
    colleague.see("main a.primary[href='/overview']").await;
    colleague.close().await;
}
