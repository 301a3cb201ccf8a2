//! A link into the tool, as it shall stand in the course.

use std::collections::BTreeMap;

use serde::Serialize;
use url::Url;

use super::response::DeepLinkingError;

/// Moodle keeps titles of 255 characters.
const LONGEST_TITLE: usize = 255;
const LONGEST_TEXT: usize = 4096;
const LONGEST_VALUE: usize = 1024;

/// A content item of type `ltiResourceLink` (Deep Linking 2.0 §3.2).
///
/// Whoever may edit the course can read and change all of it later, and a copied course carries it along word for word: it can
/// say what is meant, but it must never grant anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LinkItem {
    r#type: &'static str,
    url: Url,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    icon: Option<Icon>,
    #[serde(skip_serializing_if = "Option::is_none")]
    window: Option<Window>,
    #[serde(skip_serializing_if = "Option::is_none")]
    iframe: Option<Frame>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    custom: BTreeMap<String, String>,
}

/// A picture beside the link; sizes in pixels (Deep Linking 2.0 §3.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Icon {
    /// Where it is, on the tool's origin (Deep Linking 2.0 §3.2).
    pub url: Url,
    /// Its width (Deep Linking 2.0 §3.2).
    pub width: u32,
    /// Its height (Deep Linking 2.0 §3.2).
    pub height: u32,
}

/// A wish to be opened in a window of its own. Moodle ignores it (Deep Linking 2.0 §3.2).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Window {
    /// Name of the window: links with the same name share it (Deep Linking 2.0 §3.2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_name: Option<String>,
}

/// A wish to be opened in a frame of this size, in pixels. Moodle ignores it (Deep Linking 2.0 §3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Frame {
    /// Its width (Deep Linking 2.0 §3.2).
    pub width: u32,
    /// Its height (Deep Linking 2.0 §3.2).
    pub height: u32,
}

impl LinkItem {
    /// Value of `type` (Deep Linking 2.0 §3.2).
    pub const TYPE: &'static str = "ltiResourceLink";

    /// A link to `url`, which must be on the tool's origin and comes back as `target_link_uri` (Deep Linking 2.0 §3.2).
    pub const fn new(url: Url) -> Self {
        Self {
            r#type: Self::TYPE,
            url,
            title: None,
            text: None,
            icon: None,
            window: None,
            iframe: None,
            custom: BTreeMap::new(),
        }
    }

    /// With a title: the name of the activity, until a teacher changes it. At most 255 characters, on one line
    /// (Deep Linking 2.0 §3.2).
    #[must_use]
    pub fn titled(self, title: impl Into<String>) -> Self {
        Self {
            title: Some(title.into()),
            ..self
        }
    }

    /// With a description: plain text, although Moodle shows it as HTML (Deep Linking 2.0 §3.2).
    #[must_use]
    pub fn with_text(self, text: impl Into<String>) -> Self {
        Self {
            text: Some(text.into()),
            ..self
        }
    }

    /// With a picture (Deep Linking 2.0 §3.2).
    #[must_use]
    pub fn with_icon(self, icon: Icon) -> Self {
        Self {
            icon: Some(icon),
            ..self
        }
    }

    /// To be opened in a window of its own (Deep Linking 2.0 §3.2).
    #[must_use]
    pub fn in_window(self, window: Window) -> Self {
        Self {
            window: Some(window),
            ..self
        }
    }

    /// To be opened in a frame (Deep Linking 2.0 §3.2).
    #[must_use]
    pub const fn in_frame(mut self, frame: Frame) -> Self {
        self.iframe = Some(frame);
        self
    }

    /// With a custom parameter, which comes back with every launch: a name of lower-case letters, digits and `_` (Moodle changes
    /// all others), and a value on one line (in Moodle a second line would be a second parameter). A value such as `$User.id` is
    /// replaced by the platform at each launch (LTI Core 1.3 §6.1).
    #[must_use]
    pub fn with_custom(mut self, name: &str, value: impl Into<String>) -> Self {
        self.custom.insert(name.to_owned(), value.into());
        self
    }

    pub(super) fn check(&self, origin: &str) -> Result<(), DeepLinkingError> {
        let own = |url: &Url| url.origin().ascii_serialization() == origin;
        if !own(&self.url) || self.icon.as_ref().is_some_and(|icon| !own(&icon.url)) {
            return Err(DeepLinkingError::UrlForeign);
        }
        let title_fits = |title: &String| !title.trim().is_empty() && is_line(title, LONGEST_TITLE);
        let text_fits = |text: &String| text.chars().count() <= LONGEST_TEXT;
        if !self.title.as_ref().is_none_or(title_fits) || !self.text.as_ref().is_none_or(text_fits) {
            return Err(DeepLinkingError::TextInvalid);
        }
        if self.custom.iter().all(|(name, value)| is_parameter(name, value)) {
            Ok(())
        } else {
            Err(DeepLinkingError::CustomInvalid)
        }
    }
}

fn is_parameter(name: &str, value: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let named = (1..=255).contains(&name.len()) && name.bytes().all(plain);
    // spaces at the ends are lost in Moodle's text field
    named && is_line(value, LONGEST_VALUE) && value.trim() == value
}

fn is_line(text: &str, longest: usize) -> bool {
    text.chars().count() <= longest && !text.chars().any(|letter| letter.is_control() || is_line_break(letter))
}

const fn is_line_break(letter: char) -> bool {
    matches!(letter, '\u{2028}' | '\u{2029}')
}
