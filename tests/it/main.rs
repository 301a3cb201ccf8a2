//! One binary for everything that is seen from outside: one module for each subject.

mod command;
mod config;
mod launch;
mod logs;
mod relay;
mod world;
