//! A Jitsi Meet of the school's own, with our module in its Prosody.

pub mod xmpp;
