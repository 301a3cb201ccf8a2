//! Many open rooms and a server that does not answer: the watch looks into all the others in time.

use std::time::Duration;

use jiff::SignedDuration;
use sprechzimmer::config::{BackendKind, BackendSettings};
use sprechzimmer::consultation::EndReason;
use sprechzimmer::demo::bigbluebutton::Mood;
use sprechzimmer::{reaper, watch};
use tokio::task::JoinHandle;

use crate::world::bigbluebutton::{Server, time};
use crate::world::rooms::open;
use crate::world::{World, until};

const ROOMS: usize = 150;

#[tokio::test]
async fn a_server_that_hangs_delays_no_look_at_the_rooms_of_another() {
    let (quick, hanging) = (Server::start().await, Server::start().await);
    let (_world, app) = World::unattended_where(|config| {
        config.backends = [("quick", &quick), ("hanging", &hanging)]
            .map(|(name, server)| {
                let kind = BackendKind::BigBlueButton(Box::new(server.settings(None)));
                BackendSettings::new(name, kind)
            })
            .into();
    })
    .await;
    for number in 0..ROOMS {
        open(&app, "quick", time()).await;
        if number % 3 == 0 {
            open(&app, "hanging", time()).await;
        }
    }
    hanging
        .fake
        .set("getMeetingInfo", Some(Mood::Slow(Duration::from_mins(5))));
    let (before, hung) = (looks(&quick), looks(&hanging));
    let watching = tokio::spawn(watch::run(app.clone()));
    until("two whole rounds", async || {
        app.look.notify_one();
        (looks(&quick) - before >= 2 * ROOMS).then_some(())
    })
    .await;
    // of the hanging one, as many as are asked at once, and no more
    assert!(looks(&hanging) - hung <= 64, "{}", looks(&hanging) - hung);
    watching.abort();
    let pending = app.store.pending().await.unwrap();
    assert!(pending.is_empty(), "no talk was ended for that");
    let later = time() + SignedDuration::from_secs(3);
    assert!(app.backends.configured("quick").unwrap().rests_until(later).is_none());
}

#[tokio::test]
async fn while_many_rooms_are_looked_into_and_ended_every_write_has_its_turn() {
    let server = Server::start().await;
    let (_world, app) = World::unattended_where(|config| {
        let kind = BackendKind::BigBlueButton(Box::new(server.settings(None)));
        config.backends = vec![BackendSettings::new("bbb", kind)];
    })
    .await;
    let mut open_rooms = Vec::new();
    for _ in 0..60 {
        open_rooms.push(open(&app, "bbb", time()).await);
    }
    let loops = [
        tokio::spawn(watch::run(app.clone())),
        tokio::spawn(reaper::run(app.clone())),
    ];
    for id in open_rooms {
        app.look.notify_one();
        // a look or a deletion that held the database while it waited would let this one time out
        let ended = reaper::end(&app, &id, EndReason::Initiator, time()).await;
        assert!(ended.is_ok(), "{ended:?}");
    }
    until("every deletion is proven", async || {
        app.store.pending().await.unwrap().is_empty().then_some(())
    })
    .await;
    assert_eq!(server.fake.rooms(), 0);
    loops.iter().for_each(JoinHandle::abort);
}

fn looks(server: &Server) -> usize {
    server.fake.calls("getMeetingInfo").len()
}
