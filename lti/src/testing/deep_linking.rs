//! The platform's half of Deep Linking: asks for content, reads the answer, and makes links of it as Moodle does.

use std::fmt;

use serde_json::{Map, Value, json};

use super::{LaunchClaims, SimulatedPlatform, claim};
use crate::deep_linking::{DeepLinkingRequest, DeepLinkingResponse, LinkItem};
use crate::keys::KeySet;
use crate::time::UnixTime;
use crate::token::Token;

const CLAIM: &str = "https://purl.imsglobal.org/spec/lti-dl/claim/";

/// A link as it stands in the course afterwards (Deep Linking 2.0 §3.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedLink {
    /// Its name (Deep Linking 2.0 §3.2).
    pub title: String,
    /// Its description (Deep Linking 2.0 §3.2).
    pub text: String,
    /// Where it leads, if the tool said so (Deep Linking 2.0 §3.2).
    pub url: Option<String>,
    /// The custom parameters, one on a line: as a teacher can edit them in Moodle (Deep Linking 2.0 §3.2).
    pub custom: String,
}

/// What a tool has answered (Deep Linking 2.0 §4.5).
#[derive(Clone, PartialEq, Eq)]
pub struct Placement {
    /// What stands in the course now (Deep Linking 2.0 §4.5).
    pub links: Vec<PlacedLink>,
    /// `data`, as it came back (Deep Linking 2.0 §4.5.5).
    pub data: Option<Value>,
    /// `errormsg`, which is shown (Deep Linking 2.0 §4.5).
    pub error_message: Option<String>,
    /// `msg` (Deep Linking 2.0 §4.5).
    pub message: Option<String>,
    /// All claims, as they were signed (Deep Linking 2.0 §4.5).
    pub claims: Value,
}

/// Why a platform does not take an answer (Deep Linking 2.0 §4.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefusedAnswer(pub &'static str);

impl fmt::Display for RefusedAnswer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the platform does not take the answer: {}", self.0)
    }
}

impl std::error::Error for RefusedAnswer {}

impl fmt::Debug for Placement {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Placement")
            .field("links", &self.links)
            .finish_non_exhaustive()
    }
}

impl PlacedLink {
    /// The parameters of a launch by this link: every line is one, up to the first `=` (Deep Linking 2.0 §3.2).
    pub fn parameters(&self) -> Value {
        let lines = self.custom.lines().filter_map(|line| line.split_once('='));
        let pairs = lines.map(|(name, value)| (name.to_owned(), Value::from(value)));
        Value::Object(pairs.collect::<Map<_, _>>())
    }
}

impl LaunchClaims {
    /// Choosing content instead of opening an activity; see [`SimulatedPlatform::deep_linking_settings`]
    /// (Deep Linking 2.0 §4.4).
    #[must_use]
    pub fn choosing(self, settings: Value) -> Self {
        self.without(&claim("resource_link"))
            .with(&claim("message_type"), DeepLinkingRequest::MESSAGE_TYPE)
            .with(DeepLinkingRequest::SETTINGS, settings)
    }

    /// Opening a placed link, which has got this id (LTI Core 1.3 §5.3.5).
    #[must_use]
    pub fn by_link(self, id: &str, link: &PlacedLink) -> Self {
        let claims = self.at_link(id, &link.title).with(&claim("custom"), link.parameters());
        match &link.url {
            Some(url) => claims.with(&claim("target_link_uri"), url.as_str()),
            None => claims,
        }
    }
}

impl SimulatedPlatform {
    /// Moodle's settings of a request (Deep Linking 2.0 §4.4.1).
    pub fn deep_linking_settings(&self) -> Value {
        json!({
            "accept_types": [LinkItem::TYPE],
            "accept_presentation_document_targets": ["frame", "iframe", "window"],
            "accept_copy_advice": false,
            "accept_multiple": true,
            "accept_unsigned": false,
            "auto_create": false,
            "can_confirm": false,
            "deep_link_return_url": format!("{}/contentitem_return?course=2&id=1&sesskey=Gn4jvWGKI0", self.base),
            "title": "Sprechzimmer",
            "text": "",
        })
    }

    /// Reads the answer of the tool, which publishes these keys. Stricter than Moodle, which looks at issuer, signature and
    /// expiry only: all of Deep Linking 2.0 §4.5 must be right.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn place(&self, jwt: &str, tool_keys: &KeySet, now: UnixTime) -> Result<Placement, RefusedAnswer> {
        let token = Token::parse(jwt.to_owned()).map_err(|_| RefusedAnswer("no JWT"))?;
        token
            .check_signature(tool_keys)
            .map_err(|_| RefusedAnswer("signature"))?;
        let claims: Value = token.members().map_err(|_| RefusedAnswer("no claims"))?;
        self.check(&claims, now)?;
        let member = |name: &str| claims.get(format!("{CLAIM}{name}"));
        let sentence = |name| member(name).and_then(Value::as_str).map(str::to_owned);
        let items = member("content_items").map_or(Ok(&[] as &[Value]), |items| {
            items
                .as_array()
                .map(Vec::as_slice)
                .ok_or(RefusedAnswer("content_items"))
        })?;
        Ok(Placement {
            links: items.iter().map(placed).collect::<Result<_, _>>()?,
            data: member("data").cloned(),
            error_message: sentence("errormsg"),
            message: sentence("msg"),
            claims: claims.clone(),
        })
    }

    fn check(&self, claims: &Value, now: UnixTime) -> Result<(), RefusedAnswer> {
        let lti = [
            ("message_type", DeepLinkingResponse::MESSAGE_TYPE),
            ("version", "1.3.0"),
            ("deployment_id", self.deployment_id.as_str()),
        ];
        let lti = lti.map(|(name, value)| (name, claim(name), value));
        let own = [("iss", self.client_id.as_str()), ("aud", self.base.as_str())];
        let own = own.map(|(name, value)| (name, name.to_owned(), value));
        for (what, name, value) in own.into_iter().chain(lti) {
            if claims.get(&name).and_then(Value::as_str) != Some(value) {
                return Err(RefusedAnswer(what));
            }
        }
        if claims.get("nonce").and_then(Value::as_str).is_none_or(str::is_empty) {
            return Err(RefusedAnswer("nonce"));
        }
        let time = |name| claims.get(name).and_then(Value::as_i64).ok_or(RefusedAnswer(name));
        let (issued, expires) = (time("iat")?, time("exp")?);
        if issued > now.seconds() {
            return Err(RefusedAnswer("iat"));
        }
        let in_time = expires > now.seconds() && expires.saturating_sub(issued) <= 300;
        if in_time { Ok(()) } else { Err(RefusedAnswer("exp")) }
    }
}

/// Moodle takes title, text, address and custom parameters, and ignores the rest.
fn placed(item: &Value) -> Result<PlacedLink, RefusedAnswer> {
    if item.get("type").and_then(Value::as_str) != Some(LinkItem::TYPE) {
        return Err(RefusedAnswer("type"));
    }
    let text = |name| item.get(name).and_then(Value::as_str);
    let custom = item.get("custom").and_then(Value::as_object).into_iter().flatten();
    let lines = custom.map(|(name, value)| value.as_str().map(|value| format!("{name}={value}")));
    let lines: Option<Vec<String>> = lines.collect();
    Ok(PlacedLink {
        title: text("title").unwrap_or("Sprechzimmer").to_owned(),
        text: text("text").unwrap_or_default().to_owned(),
        url: text("url").map(str::to_owned),
        custom: lines.ok_or(RefusedAnswer("custom"))?.join("\n"),
    })
}
