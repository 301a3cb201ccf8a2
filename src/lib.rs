//! Sprechzimmer: confidential school counselling by video. This is the map of its modules.
//!
//! | layer | modules |
//! |---|---|
//! | pure | `consultation`, `participant`, `passkey`, `roster`, `id`, `private`, `vault` |
//! | the world | `store` (all SQL), `backend` (video systems), `live` (open pages) |
//! | what everyone may use | `app`, `config` |
//! | what runs | `http`, `reaper`, `watch`, `inspection`, `rotation`, `decisions`, `metrics`, `renewal`, `replicas`, `restoration` |
//!
//! Arrows never point up. The ten rules and where each is kept stand as a table in the README.

pub mod app;
pub mod backend;
pub mod config;
pub mod consultation;
pub mod decisions;
pub mod demo;
pub mod error;
pub mod http;
pub mod id;
pub mod inspection;
pub mod live;
pub mod metrics;
pub mod outgoing;
pub mod page;
pub mod participant;
pub mod passkey;
pub mod private;
pub mod reaper;
pub mod renewal;
pub mod replicas;
pub mod restoration;
pub mod roster;
pub mod rotation;
pub mod run;
pub mod store;
pub mod vault;
pub mod watch;

pub use run::{RunError, run};
