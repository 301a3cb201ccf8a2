//! The map of the modules.
pub mod backend;
pub mod config;
pub mod consultation;
pub mod id;
pub mod live;
pub mod participant;
pub mod private;
pub mod store;
pub mod vault;
