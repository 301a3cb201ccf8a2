//! Jitsi with our module, against a real Prosody: every rule has a test that tries to break it.

mod admission;
mod configuration;
mod end;
mod moderator;
mod prosody;
mod service;
mod style;
