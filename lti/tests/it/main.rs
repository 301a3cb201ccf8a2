//! The library seen from outside, as a tool uses it.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a helper of a test fails by panicking, like the test"
)]

mod access_token;
mod begin;
mod certification;
mod certification_deep_linking;
mod certification_invalid;
mod certification_names_and_roles;
mod certification_valid;
mod clauses;
mod deep_linking;
mod disclosure;
mod dynamic_registration;
mod keys;
mod login;
mod moodle;
mod names_and_roles;
mod presentation;
mod properties;
mod refused;
mod registration;
mod roles;
mod tampering;
mod time;
mod tool_key;
mod world;
