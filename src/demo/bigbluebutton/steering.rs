//! How a test, or somebody who tries things out, makes the fake server go wrong, and what it tells them.

use super::rooms::Rooms;
use super::{FakeServer, Habit, Mood};

impl FakeServer {
    /// From now on this call is answered so; the empty name stands for every call.
    pub fn set(&self, call: &'static str, mood: Option<Mood>) {
        let mut inner = self.inner();
        match mood {
            Some(mood) => inner.moods.insert(call, mood),
            None => inner.moods.remove(call),
        };
    }

    pub fn acquire(&self, habit: Habit) {
        self.inner().habits.insert(habit);
    }

    pub fn lose(&self, habit: Habit) {
        self.inner().habits.remove(&habit);
    }

    /// Every room is gone, as after a restart or when an old backup was restored.
    pub fn forget_everything(&self) {
        self.inner().rooms = Rooms::default();
    }

    /// Every room is another one of the same id, as after a restored backup.
    pub fn make_every_room_anew(&self) {
        self.inner().rooms.make_anew();
    }

    /// Somebody ends every room from the inside.
    pub fn end_every_room(&self) {
        self.inner().rooms.end_all();
    }

    /// Every room that goes on is recorded from now on.
    pub fn record_every_room(&self) {
        self.inner().rooms.record_all();
    }

    /// Somebody joins every room past all ways of ours.
    pub fn intrude(&self, user: &str, leads: bool) {
        let now = self.now();
        self.inner().rooms.intrude(user, leads, now);
    }

    /// Somebody leaves every room.
    pub fn expel(&self, user: &str) {
        self.inner().rooms.expel(user);
    }

    /// From now on whatever is asked about one of the rooms fails, as behind a balancer one of whose servers is dead.
    pub fn fail_for_one_room(&self) {
        let mut inner = self.inner();
        inner.failing = inner.rooms.first();
    }

    /// Puts its clock forward, or back, by so many seconds.
    pub fn put_clock_forward(&self, seconds: i64) {
        self.inner().ahead = seconds * 1000;
    }

    /// The moderator of every room makes a room beside it.
    pub fn open_breakout_rooms(&self) {
        self.inner().rooms.open_breakouts();
    }

    /// Everybody who waits in the server's own lobby is let in.
    pub fn let_everybody_in(&self) {
        self.inner().rooms.let_everybody_in();
    }

    /// Rooms that are there at this moment.
    pub fn rooms(&self) -> usize {
        self.inner().rooms.count()
    }

    /// The ids of these rooms, as they were asked for.
    pub fn meetings(&self) -> Vec<String> {
        self.inner().rooms.ids()
    }

    /// Name and query of every call of this name so far, without its checksum.
    pub fn calls(&self, name: &str) -> Vec<String> {
        let inner = self.inner();
        let of_name = inner.calls.iter().filter(|(call, _)| call == name);
        of_name.map(|(_, query)| query.clone()).collect()
    }
}
