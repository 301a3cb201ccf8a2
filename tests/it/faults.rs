//! The real program, killed at any message to its database while a talk is made, held or erased: nothing stays open, and nobody's name.
//!
//! `make faults` runs 500 of these, `make test` a few. `FAULTS` says how many, `FAULTS_SEED` which: the same seed makes the same choices.

use sprechzimmer::reaper::Proof;

use crate::databases::{Database, postgres};
use crate::logs;
use crate::world::{AUNT, Call, Guest, PATIENCE, Side, TEACHER, Talk, Wire, World, redeem, until};

/// What somebody does while the program dies.
#[derive(Clone, Copy, Debug)]
enum Act {
    Open,
    Admit,
    Ticket,
    Enter,
    End,
}

const ACTS: [Act; 5] = [Act::Open, Act::Admit, Act::Ticket, Act::Enter, Act::End];
/// No act, with what the loops do about it, asks the database more often than this; where it asks less often, the loops are hit.
const MESSAGES: u64 = 24;

/// Chooses by a seed, the same for everybody (`SplitMix64`, <https://prng.di.unimi.it/splitmix64.c>).
struct Choices(u64);

impl Choices {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }
}

fn setting(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |text| text.parse().unwrap())
}

#[tokio::test]
async fn killed_at_any_message_to_the_database_the_program_leaves_nothing_open_and_nobodys_name() {
    let (runs, seed) = (setting("FAULTS", 6), setting("FAULTS_SEED", 1));
    let database = postgres("faults").await;
    let wire = Wire::to(&database).await;
    let url = wire.url.clone();
    let mut world = World::program_with(&database, |config| config.database = url).await;
    let mut longest = std::time::Duration::ZERO;
    for run in 0..runs {
        let mut choices = Choices(seed.wrapping_mul(1_000_003).wrapping_add(run));
        let act = ACTS[usize::try_from(choices.below(5)).unwrap()];
        let message = u32::try_from(choices.below(MESSAGES)).unwrap();
        let side = if choices.below(2) == 0 {
            Side::Before
        } else {
            Side::After
        };
        eprintln!("run {run} of seed {seed}: {act:?}, cut at message {message}, {side:?}");
        let scene = Scene::before(&world, act).await;
        wire.cut_at(message, side);
        let dying = async {
            wire.is_cut().await;
            world.kill();
        };
        // the answer may never come
        let _ = tokio::join!(tokio::time::timeout(PATIENCE, scene.act(act)), dying);
        wire.mend();
        let began = tokio::time::Instant::now();
        world.run_program().await;
        scene.is_gone(&world, &database, run + 1).await;
        longest = longest.max(began.elapsed());
    }
    eprintln!("{runs} runs of seed {seed}: from the start after a kill to the proof at most {longest:?}");
    let log = world.log();
    for name in [AUNT, TEACHER.family] {
        assert!(!log.contains(name), "{name} stands in the log");
    }
}

/// A talk that has come so far that the act can follow.
struct Scene {
    talk: Talk,
    guest: Guest,
    link: String,
    person: String,
    ticket: Option<String>,
}

impl Scene {
    async fn before(world: &World, act: Act) -> Self {
        let talk = world.sealed(&[AUNT]).await;
        let link = talk.link(AUNT).await;
        let person = talk.person(AUNT).await;
        let guest = world.guest(&link).await;
        guest.consent().await;
        let mut scene = Self {
            talk,
            guest,
            link,
            person,
            ticket: None,
        };
        if matches!(act, Act::Open) {
            return scene;
        }
        scene.talk.open().await;
        scene.guest.wait().await;
        if matches!(act, Act::Admit) {
            return scene;
        }
        scene.talk.admit(AUNT).await;
        if matches!(act, Act::Enter | Act::End) {
            scene.ticket = Some(scene.guest.ticket().await);
        }
        scene
    }

    /// Whatever comes of it.
    async fn act(&self, act: Act) {
        let teacher = &self.talk.teacher;
        match act {
            Act::Open => {
                let ticks = ["people", "cameras", "announcement", "consent"].map(|tick| (tick, "yes"));
                let _ = teacher.try_post_form(&self.talk.path("/open"), &ticks).await;
            }
            Act::Admit => {
                let admit = format!("/participants/{}/admit", self.person);
                let _ = teacher.try_post(&self.talk.path(&admit)).await;
            }
            Act::Ticket => {
                let _ = self.guest.browser.try_post(&format!("{}/ticket", self.guest.own)).await;
            }
            Act::Enter => {
                let ticket = self.ticket.clone().unwrap();
                let _ = Call::try_hello(&self.talk.service, &ticket).await;
            }
            Act::End => {
                let _ = teacher.try_post(&self.talk.path("/end")).await;
            }
        }
    }

    /// Ended by its initiator, if it has not ended by itself: one complete record, and nothing else.
    async fn is_gone(&self, world: &World, database: &Database, records: u64) {
        let kept = "select proof from record where id = ".to_owned() + &format!("'{}'", self.talk.id);
        let proof = until("the record", async || {
            // from whichever step it has come to
            for end in ["/cancel", "/end"] {
                let _ = self.talk.teacher.try_post(&self.talk.path(end)).await;
            }
            database.texts(&kept).await.into_iter().next()
        })
        .await;
        let proof: Proof = serde_json::from_str(&proof).unwrap();
        assert_eq!(proof.room.is_some(), proof.room_gone_at.is_some(), "{proof:?}");
        assert_eq!(proof.invited, 1, "{proof:?}");
        let count = database.texts("select cast(count(*) as TEXT) from record").await;
        assert_eq!(count, [records.to_string()], "one for each talk");
        for table in [
            "consultation",
            "participant",
            "ticket",
            "incident",
            "open_page",
            "sighting",
        ] {
            let rows = format!("select cast(count(*) as TEXT) from {table}");
            assert_eq!(database.texts(&rows).await, ["0"], "{table}");
        }
        until("no room is left over", async || {
            let rooms = database.texts("select room from orphan_room").await;
            rooms.is_empty().then_some(())
        })
        .await;
        for name in [AUNT, TEACHER.family] {
            assert!(database.files_with(name).await.is_empty(), "{name}");
        }
        if let Some(ticket) = &self.ticket {
            logs::must_stay_secret(ticket);
            assert_eq!(Call::hello(&world.url, ticket).await.closed().await, 4403);
        }
        assert_eq!(redeem(&world.browser(), &self.link).await.status, 404);
        assert_eq!(self.guest.ask_ticket().await.status, 404);
    }
}
