//! The real program, killed by SIGKILL in every step of an erasure: what has ended is gone afterwards, and recorded once.

use crate::databases::{Database, both};
use crate::world::{AUNT, Guest, TEACHER, Talk, World, personal, redeem, until};

/// One statement of an erasure.
struct Step {
    event: &'static str,
    table: &'static str,
    when: &'static str,
    /// Where the consultation stands when the program dies in it.
    left: &'static str,
}

/// In their order: the end is written down, no ticket opens the room any more, the rows go, the record and the receipt come.
const STEPS: [Step; 5] = [
    Step::new("update", "consultation", "when (new.phase = 'ended')", "open"),
    Step::new("delete", "ticket", "", "ended"),
    Step::new("delete", "consultation", "", "ended"),
    Step::new("insert", "record", "", "ended"),
    Step::new("insert", "receipt", "", "ended"),
];

#[tokio::test]
async fn killed_in_any_step_of_an_erasure_the_program_erases_once_and_leaves_no_name() {
    both("killed", async |database| {
        let mut world = World::program(database).await;
        for step in &STEPS {
            let talk = under_way(&world).await;
            step.hold(database).await;
            let end = talk.path("/end");
            let dying = async {
                held(database).await;
                world.kill();
            };
            // the answer may never come
            let _ = tokio::join!(talk.teacher.try_post(&end), dying);
            step.release(database).await;
            let left = database.texts("select phase from consultation").await;
            assert_eq!(left, [step.left], "{} {}", step.event, step.table);
            world.run_program().await;
            gone(&world, database, &talk).await;
        }
        nobody_in_the_log(&world);
    })
    .await;
}

#[tokio::test]
async fn killed_between_the_erasure_and_the_cleaning_of_the_files_the_program_cleans_them_when_it_starts() {
    let database = crate::databases::sqlite();
    let mut world = World::program(&database).await;
    let talk = under_way(&world).await;
    // a reader keeps the log of the database from being emptied
    let reader = database.reader().await;
    talk.end().await;
    talk.proof().await;
    world.kill();
    let uncleaned = database.files_with(&talk.person).await;
    assert!(!uncleaned.is_empty(), "the rows are gone, their bytes are not");
    drop(reader);
    world.run_program().await;
    gone(&world, &database, &talk).await;
    nobody_in_the_log(&world);
}

/// A talk with somebody admitted, and a ticket that waits to be used.
struct UnderWay {
    talk: Talk,
    guest: Guest,
    person: String,
    link: String,
}

impl std::ops::Deref for UnderWay {
    type Target = Talk;

    fn deref(&self) -> &Talk {
        &self.talk
    }
}

async fn under_way(world: &World) -> UnderWay {
    let talk = world.opened(&[AUNT]).await;
    let link = talk.link(AUNT).await;
    let guest = world.guest(&link).await;
    guest.consent().await;
    guest.wait().await;
    talk.admit(AUNT).await;
    guest.ticket().await;
    let person = talk.person(AUNT).await;
    UnderWay {
        talk,
        guest,
        person,
        link,
    }
}

impl Step {
    const fn new(event: &'static str, table: &'static str, when: &'static str, left: &'static str) -> Self {
        Self {
            event,
            table,
            when,
            left,
        }
    }

    /// From now on the database takes minutes for this step.
    async fn hold(&self, database: &Database) {
        let Self { event, table, when, .. } = self;
        let sql = if database.is_sqlite() {
            let everything = ["a", "b", "c", "d", "e", "f", "g", "h"].map(|name| format!("sqlite_schema as {name}"));
            let count = format!("select count(*) from {}", everything.join(", "));
            format!("create trigger hold before {event} on {table} for each row {when} begin {count}; end")
        } else {
            format!(
                "create function hold() returns trigger language plpgsql as \
                 $$ begin perform pg_sleep(600); return null; end $$; \
                 create trigger hold before {event} on {table} for each row {when} execute function hold()"
            )
        };
        database.execute(&sql).await.unwrap();
    }

    async fn release(&self, database: &Database) {
        if database.is_sqlite() {
            database.execute("drop trigger hold").await.unwrap();
            return;
        }
        // the server does not notice that its client is dead before it has slept
        let sleepers = "select pg_terminate_backend(pid) from pg_stat_activity \
                        where datname = current_database() and wait_event = 'PgSleep'";
        database.execute(sleepers).await.unwrap();
        let table = self.table;
        let drop = format!("drop trigger hold on {table}; drop function hold()");
        database.execute(&drop).await.unwrap();
    }
}

/// Waits until the program is in the step.
async fn held(database: &Database) {
    until("the program is held", async || {
        let held = if database.is_sqlite() {
            let turn = "pragma busy_timeout = 500; begin immediate; rollback";
            database.execute(turn).await.is_err()
        } else {
            let sleepers = "select cast(pid as TEXT) from pg_stat_activity \
                            where datname = current_database() and wait_event = 'PgSleep'";
            !database.texts(sleepers).await.is_empty()
        };
        held.then_some(())
    })
    .await;
}

async fn gone(world: &World, database: &Database, talk: &UnderWay) {
    // if it died before the end was written down, the talk goes on, and she clicks again
    talk.post("/end").await;
    talk.proof().await;
    let records = format!("select cast(count(*) as TEXT) from record where id = '{}'", talk.id);
    assert_eq!(database.texts(&records).await, ["1"]);
    for table in ["consultation", "participant", "ticket", "incident"] {
        let rows = format!("select cast(count(*) as TEXT) from {table}");
        assert_eq!(database.texts(&rows).await, ["0"], "{table}");
    }
    for name in [AUNT, TEACHER.family] {
        assert!(database.files_with(name).await.is_empty(), "{name}");
    }
    if database.is_sqlite() {
        let clean = async || database.files_with(&talk.person).await.is_empty().then_some(());
        until("the files hold nothing of the person", clean).await;
    }
    assert!(world.store().await.pending().await.unwrap().is_empty());
    assert_eq!(redeem(&world.browser(), &talk.link).await.status, 404);
    assert_eq!(talk.guest.ask_ticket().await.status, 404);
}

fn nobody_in_the_log(world: &World) {
    let log = world.log();
    for name in personal().chain([AUNT]) {
        assert!(!log.contains(name), "{name} stands in the log");
    }
}
