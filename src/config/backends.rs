//! The video systems, the first one before the others; without any `[[backend]]` there is the embedded one.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;

use url::Url;

use super::problem::Given;
use super::section::Section;
use super::server::{is_loopback, socket};
use super::{BackendKind, BackendSettings, bigbluebutton, jitsi};

/// The port of STUN and TURN (RFC 8656 §18).
const TURN: u16 = 3478;
/// Fits on a phone beside what else is to be said, in characters.
const LONGEST_LABEL: usize = 60;
const EMBEDDED: &str = "embedded";
const BIGBLUEBUTTON: &str = "bigbluebutton";
const JITSI: &str = "jitsi";

/// Who answers on the port of `public_url`: this process, whose relay can then share it, or a proxy that carries HTTP only.
#[derive(Clone, Copy)]
pub(super) enum Port {
    Own,
    Proxied,
}

pub(super) fn backends(
    root: &Section<'_>,
    folder: &Path,
    public_url: Option<&Url>,
    port: Port,
) -> Option<Vec<BackendSettings>> {
    let sections = root.sections("backend");
    if sections.is_empty() {
        let written = root.has("backend");
        let public_url = public_url.filter(|_| !written)?;
        let udp = default_udp(public_url);
        let announce = default_announce(public_url, port, &udp);
        let kind = BackendKind::Embedded { udp, announce };
        return Some(vec![BackendSettings::new(EMBEDDED, kind)]);
    }
    let read: Vec<Option<BackendSettings>> = sections
        .iter()
        .map(|section| backend(section, folder, public_url, port))
        .collect();
    for (place, (section, this)) in sections.iter().zip(&read).enumerate() {
        let before = read.iter().take(place).flatten();
        if let Some(this) = this {
            tell_apart(section, this, before);
        }
    }
    read.into_iter().collect()
}

/// Two video systems must not be taken for each other, neither by us nor by people.
fn tell_apart<'a>(section: &Section<'_>, this: &BackendSettings, before: impl Iterator<Item = &'a BackendSettings>) {
    for other in before {
        let one_kind = std::mem::discriminant(&this.kind) == std::mem::discriminant(&other.kind);
        if this.name == other.name {
            section.refuse_at(
                "name",
                "is the name of a video system above; each needs a name of its own",
            );
        } else if one_kind && matches!(this.kind, BackendKind::Embedded { .. }) {
            section.refuse("is a second embedded video system; one serves any number of rooms");
        } else if one_kind && this.label == other.label {
            section.missing(
                "label",
                "label = \"BigBlueButton of the town\", so that people can tell the two apart",
            );
        }
    }
}

fn backend(section: &Section<'_>, folder: &Path, public_url: Option<&Url>, port: Port) -> Option<BackendSettings> {
    let name = section.text("name").and_then(|given| given.read(name));
    let label = section.text("label").and_then(|given| given.read(label));
    let platforms = section.list("platforms").map(|list| all(list, issuer));
    if platforms.as_ref().is_some_and(Vec::is_empty) {
        section.refuse_at(
            "platforms",
            "names no learning platform, so nobody could use this video system; without the line, everybody may",
        );
    }
    let kind = section.required("kind", EMBEDDED)?;
    let kind_name = kind.value.clone();
    let kind = match kind.value.as_str() {
        EMBEDDED => embedded(section, public_url, port)?,
        BIGBLUEBUTTON => BackendKind::BigBlueButton(Box::new(bigbluebutton::read(section, folder, public_url)?)),
        JITSI => BackendKind::Jitsi(Box::new(jitsi::read(section, folder)?)),
        _ => {
            kind.refuse(format!(
                "is not a video system of this version; there are \"{EMBEDDED}\", \"{BIGBLUEBUTTON}\" and \"{JITSI}\""
            ));
            return None;
        }
    };
    Some(BackendSettings {
        name: name.unwrap_or(kind_name),
        label,
        platforms: platforms.unwrap_or_default(),
        kind,
    })
}

fn embedded(section: &Section<'_>, public_url: Option<&Url>, port: Port) -> Option<BackendKind> {
    let udp = section.list("udp").map(|list| all(list, udp_socket));
    let announce = section.list("announce").map(|list| all(list, announced));
    section.close();
    let public_url = public_url?;
    let udp = udp.unwrap_or_else(|| default_udp(public_url));
    let announce = announce.unwrap_or_else(|| default_announce(public_url, port, &udp));
    if announce.is_empty() {
        section.refuse(
            "tells browsers no way to the relay, so nobody could see or hear anybody: \
             write udp = [\"0.0.0.0:3478\"], or announce",
        );
    }
    Some(BackendKind::Embedded { udp, announce })
}

fn default_udp(public_url: &Url) -> Vec<SocketAddr> {
    let address = if is_loopback(public_url) {
        Ipv4Addr::LOCALHOST
    } else {
        Ipv4Addr::UNSPECIFIED
    };
    vec![SocketAddr::new(IpAddr::V4(address), TURN)]
}

/// UDP at the host of `public_url`, and its TCP port where that leads to this process (RFC 7065).
fn default_announce(public_url: &Url, port: Port, udp: &[SocketAddr]) -> Vec<String> {
    let host = public_url.host_str().unwrap_or_default();
    let mut urls: Vec<String> = udp
        .iter()
        .map(|socket| format!("turn:{host}:{}?transport=udp", socket.port()))
        .collect();
    urls.dedup();
    if let (Port::Own, Some(tcp)) = (port, public_url.port_or_known_default()) {
        let scheme = if public_url.scheme() == "https" {
            "turns"
        } else {
            "turn"
        };
        urls.push(format!("{scheme}:{host}:{tcp}?transport=tcp"));
    }
    urls
}

fn all<T>(list: Vec<Given<'_, String>>, parse: fn(&str) -> Result<T, String>) -> Vec<T> {
    list.into_iter()
        .filter_map(|given| given.read(|text| parse(&text)))
        .collect()
}

fn name(text: String) -> Result<String, String> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if text.len() <= 40 && text.bytes().all(plain) {
        Ok(text)
    } else {
        Err("may hold small letters, digits and hyphens only, up to 40".to_owned())
    }
}

fn label(text: String) -> Result<String, String> {
    if text.chars().count() <= LONGEST_LABEL && !text.chars().any(char::is_control) {
        Ok(text)
    } else {
        Err(format!("may have up to {LONGEST_LABEL} characters in one line"))
    }
}

fn issuer(text: &str) -> Result<String, String> {
    match Url::parse(text) {
        Ok(url) if url.has_host() => Ok(text.to_owned()),
        _ => {
            Err("is not the issuer of a learning platform; copy it as `sprechzimmer platform list` shows it".to_owned())
        }
    }
}

fn udp_socket(text: &str) -> Result<SocketAddr, String> {
    let socket = socket(text)?;
    if socket.port() == 0 {
        return Err("needs a fixed port, as browsers must be told about it".to_owned());
    }
    Ok(socket)
}

/// RFC 7065: `turn:` or `turns:`, a host, a port, a transport.
fn announced(text: &str) -> Result<String, String> {
    let rest = text.strip_prefix("turns:").or_else(|| text.strip_prefix("turn:"));
    let host = rest.and_then(|rest| {
        let (authority, transport) = rest.split_once("?transport=")?;
        let url = Url::parse(&format!("https://{authority}")).ok()?;
        let plain = url.path() == "/" && url.query().is_none() && url.username().is_empty();
        (plain && matches!(transport, "udp" | "tcp")).then_some(())
    });
    match host {
        Some(()) => Ok(text.to_owned()),
        None => Err(
            "is not the address of a relay; write for instance \"turn:sprechzimmer.example.org:3478?transport=udp\" \
             or \"turns:sprechzimmer.example.org:443?transport=tcp\""
                .to_owned(),
        ),
    }
}
