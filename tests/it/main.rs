//! One binary for everything that is seen from outside.
mod relay;
