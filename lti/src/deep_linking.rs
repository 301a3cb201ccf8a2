//! Deep Linking 2.0: a teacher chooses in the tool what shall stand in the course.

mod item;
mod response;

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;

pub use item::{Frame, Icon, LinkItem, Window};
pub use response::{DeepLinkingError, DeepLinkingForm, DeepLinkingResponse};

use crate::claims::{Claims, filled};
use crate::error::{Error, Result};
use crate::id::{ClientId, DeploymentId};
use crate::launch::text;
use crate::pending::Pending;
use crate::platform::{Platform, is_secure};
use crate::presentation::DocumentTarget;

/// A verified `LtiDeepLinkingRequest` (Deep Linking 2.0 §4.4), to be answered once.
///
/// ```no_run
/// # fn f(launch: lti13_tool::Launch, key: &lti13_tool::ToolKey, entropy: [u8; 16], now: lti13_tool::UnixTime)
/// # -> Result<(), Box<dyn std::error::Error>> {
/// use lti13_tool::{LinkItem, Message};
///
/// let Message::DeepLinking(request) = launch.into_message() else { return Ok(()) };
/// let link = LinkItem::new("https://tool.example/lti/launch".parse()?)
///     .titled("Chapter 3")
///     .with_custom("chapter", "3");
/// let form = request.answer(vec![link])?.sign(key, entropy, now)?;
/// // a page with a form that posts field `form.jwt` as `JWT` to `form.action`, by itself
/// # Ok(())
/// # }
/// ```
///
/// Between request and answer somebody chooses, so it can be stored: sealed (encrypted and authenticated), like
/// [`crate::Pending`], as whoever could change it would decide where the answer goes. Its `Debug` shows neither the address
/// of the answer nor the platform's data.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeepLinkingRequest {
    issuer: String,
    client_id: ClientId,
    deployment_id: DeploymentId,
    /// The tool's own.
    origin: String,
    return_url: Url,
    accept_types: Vec<String>,
    accept_media_types: Vec<String>,
    targets: Vec<DocumentTarget>,
    several: bool,
    auto_create: bool,
    title: Option<String>,
    text: Option<String>,
    data: Option<Value>,
}

impl DeepLinkingRequest {
    /// Value of the claim `message_type` (Deep Linking 2.0 §4.4.2).
    pub const MESSAGE_TYPE: &'static str = "LtiDeepLinkingRequest";
    /// Name of the claim with the settings (Deep Linking 2.0 §4.4.1).
    pub const SETTINGS: &'static str = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings";

    pub(crate) fn read(
        claims: &Claims,
        platform: &Platform,
        deployment_id: &DeploymentId,
        pending: &Pending,
    ) -> Result<Self> {
        let settings = claims.deep_linking.as_ref().filter(|settings| settings.is_object());
        let settings = settings.ok_or(Error::SettingsMissing)?;
        let accept_types = settings.get("accept_types").and_then(Value::as_array);
        let return_url = filled(settings.get("deep_link_return_url")).ok_or(Error::ReturnUrlInvalid)?;
        Ok(Self {
            issuer: platform.issuer().to_owned(),
            client_id: platform.client_id().clone(),
            deployment_id: deployment_id.clone(),
            origin: pending.origin().to_owned(),
            return_url: read_return_url(return_url, platform)?,
            accept_types: strings(accept_types.ok_or(Error::AcceptTypesMissing)?),
            accept_media_types: media_types(settings.get("accept_media_types")),
            targets: targets(settings.get("accept_presentation_document_targets")),
            several: flag(settings.get("accept_multiple")),
            auto_create: flag(settings.get("auto_create")),
            title: text(settings.get("title")),
            text: text(settings.get("text")),
            data: settings.get("data").filter(|data| !data.is_null()).cloned(),
        })
    }

    /// Are links into the tool (`ltiResourceLink`) wanted at all? (Deep Linking 2.0 §4.4.1, `accept_types`)
    pub fn accepts_links(&self) -> bool {
        self.accept_types.iter().any(|kind| kind == LinkItem::TYPE)
    }

    /// `accept_types`, as the platform wrote them (Deep Linking 2.0 §4.4.1).
    pub fn accept_types(&self) -> &[String] {
        &self.accept_types
    }

    /// `accept_media_types`: a list with commas by the specification, an array in Moodle (Deep Linking 2.0 §4.4.1).
    pub fn accept_media_types(&self) -> &[String] {
        &self.accept_media_types
    }

    /// `accept_presentation_document_targets`, those that are known (Deep Linking 2.0 §4.4.1).
    pub fn targets(&self) -> &[DocumentTarget] {
        &self.targets
    }

    /// `accept_multiple`: more than one item. One only, where the platform does not say it (Deep Linking 2.0 §4.4.1).
    pub const fn accepts_several(&self) -> bool {
        self.several
    }

    /// `auto_create`: the platform keeps the items without asking again (Deep Linking 2.0 §4.4.1).
    pub const fn creates_at_once(&self) -> bool {
        self.auto_create
    }

    /// `title`: what the platform would call the item (Deep Linking 2.0 §4.4.1).
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// `text`: how the platform would describe it (Deep Linking 2.0 §4.4.1).
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// Where the answer goes. Moodle puts a session key into it: never log it (Deep Linking 2.0 §4.4.1).
    pub const fn return_url(&self) -> &Url {
        &self.return_url
    }

    /// Answers with these items (Deep Linking 2.0 §4.5). None of them is the same as [`DeepLinkingRequest::cancel`].
    ///
    /// # Errors
    /// Items that the platform does not take, that lead to another origin than the tool's, or that a platform could read as
    /// something else.
    pub fn answer(self, items: Vec<LinkItem>) -> std::result::Result<DeepLinkingResponse, DeepLinkingError> {
        if !items.is_empty() && !self.accepts_links() {
            return Err(DeepLinkingError::LinksNotAccepted);
        }
        if items.len() > 1 && !self.several {
            return Err(DeepLinkingError::SeveralNotAccepted);
        }
        for item in &items {
            item.check(&self.origin)?;
        }
        Ok(DeepLinkingResponse::new(self, items))
    }

    /// Answers without any item: the platform gets its browser back all the same (Deep Linking 2.0 §2.3).
    pub fn cancel(self) -> DeepLinkingResponse {
        DeepLinkingResponse::new(self, Vec::new())
    }
}

impl fmt::Debug for DeepLinkingRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("DeepLinkingRequest")
            .field("issuer", &self.issuer)
            .field("accept_types", &self.accept_types)
            .field("several", &self.several)
            .finish_non_exhaustive()
    }
}

/// The browser takes a signed answer there, so it must be the platform.
fn read_return_url(text: &str, platform: &Platform) -> Result<Url> {
    let mut url = Url::parse(text).map_err(|_| Error::ReturnUrlInvalid)?;
    if !is_secure(&url) || !url.username().is_empty() || url.password().is_some() {
        return Err(Error::ReturnUrlInvalid);
    }
    url.set_fragment(None);
    if platform.has_host(&url) {
        Ok(url)
    } else {
        Err(Error::ReturnUrlForeign)
    }
}

fn strings(list: &[Value]) -> Vec<String> {
    list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn media_types(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Array(list)) => strings(list),
        Some(Value::String(list)) => {
            let types = list.split(',').map(str::trim).filter(|kind| !kind.is_empty());
            types.map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}

fn targets(value: Option<&Value>) -> Vec<DocumentTarget> {
    let list = value.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str)
        .filter_map(DocumentTarget::parse)
        .collect()
}

/// Some platforms write their booleans as strings.
fn flag(value: Option<&Value>) -> bool {
    matches!(value, Some(Value::Bool(true))) || filled(value) == Some("true")
}
