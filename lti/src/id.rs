//! Identifiers as newtypes, so that none can be taken for another.

use std::fmt;

use serde::{Deserialize, Serialize};

/// LTI identifiers have at most 255 ASCII characters (LTI Core 1.3 §5.3.3, §5.3.5, §5.3.6, §5.4.1).
const LONGEST: usize = 255;

/// A string that is no identifier: empty, longer than 255 bytes or not printable ASCII (LTI Core 1.3 §5.3.3, §5.3.5, §5.3.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier of 1 to 255 printable ASCII characters")]
#[non_exhaustive]
pub struct InvalidIdentifier;

macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident, $shown:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The identifier, exactly as the platform wrote it (LTI Core 1.3 §5.3.3, §5.3.5, §5.3.6).
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidIdentifier;

            fn try_from(text: String) -> Result<Self, InvalidIdentifier> {
                let fits = (1..=LONGEST).contains(&text.len()) && text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
                if fits { Ok(Self(text)) } else { Err(InvalidIdentifier) }
            }
        }

        impl std::str::FromStr for $name {
            type Err = InvalidIdentifier;

            fn from_str(text: &str) -> Result<Self, InvalidIdentifier> {
                Self::try_from(text.to_owned())
            }
        }

        impl From<$name> for String {
            fn from(identifier: $name) -> Self {
                identifier.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                let show: fn(&Self) -> &str = $shown;
                write!(formatter, "{}({:?})", stringify!($name), show(self))
            }
        }
    };
}

identifier! {
    /// `client_id`: the tool's name at one platform (LTI Core 1.3 §3.1.3).
    ClientId, |id| &id.0
}
identifier! {
    /// `deployment_id`: one installation of the tool in one platform, case-sensitive (LTI Core 1.3 §3.1.3, §5.3.3).
    DeploymentId, |id| &id.0
}
identifier! {
    /// `context.id`: a course, unique within one deployment (LTI Core 1.3 §5.4.1).
    ContextId, |id| &id.0
}
identifier! {
    /// `resource_link.id`: one activity in a course, unique within one deployment, new after a copy (LTI Core 1.3 §5.3.5).
    ResourceLinkId, |id| &id.0
}
identifier! {
    /// `sub`: a person, unique within one issuer, case-sensitive (LTI Core 1.3 §5.3.6). Its `Debug` is redacted.
    Subject, |_| "…"
}
