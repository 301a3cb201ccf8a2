//! Calls of the interface as addresses: parameters in form encoding, signed with the shared secret.

use aws_lc_rs::digest::{self, digest};
use url::Url;
use url::form_urlencoded::Serializer;

use crate::id::hex;
use crate::private::Private;

/// The hash that signs a call. Every server since 2.5 knows all four; balancers know fewer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Algorithm {
    Sha1,
    #[default]
    Sha256,
    Sha384,
    Sha512,
}

impl Algorithm {
    pub const ALL: [Self; 4] = [Self::Sha1, Self::Sha256, Self::Sha384, Self::Sha512];

    pub fn code(self) -> &'static str {
        match self {
            Self::Sha1 => "sha1",
            Self::Sha256 => "sha256",
            Self::Sha384 => "sha384",
            Self::Sha512 => "sha512",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.code() == code)
    }

    /// The checksum of a call: the hash of its name, its query as it is sent, and the secret, in lower-case hexadecimal.
    pub fn checksum(self, call: &str, query: &str, secret: &str) -> String {
        let hash = match self {
            Self::Sha1 => &digest::SHA1_FOR_LEGACY_USE_ONLY,
            Self::Sha256 => &digest::SHA256,
            Self::Sha384 => &digest::SHA384,
            Self::Sha512 => &digest::SHA512,
        };
        hex(digest(hash, [call, query, secret].concat().as_bytes()).as_ref())
    }
}

/// The parameters of one call, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Parameters(Vec<(&'static str, String)>);

impl Parameters {
    #[must_use]
    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.0.push((name, value.into()));
        self
    }

    /// The same without one parameter; for the self-test.
    #[must_use]
    pub(super) fn without(mut self, name: &str) -> Self {
        self.0.retain(|(known, _)| *known != name);
        self
    }

    /// The same with another value of one parameter; for the self-test.
    #[must_use]
    pub(super) fn replaced(mut self, name: &str, value: &str) -> Self {
        for (known, old) in &mut self.0 {
            if *known == name {
                value.clone_into(old);
            }
        }
        self
    }

    fn query(&self) -> String {
        Serializer::new(String::new()).extend_pairs(&self.0).finish()
    }
}

/// Where calls go, and what signs them.
#[derive(Clone, Debug)]
pub(super) struct Signer {
    /// Ends with a slash.
    pub(super) base: Url,
    pub(super) secret: Private<String>,
    pub(super) algorithm: Algorithm,
}

impl Signer {
    /// The address of a call. The checksum comes last, as the narrowest of the compatible servers wants it.
    pub(super) fn address(&self, call: &str, parameters: &Parameters) -> Url {
        let query = parameters.query();
        let checksum = self.algorithm.checksum(call, &query, self.secret.expose());
        let separator = if query.is_empty() { "" } else { "&" };
        let mut url = self.base.clone();
        url.set_path(&format!("{}{call}", self.base.path()));
        // what a form encoding leaves as it is, an address leaves as it is too: the signed bytes are the sent bytes
        url.set_query(Some(&format!("{query}{separator}checksum={checksum}")));
        url
    }

    /// The address of the interface itself, which needs no signature.
    pub(super) fn root(&self) -> Url {
        let mut url = self.base.clone();
        url.set_path(self.base.path().trim_end_matches('/'));
        url
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_signed_bytes_are_the_sent_bytes_whatever_somebody_is_called(name in "\\PC{0,200}") {
            let signer = Signer {
                base: "https://bbb.example.org/bigbluebutton/api/".parse().unwrap(),
                secret: Private::new("s3cret".to_owned()),
                algorithm: Algorithm::Sha256,
            };
            let url = signer.address("join", &Parameters::default().with("fullName", name.clone()).with("role", "VIEWER"));
            let (signed, checksum) = url.query().unwrap().rsplit_once("&checksum=").unwrap();
            prop_assert_eq!(Algorithm::Sha256.checksum("join", signed, "s3cret"), checksum);
            let read: Vec<_> = url.query_pairs().map(|(_, value)| value.into_owned()).collect();
            prop_assert_eq!(&read[0], &name);
        }
    }
}
