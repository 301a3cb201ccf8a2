//! One binary for everything that is seen from outside: one module for each subject.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that goes wrong should stop where it went wrong"
)]

mod admin;
mod bigbluebutton;
mod certificate;
mod command;
mod config;
mod databases;
mod demo;
mod documents;
mod erasure;
mod expired;
mod farewell;
mod faults;
mod guides;
mod headers;
mod health;
mod initiator;
mod jitsi;
mod killed;
mod launch;
mod logs;
mod metrics;
mod outages;
mod participant;
mod passkey;
mod placing;
mod platforms;
mod registration;
mod relay;
mod replicas;
mod restoration;
mod revoked;
mod room;
mod roster;
mod rule_01_consent;
mod rule_02_list;
mod rule_03_waiting_room;
mod rule_04_moderator;
mod rule_05_fresh_room;
mod rule_06_deletion;
mod rule_07_personal_links;
mod rule_08_only_invited;
mod rule_09_recording;
mod rule_10_incident;
mod rules;
mod several;
mod store;
mod talk;
mod words;
mod world;
