//! What a run does, and where it is cut: chosen by a seed, the same for everybody.

use std::fmt;

use crate::world::Side;

/// What somebody does while the program dies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    Open,
    Admit,
    /// Asks for a way into the room.
    Ask,
    /// Goes in.
    Enter,
    End,
    /// Nobody does anything; the program looks into the room.
    Watch,
    /// The program starts, while a talk goes on.
    Start,
}

/// What the way that is cut leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Peer {
    Database,
    VideoSystem,
}

/// Where the program dies.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choice {
    pub(super) act: Act,
    pub(super) peer: Peer,
    pub(super) message: u32,
    pub(super) side: Side,
}

/// Chooses by a seed (`SplitMix64`, <https://prng.di.unimi.it/splitmix64.c>).
pub(super) struct Choices(u64);

impl Choices {
    pub(super) fn of(seed: u64, run: u64) -> Self {
        Self(seed.wrapping_mul(1_000_003).wrapping_add(run))
    }

    /// What a room of our own can go through.
    pub(super) fn here(&mut self) -> Choice {
        let act = self.one_of(&[Act::Open, Act::Admit, Act::Ask, Act::Enter, Act::End, Act::Start]);
        self.database(act)
    }

    /// The same with a room on another server.
    pub(super) fn elsewhere(&mut self) -> Choice {
        // two of three in front of the video system
        if self.below(3) == 0 {
            let act = self.one_of(&[Act::Open, Act::Admit, Act::Ask, Act::Enter, Act::End, Act::Start]);
            return self.database(act);
        }
        let act = self.one_of(&[Act::Open, Act::Ask, Act::End, Act::Watch, Act::Start]);
        let side = self.one_of(&[Side::Before, Side::After, Side::Late]);
        // as many requests as each of them needs
        let requests = match act {
            Act::Open => 2,
            Act::End => 5,
            Act::Start => 24,
            _ => 1,
        };
        Choice {
            act,
            peer: Peer::VideoSystem,
            message: self.below(requests),
            side,
        }
    }

    fn database(&mut self, act: Act) -> Choice {
        let side = self.one_of(&[Side::Before, Side::After]);
        // no act, with what the loops do about it, asks the database more often; where it asks less often, the loops are hit
        let messages = match act {
            Act::Start => 60,
            _ => 24,
        };
        Choice {
            act,
            peer: Peer::Database,
            message: self.below(messages),
            side,
        }
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len().try_into().unwrap()) as usize]
    }

    fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        u32::try_from((mixed ^ (mixed >> 31)) % u64::from(limit)).unwrap()
    }
}

impl fmt::Display for Choice {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            act,
            peer,
            message,
            side,
        } = self;
        write!(formatter, "{act:?}, cut at message {message} to the {peer}, {side:?}")
    }
}

impl fmt::Display for Peer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Database => "database",
            Self::VideoSystem => "video system",
        })
    }
}
