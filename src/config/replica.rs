//! Which of several processes on one database this is.

use jiff::SignedDuration;

use super::ReplicaSettings;
use super::durations::Duration;
use super::section::Section;
use super::server::origin;

/// Stands in the file for the name that `serve --replica` gives, so that all replicas can read one file.
const PLACEHOLDER: &str = "{replica}";
/// The one process, where nobody names it.
pub(super) const ONLY: &str = "only";

/// The default is what one process needs: a restart that takes no longer than this finds its talks open.
pub(super) fn replica(root: &Section<'_>) -> ReplicaSettings {
    let mut settings = ReplicaSettings {
        name: ONLY.to_owned(),
        address: None,
        lease: SignedDuration::from_secs(30),
        has_others: false,
    };
    let Some(section) = root.section("replica") else {
        return settings;
    };
    settings.has_others = true;
    if let Some(name) = section.required("name", "one").and_then(|given| given.read(name)) {
        settings.name = name;
    }
    settings.address = section
        .text("address")
        .and_then(|given| given.read(|text| origin(&text)));
    settings.lease = Duration {
        key: "lease",
        default: settings.lease,
        range: SignedDuration::from_secs(3)..=SignedDuration::from_mins(10),
    }
    .read(&section);
    section.close();
    settings
}

/// A name of a host in the address, and no more.
fn name(text: String) -> Result<String, String> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if text.len() <= 63 && text.bytes().all(plain) {
        Ok(text)
    } else {
        Err("may hold small letters, digits and hyphens only, up to 63".to_owned())
    }
}

/// Puts the name in, wherever the file asks for it.
pub(super) fn named(text: &str, name: Option<&str>) -> String {
    text.replace(PLACEHOLDER, name.unwrap_or(ONLY))
}

/// Where the file asks for a name and nobody gives one.
pub(super) fn is_nameless(text: &str, name: Option<&str>) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim_start().starts_with('#'));
    name.is_none() && lines.any(|line| line.contains(PLACEHOLDER))
}
