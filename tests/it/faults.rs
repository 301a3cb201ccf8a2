//! The real program, killed at any message to its database or its video system while a talk is made, held or erased: nothing stays
//! open, and nobody's name.
//!
//! `make faults` runs 500 of these, `make test` a few. `FAULTS` says how many, `FAULTS_SEED` which: the same seed makes the same choices.

mod choices;
mod house;
mod scene;

use std::collections::BTreeMap;
use std::time::Duration;

use choices::{Choice, Choices};
use house::House;

/// So many lines of runs follow each other here: one for each kind of room.
const LINES: u64 = 2;

fn setting(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |text| text.parse().unwrap())
}

#[tokio::test]
async fn killed_at_any_message_to_the_database_the_program_leaves_nothing_open_and_nobodys_name() {
    let house = House::with_own_room("faults_here").await;
    runs("own room", house, Choices::here).await;
}

#[tokio::test]
async fn killed_at_any_request_to_a_bigbluebutton_the_program_leaves_no_room_there_and_nobodys_name() {
    let house = House::with_bigbluebutton("faults_there").await;
    runs("BigBlueButton", house, Choices::elsewhere).await;
}

async fn runs(room: &str, mut house: House, choose: fn(&mut Choices) -> Choice) {
    let (all, seed) = (setting("FAULTS", 12), setting("FAULTS_SEED", 1));
    let runs = all.div_ceil(LINES);
    let mut longest: BTreeMap<String, (u64, Duration)> = BTreeMap::new();
    for run in 0..runs {
        let choice = choose(&mut Choices::of(seed, run));
        eprintln!("{room}, run {run} of seed {seed}: {choice}");
        let took = house.run(choice).await;
        let kind = format!("{room}, way to the {} cut, {:?}", choice.peer, choice.side);
        let (count, so_far) = longest.entry(kind).or_default();
        *count += 1;
        *so_far = took.max(*so_far);
    }
    house.is_clean().await;
    for (kind, (count, took)) in longest {
        eprintln!("{kind}: {count} runs of seed {seed}, from the start after a kill to the proof at most {took:.2?}");
    }
}
