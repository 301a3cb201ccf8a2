//! Answers as the interface writes them: no declaration, whatever the outcome with status 200.

use std::fmt::Write as _;

use axum::http::header;
use axum::response::{IntoResponse, Response};

/// What stands in one element.
#[derive(Debug, Default)]
pub(super) struct Xml(String);

impl Xml {
    pub(super) fn success() -> Self {
        Self::default().text("returncode", "SUCCESS")
    }

    pub(super) fn failed(key: &str) -> Self {
        Self::default()
            .text("returncode", "FAILED")
            .text("messageKey", key)
            .text("message", "no")
    }

    pub(super) fn text(mut self, name: &str, text: &str) -> Self {
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        // writing to a text cannot fail
        let _ = writeln!(self.0, "<{name}>{text}</{name}>");
        self
    }

    pub(super) fn part(mut self, name: &str, inner: &Self) -> Self {
        let _ = writeln!(self.0, "<{name}>\n{}</{name}>", inner.0);
        self
    }

    /// One after the other.
    pub(super) fn parts(name: &str, all: impl Iterator<Item = Self>) -> Self {
        all.fold(Self::default(), |list, one| list.part(name, &one))
    }

    /// Appends what stands in another.
    pub(super) fn and(mut self, other: &Self) -> Self {
        self.0.push_str(&other.0);
        self
    }
}

impl IntoResponse for Xml {
    fn into_response(self) -> Response {
        let body = format!("<response>\n{}</response>", self.0);
        ([(header::CONTENT_TYPE, "text/xml;charset=utf-8")], body).into_response()
    }
}
