//! The tool's answer: what was chosen, signed for the platform.

use std::fmt;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};
use url::Url;

use super::{DeepLinkingRequest, LinkItem};
use crate::time::UnixTime;
use crate::tool_key::{ToolKey, ToolKeyError};

const LTI: &str = "https://purl.imsglobal.org/spec/lti/claim/";
const DEEP_LINKING: &str = "https://purl.imsglobal.org/spec/lti-dl/claim/";
/// Moodle refuses an `iat` that lies a second in its future, without any leeway.
const BACKDATED: Duration = Duration::from_secs(5);
/// The certification allows five minutes, counted from `iat`.
const LIFE: Duration = Duration::from_mins(5);

/// Items that cannot be sent (Deep Linking 2.0 §4.5.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DeepLinkingError {
    /// `accept_types` lacks `ltiResourceLink` (Deep Linking 2.0 §4.4.1).
    #[error("the platform takes no links here")]
    LinksNotAccepted,
    /// `accept_multiple` is not true (Deep Linking 2.0 §4.4.1).
    #[error("the platform takes one item only")]
    SeveralNotAccepted,
    /// A launch by it would be refused (LTI Core 1.3 §5.3.4).
    #[error("an address of the item is not on the tool's origin")]
    UrlForeign,
    /// An empty or too long title, one of several lines, a too long text.
    #[error("the title or the text of the item is empty, too long or has several lines")]
    TextInvalid,
    /// See [`LinkItem::with_custom`].
    #[error("a custom parameter of the item could be read as something else")]
    CustomInvalid,
}

/// An answer that is not signed yet (Deep Linking 2.0 §4.5).
#[derive(Clone, PartialEq, Eq)]
pub struct DeepLinkingResponse {
    request: DeepLinkingRequest,
    items: Vec<LinkItem>,
    texts: Map<String, Value>,
}

/// What the browser has to post, by itself and with a button for those without script (Deep Linking 2.0 §4.5).
///
/// The signed answer is for the platform only: `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct DeepLinkingForm {
    /// Where to, in the same window or frame (Deep Linking 2.0 §2.3).
    pub action: Url,
    /// Value of the only field, [`DeepLinkingForm::FIELD`] (Deep Linking 2.0 §4.5).
    pub jwt: String,
}

impl DeepLinkingForm {
    /// Name of the field (Security Framework 1.0 §5.2.1).
    pub const FIELD: &'static str = "JWT";
}

impl DeepLinkingResponse {
    /// Value of the claim `message_type` (Deep Linking 2.0 §4.5.2).
    pub const MESSAGE_TYPE: &'static str = "LtiDeepLinkingResponse";

    pub(super) fn new(request: DeepLinkingRequest, items: Vec<LinkItem>) -> Self {
        Self {
            request,
            items,
            texts: Map::new(),
        }
    }

    /// `msg`: a sentence for the person (Deep Linking 2.0 §4.5.7). Moodle does not show it.
    #[must_use]
    pub fn with_message(self, sentence: &str) -> Self {
        self.with("msg", sentence)
    }

    /// `errormsg`: what went wrong, for the person (Deep Linking 2.0 §4.5.9).
    #[must_use]
    pub fn with_error_message(self, sentence: &str) -> Self {
        self.with("errormsg", sentence)
    }

    /// `log`: a line for the platform's log (Deep Linking 2.0 §4.5.8).
    #[must_use]
    pub fn with_log(self, line: &str) -> Self {
        self.with("log", line)
    }

    /// `errorlog`: what went wrong, for the platform's log (Deep Linking 2.0 §4.5.10).
    #[must_use]
    pub fn with_error_log(self, line: &str) -> Self {
        self.with("errorlog", line)
    }

    fn with(mut self, name: &str, value: &str) -> Self {
        self.texts.insert(format!("{DEEP_LINKING}{name}"), Value::from(value));
        self
    }

    /// Signs the answer; it is good for five minutes. `entropy` becomes the nonce, so it must be new and secure for every answer
    /// (Deep Linking 2.0 §4.5).
    ///
    /// # Errors
    /// [`ToolKeyError::Signing`], if the key fails.
    pub fn sign(self, key: &ToolKey, entropy: [u8; 16], now: UnixTime) -> Result<DeepLinkingForm, ToolKeyError> {
        let DeepLinkingRequest {
            issuer,
            client_id,
            deployment_id,
            return_url,
            data,
            ..
        } = self.request;
        let issued = now.minus(BACKDATED);
        let mut claims = self.texts;
        let own = [
            ("iss", json!(client_id)),
            ("aud", json!(issuer)),
            ("iat", json!(issued)),
            ("exp", json!(issued.plus(LIFE))),
            ("nonce", json!(URL_SAFE_NO_PAD.encode(entropy))),
        ];
        claims.extend(own.map(|(name, value)| (name.to_owned(), value)));
        let lti = [
            ("message_type", json!(Self::MESSAGE_TYPE)),
            ("version", json!("1.3.0")),
            ("deployment_id", json!(deployment_id)),
        ];
        claims.extend(lti.map(|(name, value)| (format!("{LTI}{name}"), value)));
        claims.insert(format!("{DEEP_LINKING}content_items"), json!(self.items));
        if let Some(data) = data {
            claims.insert(format!("{DEEP_LINKING}data"), data);
        }
        Ok(DeepLinkingForm {
            action: return_url,
            jwt: key.sign(&claims)?,
        })
    }
}

impl fmt::Debug for DeepLinkingResponse {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("DeepLinkingResponse")
            .field("request", &self.request)
            .field("items", &self.items.len())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for DeepLinkingForm {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("DeepLinkingForm").finish_non_exhaustive()
    }
}
