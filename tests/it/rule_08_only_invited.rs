//! Rule 8: the initiator sees who is there, asks for cameras, and is told when anybody else is in the room.

use sprechzimmer::id::{ConsultationId, ParticipantId};
use sprechzimmer::reaper;
use sprechzimmer::watch::Watch;

use crate::databases::sqlite;
use crate::world::{AUNT, Call, UNCLE, World, now};

#[tokio::test]
async fn the_cockpit_follows_every_step_of_everybody() {
    let world = World::start().await;
    let talk = world.opened(&[AUNT, UNCLE]).await;
    let link = talk.link(AUNT).await;
    let mut page = talk.follow().await;
    let mut told = async |standing: &str| {
        loop {
            assert_eq!(page.next().await, ("page".to_owned(), "changed".to_owned()));
            if talk.standing(AUNT).await == standing {
                break;
            }
        }
        assert_eq!(talk.standing(UNCLE).await, "invited", "nobody else has moved");
    };
    told("invited").await;
    let guest = world.guest(&link).await;
    guest.consent().await;
    told("consented").await;
    guest.wait().await;
    told("waiting").await;
    let people = talk.get("/people").await;
    assert_eq!(
        people
            .attribute("[data-waiting-count]", "data-waiting-count")
            .as_deref(),
        Some("1")
    );
    talk.admit(AUNT).await;
    told("inside").await;
    let call = guest.enter().await.inside().await;
    call.leave().await;
    told("consented").await;
    guest.post("/decline").await;
    told("declined").await;
}

#[tokio::test]
async fn the_room_tells_everybody_who_is_in_it() {
    let world = World::start().await;
    let (_talk, initiator, people) = world.talking(&[AUNT, UNCLE]).await;
    let last = &people.last().unwrap().1;
    let mut names: Vec<&str> = last.admitted["peers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|peer| peer["name"].as_str().unwrap())
        .collect();
    names.sort_unstable();
    assert_eq!(names, [initiator.admitted["name"].as_str().unwrap(), AUNT]);
}

#[tokio::test]
async fn the_checklist_asks_for_cameras_and_for_only_invited_people() {
    let world = World::start().await;
    let talk = world.sealed(&[AUNT, UNCLE]).await;
    let page = talk.get("/opening").await;
    assert!(page.has("input[type=checkbox][name=cameras]:not([checked])"));
    let people = page.part("label", AUNT);
    assert!(people.has("input[name=people]:not([checked])") && people.body.contains(UNCLE));
    for missing in ["people", "cameras"] {
        let ticks = ["people", "cameras", "announcement", "consent"]
            .into_iter()
            .filter(|tick| *tick != missing);
        let form: Vec<_> = ticks.map(|tick| (tick, "yes")).collect();
        assert_eq!(
            talk.teacher.post(&talk.path("/open"), &form).await.status,
            422,
            "{missing}"
        );
    }
}

#[tokio::test]
async fn somebody_in_the_room_who_is_not_admitted_is_cut_and_then_an_alarm() {
    let database = sqlite();
    let (world, app) = World::unattended(&database).await;
    let (talk, _initiator, mut people) = world.talking(&[AUNT]).await;
    let (guest, mut first) = people.pop().unwrap();
    let id = ConsultationId::parse(&talk.id).unwrap();
    let person = ParticipantId::parse(&talk.person(AUNT).await).unwrap();
    let at = jiff::Timestamp::from_second(now().seconds()).unwrap();
    // the admission is taken back behind the back of the video system, as if it did not obey
    let taken_back = async || {
        let step = app.store.change(&id, |kept| {
            kept.consultation
                .participant_mut(&person)?
                .send_back(at)
                .map_err(sprechzimmer::consultation::Refusal::from)?;
            Ok(())
        });
        step.await.unwrap();
    };
    let mut watch = Watch::default();
    taken_back().await;
    watch.look(&app, at).await;
    assert_eq!(first.closed().await, 4408, "out at the first look");
    assert!(
        !talk.get("/people").await.has("[role=alert]"),
        "that alone may have been a matter of a moment"
    );

    talk.admit(AUNT).await;
    let mut second = guest.enter().await.inside().await;
    taken_back().await;
    watch.look(&app, at).await;
    assert_eq!(second.closed().await, 4408);
    let people = talk.get("/people").await;
    assert!(
        people.has(".notice.danger[role=alert]"),
        "in the room again without admission is an alarm"
    );
    assert_eq!(app.store.incidents(&id).await.unwrap().len(), 1);
    watch.look(&app, at).await;
    assert_eq!(
        app.store.incidents(&id).await.unwrap().len(),
        1,
        "one visit is one alarm"
    );

    talk.end().await;
    reaper::pass(&app, at).await;
    let proof = talk.proof().await;
    assert!(
        proof.has(".proof > li[value='8'] .state.noted"),
        "and the proof says so"
    );
    let mut late = Call::hello(&world.url, &"A".repeat(43)).await;
    assert_eq!(late.closed().await, 4403);
}
