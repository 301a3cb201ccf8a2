//! Jitsi with our module, against a real Prosody: every rule has a test that tries to break it.

mod admission;
mod command;
mod configuration;
mod configured;
mod end;
mod job;
mod moderator;
mod prosody;
mod restart;
mod self_test;
mod service;
mod style;
mod talking;
