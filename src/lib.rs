//! The map of the modules.
pub mod consultation;
pub mod id;
pub mod participant;
pub mod private;
pub mod store;
pub mod vault;
