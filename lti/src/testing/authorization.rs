//! The platform's half of the authorization request.

use std::fmt;

use url::Url;

/// A tool's authorization request that a platform would accept (Security Framework 1.0 §5.1.1.2).
#[derive(Clone)]
pub struct AuthorizationRequest {
    redirect_uri: Url,
    login_hint: String,
    message_hint: Option<String>,
    state: String,
    nonce: String,
}

/// The parameter for which a platform would turn the tool's request down (Security Framework 1.0 §5.1.1.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefusedParameter(pub &'static str);

impl fmt::Display for RefusedParameter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "the authorization request is refused for its parameter {}",
            self.0
        )
    }
}

impl std::error::Error for RefusedParameter {}

impl AuthorizationRequest {
    pub(crate) fn read(url: &Url, client_id: &str, redirect_uri: &Url) -> Result<Self, RefusedParameter> {
        let take = |name: &'static str| {
            let mut values = url
                .query_pairs()
                .filter(|(field, _)| field == name)
                .map(|(_, value)| value.into_owned());
            let first = values.next();
            if values.next().is_some() {
                Err(RefusedParameter(name))
            } else {
                Ok(first)
            }
        };
        let expected = [
            ("scope", "openid"),
            ("response_type", "id_token"),
            ("response_mode", "form_post"),
            ("prompt", "none"),
            ("client_id", client_id),
            ("redirect_uri", redirect_uri.as_str()),
        ];
        for (name, value) in expected {
            if take(name)?.as_deref() != Some(value) {
                return Err(RefusedParameter(name));
            }
        }
        let require = |name: &'static str| {
            take(name)?
                .filter(|value| !value.is_empty())
                .ok_or(RefusedParameter(name))
        };
        Ok(Self {
            redirect_uri: redirect_uri.clone(),
            login_hint: require("login_hint")?,
            message_hint: take("lti_message_hint")?,
            state: require("state")?,
            nonce: require("nonce")?,
        })
    }

    /// Whom the platform meant when it began the login (Security Framework 1.0 §5.1.1.2).
    pub fn login_hint(&self) -> &str {
        &self.login_hint
    }

    /// Which message the platform meant, exactly as the tool returned it (LTI Core 1.3 §4.1.1).
    pub fn message_hint(&self) -> Option<&str> {
        self.message_hint.as_deref()
    }

    /// The tool's state (Security Framework 1.0 §5.1.1.2).
    pub fn state(&self) -> &str {
        &self.state
    }

    /// The tool's nonce (Security Framework 1.0 §5.1.1.2).
    pub fn nonce(&self) -> &str {
        &self.nonce
    }

    /// The form that carries this token back (Security Framework 1.0 §5.1.1.3).
    pub fn answered_with(&self, id_token: String) -> Answer {
        self.answer([("id_token", id_token), ("state", self.state.clone())])
    }

    /// The form that carries an error back (Security Framework 1.0 §5.1.1.5).
    pub fn refused_with(&self, error: &str, description: &str) -> Answer {
        self.answer([
            ("error", error.to_owned()),
            ("error_description", description.to_owned()),
            ("state", self.state.clone()),
        ])
    }

    fn answer<const COUNT: usize>(&self, fields: [(&str, String); COUNT]) -> Answer {
        Answer {
            redirect_uri: self.redirect_uri.clone(),
            fields: fields.map(|(name, value)| (name.to_owned(), value)).into(),
        }
    }
}

impl fmt::Debug for AuthorizationRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("AuthorizationRequest").finish_non_exhaustive()
    }
}

/// A form that the browser has to post (Security Framework 1.0 §5.1.1.3).
#[derive(Clone)]
pub struct Answer {
    /// Where to (Security Framework 1.0 §5.1.1.3).
    pub redirect_uri: Url,
    /// Its fields, decoded (Security Framework 1.0 §5.1.1.3).
    pub fields: Vec<(String, String)>,
}

impl Answer {
    /// The form as the body of the request (Security Framework 1.0 §5.1.1.3).
    pub fn to_urlencoded(&self) -> String {
        url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&self.fields)
            .finish()
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Answer")
            .field("redirect_uri", &self.redirect_uri.as_str())
            .finish_non_exhaustive()
    }
}
