//! What an administrator sees of deletions: what is pending and what stands in the way, and the records as they were proven.

use std::path::Path;

use serde_json::Value;
use sprechzimmer::demo::bigbluebutton::{Habit, Mood};

use crate::command::run;
use crate::databases::both;
use crate::world::{AUNT, Talk, UNCLE, World, personal, until};

fn admin(folder: &Path, arguments: &[&str]) -> String {
    let arguments: Vec<&str> = ["admin"].iter().chain(arguments).copied().collect();
    let (code, said) = run(folder, &arguments);
    assert_eq!(code, 0, "{said}");
    for name in personal() {
        assert!(!said.contains(name), "{name} is named: {said}");
    }
    said
}

/// The one line about a talk, once it holds these words.
async fn line(world: &World, talk: &Talk, words: &str) -> String {
    let folder = world.folder.path();
    until(words, async || {
        let said = admin(folder, &["pending"]);
        let lines: Vec<&str> = said.lines().filter(|line| line.starts_with(&talk.id)).collect();
        assert!(lines.len() <= 1, "{said}");
        lines
            .first()
            .filter(|line| line.contains(words))
            .map(|line| (*line).to_owned())
    })
    .await
}

fn fields(line: &str) -> Value {
    serde_json::from_str(line).unwrap()
}

#[tokio::test]
async fn what_is_pending_is_listed_with_what_stands_in_the_way_until_it_is_proven_to_be_gone() {
    both("admin_pending", async |database| {
        let (world, server) = World::program_with_bigbluebutton(database).await;
        let folder = world.folder.path();
        let nothing = "nothing is pending: whatever has ended is proven to be gone\n";
        assert_eq!(admin(folder, &["pending"]), nothing);
        let (kept, silent) = (world.opened(&[AUNT]).await, world.opened(&[UNCLE]).await);
        assert_eq!(admin(folder, &["pending"]), nothing, "what is open is not pending");

        server.fake.acquire(Habit::NeverEnds);
        kept.end().await;
        let told = line(&world, &kept, "the video system still holds something of the room").await;
        assert!(
            told.contains("  ended 20") && told.contains("  bbb  ") && told.contains("next at 20"),
            "{told}"
        );
        server.fake.set("", Some(Mood::Broken));
        silent.end().await;
        line(&world, &silent, "the video system does not do it or does not answer").await;

        let said = admin(folder, &["pending", "--json"]);
        let lines: Vec<Value> = said.lines().map(fields).collect();
        assert_eq!(lines.len(), 2, "{said}");
        // the first one may have been tried again meanwhile
        for (talk, problems) in [(&kept, &["residue", "backend"][..]), (&silent, &["backend"])] {
            let of_it = lines.iter().find(|line| line["id"] == talk.id.as_str()).unwrap();
            assert_eq!(of_it["backend"], "bbb", "{said}");
            assert!(problems.contains(&of_it["problem"].as_str().unwrap()), "{said}");
            assert!(of_it["attempts"].as_u64().unwrap() >= 1, "{said}");
            for time in ["ended_at", "try_at"] {
                of_it[time].as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
            }
        }
        server.fake.lose(Habit::NeverEnds);
        server.fake.set("", None);
        // whoever clicks tries at once, so that it need not be waited for
        let next = world.sealed(&[AUNT]).await;
        next.open().await;
        for talk in [&kept, &silent] {
            talk.proof().await;
        }
        assert_eq!(admin(folder, &["pending"]), nothing);
        assert_eq!(admin(folder, &["pending", "--json"]), "");
    })
    .await;
}

#[tokio::test]
async fn a_room_that_nobody_needs_is_listed_until_it_is_gone() {
    both("admin_orphan", async |database| {
        let (world, server) = World::program_with_bigbluebutton(database).await;
        let folder = world.folder.path();
        let talk = world.sealed(&[AUNT]).await;
        server.fake.set("getMeetingInfo", Some(Mood::Broken));
        assert_eq!(talk.try_to_open().await.status, 503);
        let said = admin(folder, &["pending"]);
        assert!(
            said.starts_with("room ") && said.contains(" that nobody needs  bbb  "),
            "{said}"
        );
        let told = fields(admin(folder, &["pending", "--json"]).trim());
        let room = told["room"].as_str().unwrap().to_owned();
        assert!(
            said.contains(&room) && told["backend"] == "bbb" && told["attempts"].is_u64(),
            "{told}"
        );
        server.fake.set("getMeetingInfo", None);
        talk.open().await;
        until("it is gone", async || {
            admin(folder, &["pending"]).contains("nothing is pending").then_some(())
        })
        .await;
    })
    .await;
}

/// The table says of each record what its line of JSON says.
fn is_the_same(table: &str, lines: &[Value]) {
    let mut rows = table.lines().map(|row| row.split(',').collect::<Vec<_>>());
    let columns = rows.next().unwrap();
    let rows: Vec<Vec<&str>> = rows.collect();
    assert_eq!(rows.len(), lines.len(), "{table}");
    for (row, line) in rows.iter().zip(lines) {
        assert_eq!(row.len(), columns.len(), "{table}");
        for (column, cell) in columns.iter().zip(row) {
            let value = line.get(column).unwrap_or_else(|| &line["proof"][column]);
            let text = match value {
                Value::String(text) => text.clone(),
                Value::Array(list) => list.len().to_string(),
                Value::Null => String::new(),
                other => other.to_string(),
            };
            assert_eq!(*cell, text, "{column}: {line}");
        }
    }
}

#[tokio::test]
async fn the_records_are_exported_as_they_were_proven_in_either_form_and_from_a_time_on() {
    both("admin_records", async |database| {
        let world = World::program(database).await;
        let folder = world.folder.path();
        assert_eq!(
            admin(folder, &["records", "--export", "csv"]).lines().count(),
            1,
            "the names of the columns"
        );
        let (first, _initiator, _people) = world.talking(&[AUNT]).await;
        first.end().await;
        first.proof().await;
        let second = world.opened(&[AUNT, UNCLE]).await;
        second.end().await;
        second.proof().await;

        let said = admin(folder, &["records", "--export", "json"]);
        let lines: Vec<Value> = said.lines().map(fields).collect();
        assert_eq!(
            lines
                .iter()
                .map(|line| line["id"].as_str().unwrap())
                .collect::<Vec<_>>(),
            [&second.id, &first.id],
            "the latest first"
        );
        for (line, invited, admissions) in [(&lines[0], 2, 0), (&lines[1], 1, 1)] {
            let proof = &line["proof"];
            assert_eq!(
                (&proof["invited"], &proof["admissions"]),
                (&invited.into(), &admissions.into()),
                "{line}"
            );
            assert_eq!(
                (&proof["backend"], &proof["reason"]),
                (&"embedded".into(), &"initiator".into()),
                "{line}"
            );
        }
        is_the_same(&admin(folder, &["records", "--export", "csv"]), &lines);
        let since = lines[0]["erased_at"].as_str().unwrap();
        let late = admin(folder, &["records", "--export", "json", "--since", since]);
        assert_eq!(late.lines().map(fields).collect::<Vec<_>>(), lines[..1]);
        let list = admin(folder, &["records"]);
        assert_eq!(list.lines().count(), 2, "{list}");
        assert!(list.lines().next().unwrap().ends_with(&second.id), "{list}");
    })
    .await;
}
