//! How and where the platform shows the tool.

use std::fmt;

use serde::{Deserialize, Serialize};
use url::Url;

use crate::claims::{Claims, filled};

/// Claims `launch_presentation` and `locale` (LTI Core 1.3 §5.4.4).
#[derive(Clone, PartialEq, Eq)]
pub struct Presentation {
    locale: Option<String>,
    document_target: Option<DocumentTarget>,
    return_url: Option<Url>,
}

/// The container the tool is shown in (LTI Core 1.3 §5.4.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DocumentTarget {
    /// The whole tab.
    Frame,
    /// A frame inside a page of the platform.
    Iframe,
    /// A tab or window of its own.
    Window,
}

impl DocumentTarget {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text {
            "frame" => Some(Self::Frame),
            "iframe" => Some(Self::Iframe),
            "window" => Some(Self::Window),
            _ => None,
        }
    }
}

impl Presentation {
    pub(crate) fn read(claims: &Claims) -> Self {
        let member = |name| filled(claims.launch_presentation.as_ref().and_then(|object| object.get(name)));
        let locale = member("locale").or_else(|| filled(claims.locale.as_ref()));
        Self {
            locale: locale.filter(|locale| is_language_tag(locale)).map(str::to_owned),
            document_target: member("document_target").and_then(DocumentTarget::parse),
            return_url: member("return_url")
                .and_then(|url| Url::parse(url).ok())
                .filter(is_web_address),
        }
    }

    /// Language tag as the platform writes it: `de`, `de-DE`, in Moodle also `de_du` (LTI Core 1.3 §5.4.4).
    pub fn locale(&self) -> Option<&str> {
        self.locale.as_deref()
    }

    /// The container, if the platform says so (LTI Core 1.3 §5.4.4).
    pub const fn document_target(&self) -> Option<DocumentTarget> {
        self.document_target
    }

    /// The way back, http or https. Moodle puts a session key into it: never log it, never show it to others
    /// (LTI Core 1.3 §5.4.4).
    pub const fn return_url(&self) -> Option<&Url> {
        self.return_url.as_ref()
    }
}

impl fmt::Debug for Presentation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Presentation")
            .field("document_target", &self.document_target)
            .finish_non_exhaustive()
    }
}

fn is_language_tag(text: &str) -> bool {
    text.len() <= 35
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// Nothing that a link could execute.
fn is_web_address(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}
