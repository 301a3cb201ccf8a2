//! The claims of a token as they came, only those that are needed; the rest is dropped while reading.

use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use crate::error::{ClockGap, Error, Result};
use crate::platform::Platform;
use crate::time::UnixTime;

/// A token older than this is refused, so that spent nonces need not be kept for long (Security Framework 1.0 §5.1.3(8)).
pub(crate) const MAX_AGE: Duration = Duration::from_mins(10);

/// `Value`s, because a claim of the wrong type must be told from a missing one; `null` counts as missing.
#[derive(Deserialize)]
pub(crate) struct Claims {
    iss: Option<Value>,
    aud: Option<Value>,
    azp: Option<Value>,
    exp: Option<Value>,
    iat: Option<Value>,
    nbf: Option<Value>,
    nonce: Option<Value>,
    pub(crate) sub: Option<Value>,
    pub(crate) name: Option<Value>,
    pub(crate) given_name: Option<Value>,
    pub(crate) family_name: Option<Value>,
    pub(crate) locale: Option<Value>,
    #[serde(rename = "https://purl.imsglobal.org/spec/lti/claim/version")]
    pub(crate) version: Option<Value>,
    #[serde(rename = "https://purl.imsglobal.org/spec/lti/claim/message_type")]
    pub(crate) message_type: Option<Value>,
    #[serde(rename = "https://purl.imsglobal.org/spec/lti/claim/deployment_id")]
    pub(crate) deployment_id: Option<Value>,
    #[serde(rename = "https://purl.imsglobal.org/spec/lti/claim/roles")]
    pub(crate) roles: Option<Value>,
    #[serde(rename = "https://purl.imsglobal.org/spec/lti/claim/context")]
    pub(crate) context: Option<Value>,
    #[serde(rename = "https://purl.imsglobal.org/spec/lti/claim/resource_link")]
    pub(crate) resource_link: Option<Value>,
    #[serde(rename = "https://purl.imsglobal.org/spec/lti/claim/target_link_uri")]
    pub(crate) target_link_uri: Option<Value>,
    #[serde(rename = "https://purl.imsglobal.org/spec/lti/claim/launch_presentation")]
    pub(crate) launch_presentation: Option<Value>,
    #[serde(rename = "https://purl.imsglobal.org/spec/lti/claim/custom")]
    pub(crate) custom: Option<Value>,
    #[serde(rename = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice")]
    pub(crate) names_and_roles: Option<Value>,
    #[serde(rename = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings")]
    pub(crate) deep_linking: Option<Value>,
}

impl Claims {
    /// A correctly signed JWT that is nothing like an LTI message, as the certification sends one.
    pub(crate) fn check_kind(&self) -> Result<()> {
        let anything = [
            &self.iss,
            &self.aud,
            &self.version,
            &self.message_type,
            &self.deployment_id,
        ];
        if anything.iter().all(|claim| claim.is_none()) {
            Err(Error::NotLti)
        } else {
            Ok(())
        }
    }

    pub(crate) fn issuer(&self) -> Option<&str> {
        filled(self.iss.as_ref())
    }

    /// Security Framework 1.0 §5.1.3(2): the very string.
    pub(crate) fn check_issuer(&self, platform: &Platform) -> Result<()> {
        let issuer = self.iss.as_ref().ok_or(Error::IssuerMissing)?;
        if issuer.as_str() == Some(platform.issuer()) {
            Ok(())
        } else {
            Err(Error::IssuerWrong)
        }
    }

    /// Security Framework 1.0 §5.1.3(3) to (5): a string or an array; further audiences only if `azp` says we are meant.
    pub(crate) fn check_audience(&self, platform: &Platform) -> Result<()> {
        let own = platform.client_id().as_str();
        let several = match self.aud.as_ref().ok_or(Error::AudienceMissing)? {
            Value::String(only) if only == own => false,
            Value::Array(list) if !list.iter().all(Value::is_string) => return Err(Error::AudienceWrong),
            Value::Array(list) if list.iter().any(|one| one.as_str() == Some(own)) => list.len() > 1,
            _ => return Err(Error::AudienceWrong),
        };
        match &self.azp {
            None if several => Err(Error::AuthorizedPartyMissing),
            Some(party) if party.as_str() != Some(own) => Err(Error::AuthorizedPartyWrong),
            _ => Ok(()),
        }
    }

    /// Security Framework 1.0 §5.1.3(7) and (8). Returns the moment from which the token is refused anyway.
    pub(crate) fn check_times(&self, leeway: Duration, now: UnixTime) -> Result<UnixTime> {
        let expires = time(self.exp.as_ref()).ok_or(Error::ExpiryMissing)?;
        let issued = time(self.iat.as_ref());
        let gap = ClockGap::between(issued.unwrap_or(expires), now);
        let expiry = expires.plus(leeway);
        if now >= expiry {
            return Err(Error::Expired(gap));
        }
        let issued = issued.ok_or(Error::IssuedAtMissing)?;
        if issued > now.plus(leeway) {
            return Err(Error::IssuedInFuture(gap));
        }
        let too_old = issued.plus(MAX_AGE).plus(leeway);
        if now >= too_old {
            return Err(Error::IssuedTooLongAgo);
        }
        let starts = self
            .nbf
            .as_ref()
            .map(|value| UnixTime::from_json(value).ok_or(Error::NotYetValid))
            .transpose()?;
        if starts.is_some_and(|starts| starts > now.plus(leeway)) {
            return Err(Error::NotYetValid);
        }
        Ok(expiry.min(too_old))
    }

    /// Security Framework 1.0 §5.1.3(9).
    pub(crate) fn nonce(&self) -> Result<&str> {
        filled(self.nonce.as_ref()).ok_or(Error::NonceMissing)
    }
}

fn time(value: Option<&Value>) -> Option<UnixTime> {
    UnixTime::from_json(value?)
}

/// A string with something in it.
pub(crate) fn filled(value: Option<&Value>) -> Option<&str> {
    value?.as_str().filter(|text| !text.is_empty())
}
