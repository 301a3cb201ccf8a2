//! One binary for everything that is seen from outside: one module for each subject.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that goes wrong should stop where it went wrong"
)]

mod command;
mod config;
mod databases;
mod demo;
mod headers;
mod initiator;
mod launch;
mod logs;
mod participant;
mod relay;
mod room;
mod store;
mod talk;
mod words;
mod world;
