//! Answers of the interface: XML with limits, read into types; what is not understood is an error, never a guess.

use std::str::FromStr;

use roxmltree::{Document, Node, ParsingOptions};

use super::super::BackendError;

/// No answer that is read here has more elements: a list of a thousand meetings with their people would have.
const NODES: u32 = 50_000;
/// No answer is nested deeper: `response/meetings/meeting/attendees/attendee/customdata/…`.
const DEPTH: usize = 16;

/// The keys by which a server says what is the matter. Its words are never read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// No key, as success has it.
    None,
    NotFound,
    Checksum,
    Duplicate,
    NotUnique,
    CreateTime,
    GuestDenied,
    NoMeetings,
    NoRecordings,
    Other,
}

impl Key {
    pub(super) fn parse(text: &str) -> Self {
        match text {
            "" => Self::None,
            "notFound" | "invalidMeetingIdentifier" | "meetingForciblyEnded" => Self::NotFound,
            "checksumError" => Self::Checksum,
            "duplicateWarning" => Self::Duplicate,
            "idNotUnique" => Self::NotUnique,
            "mismatchCreateTimeParam" => Self::CreateTime,
            "guestDeniedAccess" => Self::GuestDenied,
            "noMeetings" => Self::NoMeetings,
            "noRecordings" => Self::NoRecordings,
            _ => Self::Other,
        }
    }

    /// What a failed call means that needs no closer look.
    pub(super) fn as_error(self) -> BackendError {
        match self {
            Self::NotFound => BackendError::NoRoom,
            Self::Checksum => BackendError::Secret,
            Self::Duplicate | Self::NotUnique => BackendError::Used,
            _ => BackendError::Refused,
        }
    }
}

/// What a call has led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict<T> {
    Success(T),
    Failed(Key),
}

impl<T> Verdict<T> {
    pub(super) fn success(self) -> Result<T, BackendError> {
        match self {
            Self::Success(value) => Ok(value),
            Self::Failed(key) => Err(key.as_error()),
        }
    }
}

/// One element, read by the names of what is in it.
#[derive(Clone, Copy)]
pub(super) struct Part<'a>(Node<'a, 'a>);

impl<'a> Part<'a> {
    fn child(self, name: &str) -> Option<Node<'a, 'a>> {
        self.0.children().find(|node| node.has_tag_name(name))
    }

    /// The text of an element that may be missing or empty.
    pub(super) fn optional(self, name: &str) -> &'a str {
        self.child(name).and_then(|node| node.text()).unwrap_or_default().trim()
    }

    pub(super) fn text(self, name: &str) -> Result<&'a str, BackendError> {
        match self.optional(name) {
            "" => Err(BackendError::Garbled),
            text => Ok(text),
        }
    }

    /// A number, or `true` and `false`.
    pub(super) fn value<T: FromStr>(self, name: &str) -> Result<T, BackendError> {
        self.text(name)?.parse().map_err(|_| BackendError::Garbled)
    }

    /// Every `item` in the element `list`; none where there is no such element.
    pub(super) fn all(self, list: &str, item: &'static str) -> impl Iterator<Item = Part<'a>> + use<'a> {
        let items = self.child(list).map(|list| list.children());
        let items = items.into_iter().flatten();
        items.filter(move |node| node.has_tag_name(item)).map(Part)
    }

    /// Name and text of every element in the element `list`.
    pub(super) fn entries(self, list: &str) -> Vec<(String, String)> {
        let items = self.child(list).map(|list| list.children());
        let items = items.into_iter().flatten().filter(Node::is_element);
        items
            .map(|node| {
                let text = node.text().unwrap_or_default().trim();
                (node.tag_name().name().to_owned(), text.to_owned())
            })
            .collect()
    }

    pub(super) fn key(self) -> Key {
        let nested = self.all("errors", "error").next();
        match nested {
            Some(error) => Key::parse(error.optional("key")),
            None => Key::parse(self.optional("messageKey")),
        }
    }
}

/// Reads one answer; `take` says what success must hold.
pub(super) fn read<T>(
    body: &[u8],
    take: impl FnOnce(Part<'_>) -> Result<T, BackendError>,
) -> Result<Verdict<T>, BackendError> {
    let text = std::str::from_utf8(body).map_err(|_| BackendError::Garbled)?;
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: NODES,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(text, options).map_err(|_| not_xml(text))?;
    let root = document.root_element();
    if root.has_tag_name("html") {
        return Err(BackendError::WebPage);
    }
    let too_deep = |node: Node<'_, '_>| node.ancestors().nth(DEPTH).is_some();
    if !root.has_tag_name("response") || root.descendants().any(too_deep) {
        return Err(BackendError::Garbled);
    }
    let part = Part(root);
    match part.optional("returncode") {
        "SUCCESS" => Ok(Verdict::Success(take(part)?)),
        "FAILED" => Ok(Verdict::Failed(part.key())),
        _ => Err(BackendError::Garbled),
    }
}

/// Somebody else's web page is no garbled answer: the address is wrong, or a proxy answers.
fn not_xml(text: &str) -> BackendError {
    let begins = text.trim_start().get(..14).unwrap_or_default().to_ascii_lowercase();
    if begins.starts_with("<!doctype html") || begins.starts_with("<html") {
        BackendError::WebPage
    } else {
        BackendError::Garbled
    }
}
