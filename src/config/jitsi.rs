//! How a Jitsi Meet is reached: its address, that of our module in its Prosody, and the key that both know.

use std::path::Path;

use url::Url;

use super::JitsiSettings;
use super::section::Section;
use super::server::is_loopback;
use crate::backend::jitsi::{Jitsi, Settings};
use crate::private::Private;

/// The module takes no shorter one, in characters.
const SHORTEST_KEY: usize = 32;
const EXAMPLE: &str = "https://meet.example.org";

impl JitsiSettings {
    /// The video system as configured; nothing is asked of it yet, and it has no key to sign with.
    pub fn backend(&self) -> Jitsi {
        Jitsi::new(Settings {
            url: self.url.clone(),
            module: self.module_url.clone(),
            key: self.key.clone(),
        })
    }
}

pub(super) fn read(section: &Section<'_>, folder: &Path) -> Option<JitsiSettings> {
    let url = section.required("url", EXAMPLE);
    let url = url.and_then(|given| given.read(|text| origin(&text)));
    let module_url = section.text("module_url");
    let module_url = module_url.map(|given| given.read(|text| address(&text)));
    let key_file = section.required("module_key_file", "jitsi.key");
    let key = key_file.and_then(|given| {
        let path = folder.join(&given.value);
        let key = given.read(|_| key(&path))?;
        Some((path, key))
    });
    section.close();
    let (key_file, key) = key?;
    let url = url?;
    let module_url = match module_url {
        Some(given) => given?,
        None => url.join("/sprechzimmer").ok()?,
    };
    Some(JitsiSettings {
        module_url: folder_of(module_url),
        url,
        key_file,
        key: Private::new(key),
    })
}

fn origin(text: &str) -> Result<Url, String> {
    let url = address(text)?;
    if url.path() == "/" {
        Ok(url)
    } else {
        Err(format!(
            "must be a host alone, without a path: a Jitsi for us alone; write for instance \"{EXAMPLE}\""
        ))
    }
}

fn address(text: &str) -> Result<Url, String> {
    let url = Url::parse(text)
        .ok()
        .filter(Url::has_host)
        .ok_or_else(|| format!("is not a web address; write for instance \"{EXAMPLE}\""))?;
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(&url) => {}
        _ => return Err("must begin with https://; http:// works on this machine only".to_owned()),
    }
    if !url.username().is_empty() || url.password().is_some() || url.query().is_some() || url.fragment().is_some() {
        return Err("must be an address alone, without a name, a question mark or a hash".to_owned());
    }
    Ok(url)
}

/// What lies below it is found by joining.
fn folder_of(mut url: Url) -> Url {
    let path = format!("{}/", url.path().trim_end_matches('/'));
    url.set_path(&path);
    url
}

/// No message repeats what stands in the file.
fn key(path: &Path) -> Result<String, String> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("the file {} cannot be read: {}", path.display(), error.kind()))?;
    let key = text.trim();
    let plain = |character: char| character.is_ascii_graphic();
    if key.len() < SHORTEST_KEY || !key.chars().all(plain) {
        return Err(format!(
            "the file {} must hold one key of at least {SHORTEST_KEY} characters; make one with: openssl rand -hex 32",
            path.display()
        ));
    }
    Ok(key.to_owned())
}
