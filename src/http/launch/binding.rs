//! What ties a launch to the browser that began it (Security Framework 1.0 §5.1.1.2, §7.3.1).

use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use lti13_tool::{Pending, Platform};

use super::caller::{Caller, Container};
use crate::vault::Vault;

/// For frames: a cookie of this frame in this platform only (CHIPS).
const FRAMED: &str = "__Host-lti-";
/// For tabs, and for browsers that do not know `Partitioned` but still let frames have cookies.
const PLAIN: &str = "__Host-lti-tab-";
/// `state` is 43 characters of base64url; this much of it tells parallel launches apart.
const DISTINCT: usize = 12;

/// Seals a begun login, so that the browser can carry it but neither read nor change it.
pub(super) fn seal(vault: &Vault, pending: &Pending) -> Option<String> {
    let plain = serde_json::to_vec(pending).ok()?;
    Some(URL_SAFE_NO_PAD.encode(vault.seal(&place(pending.state()), &plain)))
}

/// The cookies that carry a begun login.
pub(super) fn keep(jar: CookieJar, container: Container, state: &str, sealed: &str) -> CookieJar {
    let age = cookie::time::Duration::seconds_f64(Pending::LIFETIME.as_secs_f64());
    let jar = jar.add(cookie(PLAIN, state, sealed, age));
    match container {
        Container::Tab => jar,
        Container::Frame => jar.add(partitioned(cookie(FRAMED, state, sealed, age))),
    }
}

/// The login that this launch answers, if this browser began it. A form field counts only if a page of ours has sent it: anybody
/// could post one of their own logins from a page of theirs, and their launch with it.
pub(super) fn find(vault: &Vault, caller: &Caller, state: &str, field: Option<&str>) -> Option<Pending> {
    let cookies = [FRAMED, PLAIN]
        .into_iter()
        .filter_map(|prefix| caller.jar.get(&name(prefix, state)?).map(Cookie::value));
    let field = field.filter(|_| caller.from_us);
    cookies.chain(field).find_map(|sealed| open(vault, state, sealed))
}

/// Where the platform's own storage is: the origin of its authorization URL and no other (LTI Client Side postMessages 0.1).
pub(super) fn storage_origin(platform: &Platform) -> String {
    platform.authorization_url().origin().ascii_serialization()
}

/// Takes the cookies back that this launch has used up.
pub(super) fn forget(jar: CookieJar, state: &str) -> CookieJar {
    let gone = cookie::time::Duration::ZERO;
    [FRAMED, PLAIN].into_iter().fold(jar, |jar, prefix| {
        let there = name(prefix, state).is_some_and(|name| jar.get(&name).is_some());
        match (there, prefix) {
            (false, _) => jar,
            (true, FRAMED) => jar.add(partitioned(cookie(prefix, state, "", gone))),
            (true, _) => jar.add(cookie(prefix, state, "", gone)),
        }
    })
}

fn open(vault: &Vault, state: &str, sealed: &str) -> Option<Pending> {
    let sealed = URL_SAFE_NO_PAD.decode(sealed).ok()?;
    let plain = vault.open(&place(state), &sealed).ok()?;
    serde_json::from_slice(&plain).ok()
}

fn place(state: &str) -> String {
    format!("pending|{state}")
}

fn name(prefix: &str, state: &str) -> Option<String> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let distinct = state.get(..DISTINCT).filter(|part| part.bytes().all(plain))?;
    Some(format!("{prefix}{distinct}"))
}

/// `SameSite=None`, because the answer is a form that the platform's page posts.
fn cookie(prefix: &str, state: &str, value: &str, age: cookie::time::Duration) -> Cookie<'static> {
    let name = name(prefix, state).unwrap_or_default();
    Cookie::build((name, value.to_owned()))
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::None)
        .max_age(age)
        .build()
}

fn partitioned(mut cookie: Cookie<'static>) -> Cookie<'static> {
    cookie.set_partitioned(true);
    cookie
}
