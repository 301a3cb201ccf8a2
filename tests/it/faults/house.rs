//! A school for many runs: the real program, with a way to its database and one to its video system that can be cut.

use std::time::Duration;

use sprechzimmer::reaper::Proof;
use tokio::time::{Instant, timeout};

use super::choices::{Act, Choice, Peer};
use super::scene::Scene;
use crate::databases::{Database, postgres};
use crate::world::bigbluebutton::{Server, means, uses_as};
use crate::world::{AUNT, PATIENCE, Side, TEACHER, WebWire, Wire, World, until};

pub(super) struct House {
    pub(super) world: World,
    pub(super) database: Database,
    wire: Wire,
    /// Where the talks are, if they are not in our own room.
    pub(super) there: Option<There>,
    pub(super) records: u64,
}

pub(super) struct There {
    server: Server,
    way: WebWire,
}

impl House {
    pub(super) async fn with_own_room(name: &str) -> Self {
        Self::with(name, None).await
    }

    pub(super) async fn with_bigbluebutton(name: &str) -> Self {
        let server = Server::start().await;
        let way = WebWire::to(&server.fake.url()).await;
        Self::with(name, Some(There { server, way })).await
    }

    async fn with(name: &str, there: Option<There>) -> Self {
        let database = postgres(name).await;
        let wire = Wire::to(&database).await;
        let url = wire.url.clone();
        let world = World::program_with(&database, |config| {
            config.database = url;
            if let Some(there) = &there {
                let mut settings = there.server.settings(Some(&config.public_url));
                settings.url = there.way.url.clone();
                uses_as(config, settings);
            }
        })
        .await;
        Self {
            world,
            database,
            wire,
            there,
            records: 0,
        }
    }

    /// The program dies in the middle of something. Answers how long it takes from its next start to the proof.
    pub(super) async fn run(&mut self, choice: Choice) -> Duration {
        let scene = Scene::before(self, choice.act).await;
        if choice.act == Act::Start {
            self.world.kill();
        }
        self.cut_at(choice);
        if choice.act == Act::Start {
            self.world.begin_program().await;
        }
        tokio::select! {
            died = timeout(PATIENCE, self.dies()) => died.expect("so many messages"),
            // the answer may never come; if it comes, the loops are hit
            () = async { scene.act(choice.act, self).await; std::future::pending().await } => {}
        }
        self.world.kill();
        self.mend();
        let began = Instant::now();
        self.world.run_program().await;
        if choice.side == Side::Late {
            self.deliver(&scene).await;
        }
        let proof = scene.proof(self).await;
        self.room_is_gone(&proof);
        let took = began.elapsed();
        self.records += 1;
        scene.is_gone(self, &proof).await;
        self.no_room_is_left().await;
        took
    }

    fn cut_at(&self, choice: Choice) {
        match (choice.peer, &self.there) {
            (Peer::VideoSystem, Some(there)) => there.way.cut_at(choice.message, choice.side),
            _ => self.wire.cut_at(choice.message, choice.side),
        }
    }

    async fn dies(&self) {
        let there = async {
            match &self.there {
                Some(there) => there.way.is_cut().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = self.wire.is_cut() => {}
            () = there => {}
        }
    }

    fn mend(&self) {
        self.wire.mend();
        if let Some(there) = &self.there {
            there.way.mend();
        }
    }

    /// What the dead program had asked for is done only now, when the living one has given it up and has looked for it.
    async fn deliver(&self, scene: &Scene) {
        let Some(There { way, .. }) = &self.there else {
            return;
        };
        let opening = format!(
            "select id from consultation where id = '{}' and phase = 'opening'",
            scene.talk.id
        );
        until("the opening is given up", async || {
            self.database.texts(&opening).await.is_empty().then_some(())
        })
        .await;
        let given_up = "select room from orphan_room where attempts = 0";
        until("it was looked for", async || {
            self.database.texts(given_up).await.is_empty().then_some(())
        })
        .await;
        way.deliver().await;
    }

    /// What the record says is so at this moment.
    fn room_is_gone(&self, proof: &Proof) {
        let (Some(there), Some(room)) = (&self.there, &proof.room) else {
            return;
        };
        let meetings = there.server.fake.meetings();
        assert!(!meetings.iter().any(|id| means(id, room)), "{proof:?}");
    }

    /// Neither a room that was given up, nor one of a self-test.
    async fn no_room_is_left(&self) {
        if let Some(there) = &self.there {
            until("no meeting is left", async || {
                (there.server.fake.rooms() == 0).then_some(())
            })
            .await;
        }
        // as if the time had passed in which a request could still be late
        let late = "update orphan_room set since = since - 60000";
        self.database.execute(late).await.unwrap();
    }

    /// After the last run.
    pub(super) async fn is_clean(&self) {
        until("no room is looked for", async || {
            let rooms = self.database.texts("select room from orphan_room").await;
            rooms.is_empty().then_some(())
        })
        .await;
        let log = self.world.log();
        for name in [AUNT, TEACHER.family] {
            assert!(!log.contains(name), "{name} stands in the log");
        }
    }
}
