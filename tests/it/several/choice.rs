//! The initiator chooses among those the school allows here; from then on it is this one and no other.

use sprechzimmer::config::BackendSettings;

use super::{LABEL, both_systems, draft, school, seal_in};
use crate::databases::both;
use crate::world::bigbluebutton::Server;
use crate::world::{AUNT, World};

#[tokio::test]
async fn the_initiator_chooses_and_the_record_names_it() {
    both("several_chosen", async |database| {
        let (world, server) = school(database).await;
        let talk = draft(&world).await;
        let page = talk.get("").await;
        assert_eq!(page.attributes("input[name=system]", "value"), ["embedded", "bbb"]);
        assert_eq!(page.attributes("input[name=system][checked]", "value"), ["embedded"]);
        assert!(page.text().contains(LABEL), "{}", page.text());
        let always = page.part("ul.locked", "").text();
        let page = seal_in(&talk, "bbb").await;
        assert_eq!(page.path, talk.path("/links"), "{}", page.text());
        assert!(talk.get("").await.text().contains(&format!("Videosystem: {LABEL}")));
        talk.open().await;
        assert_eq!(server.fake.rooms(), 1, "{always}");
        talk.end().await;
        let proof = talk.proof().await;
        assert!(
            proof.text().contains(&format!("{LABEL} (BigBlueButton)")),
            "{}",
            proof.text()
        );
        assert_eq!(server.fake.rooms(), 0);

        let other = draft(&world).await;
        other.seal().await;
        other.open().await;
        assert_eq!(server.fake.rooms(), 0, "the first one is proposed");
        other.end().await;
        let proof = other.proof().await;
        assert!(proof.text().contains("eigenes, im selben Programm"), "{}", proof.text());
    })
    .await;
}

#[tokio::test]
async fn a_choice_is_kept_with_the_draft_and_cannot_be_changed_after_it() {
    let server = Server::start().await;
    let world = World::with(|config| both_systems(config, &server)).await;
    world.is_ready().await;
    let talk = draft(&world).await;
    let form = talk
        .get("")
        .await
        .form(&talk.path("/participants"))
        .set("system", "bbb");
    form.send(&talk.teacher).await;
    let page = talk.get("").await;
    assert_eq!(page.attributes("input[name=system][checked]", "value"), ["bbb"]);
    talk.seal().await;
    let fields = form.set("system", "embedded").fields().to_vec();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (&**name, &**value)).collect();
    for action in ["/participants", "/plan", "/seal"] {
        let page = talk.teacher.post(&talk.path(action), &fields).await;
        assert_eq!(page.status, 409, "{action}: {}", page.text());
    }
    talk.open().await;
    assert_eq!(server.fake.rooms(), 1);
}

#[tokio::test]
async fn only_what_the_school_allows_this_learning_platform_can_be_chosen() {
    let server = Server::start().await;
    let world = World::with(|config| {
        both_systems(config, &server);
        config.backends[1].platforms = vec!["https://another.example".to_owned()];
    })
    .await;
    world.is_ready().await;
    let talk = draft(&world).await;
    assert!(!talk.get("").await.has("input[name=system]"), "one is no choice");
    for system in ["bbb", "none", ""] {
        let page = seal_in(&talk, system).await;
        assert_eq!(page.status, 422, "{system}");
        assert!(page.has("a[href='#system']"), "{}", page.body);
        assert!(page.text().contains("Bitte wählen Sie ein anderes"), "{}", page.text());
    }
    talk.seal().await;
}

#[tokio::test]
async fn each_learning_platform_has_its_own_and_where_there_is_none_nothing_is_begun() {
    let server = Server::start().await;
    let mut world = World::with(|config| {
        both_systems(config, &server);
        config.backends[0].platforms = vec!["https://another.example".to_owned()];
        config.backends[1].platforms = vec![config.platforms[0].issuer().to_owned()];
    })
    .await;
    world.is_ready().await;
    let talk = draft(&world).await;
    talk.seal().await;
    talk.open().await;
    assert_eq!(server.fake.rooms(), 1, "the only one that is allowed here");
    world.crash();
    let nobody = |settings: &mut BackendSettings| settings.platforms = vec!["https://another.example".to_owned()];
    world
        .restart(|config| config.backends.iter_mut().for_each(nobody))
        .await;
    let page = talk.teacher.get("/consultations/new").await;
    let page = page.form("/consultations").send(&talk.teacher).await;
    assert_eq!(page.status, 503);
    assert!(page.text().contains("kein Videosystem eingerichtet"), "{}", page.text());
    // what was begun goes on, and is brought to its end
    talk.end().await;
    talk.proof().await;
    assert_eq!(server.fake.rooms(), 0);
}

#[tokio::test]
async fn one_that_goes_from_the_configuration_leaves_its_talks_where_they_are() {
    both("several_gone", async |database| {
        let (mut world, server) = school(database).await;
        let (open, sealed, begun) = (draft(&world).await, draft(&world).await, draft(&world).await);
        for talk in [&open, &sealed] {
            seal_in(talk, "bbb").await;
        }
        open.open().await;
        let form = begun.get("").await.form(&begun.path("/participants"));
        form.set("system", "bbb").send(&begun.teacher).await;
        world.crash();
        let mut taken = None;
        world.restart(|config| taken = config.backends.pop()).await;
        world.is_ready().await;

        let page = sealed.get("").await;
        assert!(page.text().contains("kein Videosystem eingerichtet"), "{}", page.text());
        let page = sealed.try_to_open().await;
        assert_eq!(page.status, 503);
        assert!(page.text().contains("Es ist nichts verloren"), "{}", page.text());
        // a draft can still be given to another one, by hand
        let form = begun.get("").await.form(&begun.path("/participants"));
        assert_eq!(form.to(&begun.path("/seal")).send(&begun.teacher).await.status, 422);
        assert_eq!(seal_in(&begun, "embedded").await.path, begun.path("/links"));
        open.end().await;
        let page = open.get("").await;
        assert!(page.has(".notice"), "its deletion is pending: {}", page.text());
        assert_eq!(server.fake.rooms(), 1);

        world.crash();
        world.restart(|config| config.backends.extend(taken)).await;
        open.proof().await;
        assert_eq!(
            server.fake.rooms(),
            0,
            "the room itself was ended, and no other was asked in its place"
        );
        sealed.open().await;
        assert_eq!(server.fake.rooms(), 1);
        assert!(sealed.link(AUNT).await.contains('#'));
    })
    .await;
}
