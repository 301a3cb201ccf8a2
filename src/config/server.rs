//! Where the service is reached, and the files it needs.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use ipnet::IpNet;
use jiff::SignedDuration;
use url::{Host, Url};

use super::Tls;
use super::durations::Duration;
use super::section::Section;

pub(super) fn public_url(root: &Section<'_>) -> Option<Url> {
    root.required("public_url", "https://sprechzimmer.example.org")?
        .read(|text| origin(&text))
}

pub(super) fn listen(root: &Section<'_>) -> SocketAddr {
    let given = root.text("listen");
    let listen = given.and_then(|given| given.read(|text| socket(&text)));
    listen.unwrap_or(SocketAddr::from(([127, 0, 0, 1], 8080)))
}

/// A port of its own, for this machine or the inside of a network: whoever reaches it may read.
pub(super) fn metrics_listen(root: &Section<'_>) -> Option<SocketAddr> {
    root.text("metrics_listen")?.read(|text| socket(&text))
}

pub(super) fn key_file(root: &Section<'_>, folder: &Path) -> Option<PathBuf> {
    let given = root.required("key_file", "sprechzimmer.key")?;
    Some(folder.join(given.value))
}

pub(super) fn tls(root: &Section<'_>, folder: &Path) -> Option<Tls> {
    let section = root.section("tls")?;
    let certificate_file = section.required("certificate_file", "certificate.pem");
    let key_file = section.required("key_file", "certificate.key");
    section.close();
    Some(Tls {
        certificate_file: folder.join(certificate_file?.value),
        key_file: folder.join(key_file?.value),
    })
}

/// As systemd gives a minute and a half before it ends a process by force, a minute holds unless more is wanted.
pub(super) fn stop_within(root: &Section<'_>) -> SignedDuration {
    let stop_within = Duration {
        key: "stop_within",
        default: SignedDuration::from_mins(1),
        range: SignedDuration::ZERO..=SignedDuration::from_hours(12),
    };
    stop_within.read(root)
}

/// Networks of one's own in which learning platforms lie.
pub(super) fn platform_networks(root: &Section<'_>) -> Vec<IpNet> {
    nets(root, "platform_networks")
}

pub(super) fn trusted_proxies(root: &Section<'_>) -> Vec<IpNet> {
    nets(root, "trusted_proxies")
}

fn nets(root: &Section<'_>, key: &'static str) -> Vec<IpNet> {
    let list = root.list(key).unwrap_or_default();
    list.into_iter()
        .filter_map(|given| given.read(|text| net(&text)))
        .collect()
}

pub(super) fn socket(text: &str) -> Result<SocketAddr, String> {
    let error = "is not an address with a port; write for instance \"0.0.0.0:8080\" or \"[::]:8080\"";
    text.parse().map_err(|_| error.to_owned())
}

/// http is for this machine only: browsers give no camera to anything else without TLS.
pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

pub(super) fn origin(text: &str) -> Result<Url, String> {
    let url = Url::parse(text)
        .ok()
        .filter(Url::has_host)
        .ok_or("is not a web address; write for instance \"https://sprechzimmer.example.org\"")?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err("must hold no user name and no password".to_owned());
    }
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        return Err("must end after the host name (and port): it has a host of its own, without a path".to_owned());
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_loopback(&url) => Ok(url),
        "http" => Err("must begin with https://; http:// works for localhost only".to_owned()),
        _ => Err("must begin with https://".to_owned()),
    }
}

fn net(text: &str) -> Result<IpNet, String> {
    let one = || text.parse::<IpAddr>().ok().map(IpNet::from);
    let net = text
        .parse::<IpNet>()
        .ok()
        .or_else(one)
        .ok_or("is not an address or a network; write for instance \"192.0.2.7\" or \"10.42.0.0/16\"")?;
    if net.prefix_len() == 0 {
        return Err("would believe everybody; name the networks that are meant".to_owned());
    }
    Ok(net)
}
