//! How a BigBlueButton is reached: its address and secret as `bbb-conf --secret` prints them.

use std::path::Path;

use url::Url;

use super::BigBlueButtonSettings;
use super::section::Section;
use super::server::is_loopback;
use crate::backend::bigbluebutton::{Algorithm, BigBlueButton, OPTIONAL_FEATURES, Settings};
use crate::private::Private;

impl BigBlueButtonSettings {
    /// The video system as configured; nothing is asked of it yet.
    pub fn backend(&self) -> BigBlueButton {
        BigBlueButton::new(Settings {
            url: self.url.clone(),
            secret: self.secret.clone(),
            algorithm: self.checksum,
            allowed: self.allow.clone(),
            calls_back: self.calls_back.clone(),
        })
    }
}

pub(super) fn read(section: &Section<'_>, folder: &Path, public_url: Option<&Url>) -> Option<BigBlueButtonSettings> {
    let url = section.required("url", "https://bbb.example.org/bigbluebutton/api");
    let url = url.and_then(|given| given.read(|text| interface(&text)));
    let secret_file = section.required("secret_file", "bigbluebutton.secret");
    let secret = secret_file.and_then(|given| {
        let path = folder.join(&given.value);
        let secret = given.read(|_| secret(&path))?;
        Some((path, secret))
    });
    let checksum = section
        .text("checksum")
        .and_then(|given| given.read(|text| algorithm(&text)));
    let allow = section.list("allow").unwrap_or_default();
    let allow = allow.into_iter().filter_map(|given| given.read(|text| feature(&text)));
    let allow = allow.collect();
    let calls_back = section.flag("calls_back");
    section.close();
    let (secret_file, secret) = secret?;
    Some(BigBlueButtonSettings {
        url: url?,
        secret_file,
        secret: Private::new(secret),
        checksum: checksum.unwrap_or_default(),
        allow,
        calls_back: public_url
            .cloned()
            .filter(|_| calls_back.is_none_or(|given| given.value)),
    })
}

/// The address may be written with or without `api` at its end.
fn interface(text: &str) -> Result<Url, String> {
    let example = "write for instance \"https://bbb.example.org/bigbluebutton/api\", as `bbb-conf --secret` prints it";
    let mut url = Url::parse(text)
        .ok()
        .filter(Url::has_host)
        .ok_or_else(|| format!("is not a web address; {example}"))?;
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(&url) => {}
        _ => return Err("must begin with https://; http:// works on this machine only".to_owned()),
    }
    if !url.username().is_empty() || url.password().is_some() || url.query().is_some() || url.fragment().is_some() {
        return Err(format!(
            "must be an address alone, without a name, a question mark or a hash; {example}"
        ));
    }
    let path = url.path().trim_end_matches('/');
    if path.is_empty() {
        return Err(format!("names a host alone; {example}"));
    }
    let path = path.trim_end_matches("/api").to_owned();
    url.set_path(&format!("{path}/api/"));
    Ok(url)
}

/// No message repeats what stands in the file.
fn secret(path: &Path) -> Result<String, String> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("the file {} cannot be read: {}", path.display(), error.kind()))?;
    let secret = text.trim();
    if secret.len() < 8 || secret.contains(char::is_whitespace) {
        return Err(format!(
            "the file {} must hold the secret alone, in one line, as `bbb-conf --secret` prints it",
            path.display()
        ));
    }
    Ok(secret.to_owned())
}

fn algorithm(text: &str) -> Result<Algorithm, String> {
    Algorithm::parse(text).ok_or_else(|| {
        let known: Vec<&str> = Algorithm::ALL.into_iter().map(Algorithm::code).collect();
        format!("is not an algorithm of BigBlueButton; there are {}", known.join(", "))
    })
}

fn feature(text: &str) -> Result<&'static str, String> {
    OPTIONAL_FEATURES
        .into_iter()
        .find(|known| *known == text)
        .ok_or_else(|| {
            format!(
                "cannot be allowed; there are {}, everything else stays switched off",
                OPTIONAL_FEATURES.join(", ")
            )
        })
}
