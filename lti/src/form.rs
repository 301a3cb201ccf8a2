//! Foreign form fields: limits first, then lookup by name.

use crate::error::{Error, Result};

/// No platform sends more: the largest part is a token of at most 64 KiB.
const LARGEST_FORM: usize = 96 * 1024;
const MOST_FIELDS: usize = 128;

/// Name-value pairs of one query string or one posted form.
pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    /// Takes decoded pairs; refuses what is larger than any platform's message.
    pub(crate) fn collect<Name: Into<String>, Value: Into<String>>(
        pairs: impl IntoIterator<Item = (Name, Value)>,
    ) -> Result<Self> {
        let mut fields = Vec::new();
        let mut size = 0_usize;
        for (name, value) in pairs {
            let (name, value) = (name.into(), value.into());
            size = size.saturating_add(name.len()).saturating_add(value.len());
            if size > LARGEST_FORM || fields.len() == MOST_FIELDS {
                return Err(Error::FormTooLarge);
            }
            fields.push((name, value));
        }
        Ok(Self(fields))
    }

    /// Takes an `application/x-www-form-urlencoded` body or query; bytes that are no UTF-8 become U+FFFD.
    pub(crate) fn from_urlencoded(encoded: &[u8]) -> Result<Self> {
        if encoded.len() > 3 * LARGEST_FORM {
            return Err(Error::FormTooLarge);
        }
        Self::collect(url::form_urlencoded::parse(encoded))
    }

    /// The value of `name`, removed from the form; a repeated parameter is refused (RFC 6749 §3.1).
    pub(crate) fn take(&mut self, name: &'static str) -> Result<Option<String>> {
        let mut found = None;
        for (_, value) in self.0.iter_mut().filter(|(field, _)| field == name) {
            if found.replace(std::mem::take(value)).is_some() {
                return Err(Error::ParameterRepeated(name));
            }
        }
        Ok(found)
    }

    /// As [`Form::take`], with an empty value counted as absent and a limit in bytes.
    pub(crate) fn take_filled(&mut self, name: &'static str, longest: usize) -> Result<Option<String>> {
        match self.take(name)? {
            Some(value) if value.len() > longest => Err(Error::ParameterInvalid(name)),
            value => Ok(value.filter(|value| !value.is_empty())),
        }
    }

    /// As [`Form::take_filled`], for a parameter that must be there.
    pub(crate) fn require(&mut self, name: &'static str, longest: usize) -> Result<String> {
        self.take_filled(name, longest)?.ok_or(Error::ParameterMissing(name))
    }
}
