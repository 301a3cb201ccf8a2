//! Every way a message can be refused, each with its code and the clause that demands the refusal.

use crate::refusal::Refusal;
use crate::time::UnixTime;

/// What the steps of this crate return (Security Framework 1.0 §5.1.3).
pub type Result<T> = std::result::Result<T, Error>;

/// One row per failure: variant, code, clause, HTTP status, text. The text never contains a value from the message.
macro_rules! failures {
    ($($variant:ident $(($payload:ty))?, $code:literal, $clause:literal, $status:literal, $text:literal;)*) => {
        /// Why a message was refused (Security Framework 1.0 §5.1.3, LTI Core 1.3 §5.3).
        ///
        /// Neither `Display` nor `Debug` repeats a value that came from outside, so that an error can be logged; of a token's time
        /// it says how far it is from ours.
        #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
        #[non_exhaustive]
        pub enum Error {
            $(
                #[doc = concat!("`", $code, "`: ", $clause)]
                #[error($text)]
                $variant $(($payload))?,
            )*
        }

        impl Error {
            /// Short stable name of the failure, for logs, metrics and tests (Security Framework 1.0 §5.1.3, LTI Core 1.3 §5.3).
            pub const fn code(&self) -> &'static str {
                match self { $(Self::$variant { .. } => $code,)* }
            }

            /// The clause that demands the refusal (Security Framework 1.0 §5.1.3, LTI Core 1.3 §5.3).
            pub const fn clause(&self) -> &'static str {
                match self { $(Self::$variant { .. } => $clause,)* }
            }

            /// HTTP status for the answer: 401 for everything about a token (Security Framework 1.0 §5.1.3), else 400.
            pub const fn http_status(&self) -> u16 {
                match self { $(Self::$variant { .. } => $status,)* }
            }
        }
    };
}

failures! {
    // Login initiation
    FormTooLarge, "form_too_large", "RFC 9110 §15.5.14", 413, "the form is larger than any platform's";
    ParameterMissing(&'static str), "parameter_missing", "Security Framework 1.0 §5.1.1.1", 400, "parameter {0} is missing";
    ParameterRepeated(&'static str), "parameter_repeated", "RFC 6749 §3.1", 400, "parameter {0} is there more than once";
    ParameterInvalid(&'static str), "parameter_invalid", "Security Framework 1.0 §5.1.1.1", 400, "parameter {0} is too long or malformed";
    IssuerUnknown, "issuer_unknown", "LTI Core 1.3 §3.1.3", 400, "no platform with this issuer is registered";
    ClientUnknown, "client_unknown", "LTI Core 1.3 §4.1.3", 400, "the issuer is registered, but not with this client_id";
    PlatformAmbiguous, "platform_ambiguous", "LTI Core 1.3 §4.1.3", 400, "several platforms share this issuer, and the request does not tell them apart";
    LoginDeploymentUnknown, "login_deployment_unknown", "LTI Core 1.3 §4.1.2", 400, "several platforms share this issuer, and none of them has this deployment";
    LoginTargetForeign, "login_target_foreign", "LTI Core 1.3 §4.1", 400, "target_link_uri of the login is not on the tool's origin";
    RedirectInvalid, "redirect_invalid", "Security Framework 1.0 §5.1.1.2", 500, "the tool's own redirect URI is not an https address";

    // Answer of the platform
    Refused(Refusal), "platform_refused", "Security Framework 1.0 §5.1.1.5", 400, "the platform refused the launch: {0}";
    TokenTooLarge, "token_too_large", "RFC 8725 §3.11", 413, "the token is larger than any platform's";
    TokenMalformed, "token_malformed", "RFC 7515 §5.2", 401, "the token is not a signed JWT";
    HeaderCritical, "header_critical", "RFC 7515 §4.1.11", 401, "the token's header demands an extension that is not understood";

    // State, platform
    StateMismatch, "state_mismatch", "Security Framework 1.0 §5.1.1.4", 401, "state does not belong to this browser's login";
    LoginExpired, "login_expired", "Security Framework 1.0 §7.3.1", 401, "the login was begun too long ago";
    PlatformMismatch, "platform_mismatch", "Security Framework 1.0 §5.1.1.4", 401, "the login was begun with another platform";

    // Signature
    KeyIdMissing, "kid_missing", "Security Framework 1.0 §6.3", 401, "the token's header has no kid";
    KeyIdUnknown, "kid_unknown", "Security Framework 1.0 §6.3", 401, "the platform's key set has no key with this kid";
    AlgorithmRefused, "algorithm_refused", "Security Framework 1.0 §5.1.3(6)", 401, "the token's algorithm is not the one of the key";
    SignatureWrong, "signature_wrong", "Security Framework 1.0 §5.1.3(1)", 401, "the signature is wrong";

    // OpenID Connect claims
    ClaimsMalformed, "claims_malformed", "RFC 7519 §7.2", 401, "the token's claims are not a JSON object with unique names";
    NotLti, "not_lti", "LTI Core 1.3 §5.3", 401, "the token is no LTI message at all";
    IssuerMissing, "iss_missing", "Security Framework 1.0 §5.1.2", 401, "claim iss is missing";
    IssuerWrong, "iss_wrong", "Security Framework 1.0 §5.1.3(2)", 401, "claim iss is not the platform's issuer";
    AudienceMissing, "aud_missing", "Security Framework 1.0 §5.1.2", 401, "claim aud is missing";
    AudienceWrong, "aud_wrong", "Security Framework 1.0 §5.1.3(3)", 401, "claim aud does not contain the tool's client_id";
    AuthorizedPartyMissing, "azp_missing", "Security Framework 1.0 §5.1.3(4)", 401, "the token has several audiences, but no azp";
    AuthorizedPartyWrong, "azp_wrong", "Security Framework 1.0 §5.1.3(5)", 401, "claim azp is not the tool's client_id";
    ExpiryMissing, "exp_missing", "Security Framework 1.0 §5.1.2", 401, "claim exp is missing or no number";
    Expired(ClockGap), "expired", "Security Framework 1.0 §5.1.3(7)", 401, "the token has expired: its time is {0}";
    IssuedAtMissing, "iat_missing", "Security Framework 1.0 §5.1.2", 401, "claim iat is missing or no number";
    IssuedInFuture(ClockGap), "iat_future", "Security Framework 1.0 §5.1.3(8)", 401, "claim iat lies in the future: it is {0}";
    IssuedTooLongAgo, "iat_old", "Security Framework 1.0 §5.1.3(8)", 401, "claim iat lies too far in the past";
    NotYetValid, "nbf_future", "RFC 7519 §4.1.5", 401, "claim nbf lies in the future or is no number";
    NonceMissing, "nonce_missing", "Security Framework 1.0 §5.1.3(9)", 401, "claim nonce is missing";
    NonceWrong, "nonce_wrong", "Security Framework 1.0 §5.1.3(9)", 401, "claim nonce is not the one of this login";
    NonceSpent, "nonce_spent", "Security Framework 1.0 §5.1.3(9)", 401, "the token has been used before";

    // LTI claims
    ClaimsMissing(ClaimNames), "claims_missing", "LTI Core 1.3 §5.3", 401, "several required claims are missing: {0}";
    VersionMissing, "version_missing", "LTI Core 1.3 §5.3.2", 401, "claim version is missing";
    VersionWrong, "version_wrong", "LTI Core 1.3 §5.3.2", 401, "claim version is not 1.3.0";
    MessageTypeMissing, "message_type_missing", "LTI Core 1.3 §5.3.1", 401, "claim message_type is missing";
    MessageTypeUnsupported, "message_type_unsupported", "LTI Core 1.3 §5.3.1", 401, "messages of this type are not supported";
    DeploymentMissing, "deployment_id_missing", "LTI Core 1.3 §5.3.3", 401, "claim deployment_id is missing or empty";
    DeploymentInvalid, "deployment_id_invalid", "LTI Core 1.3 §5.3.3", 401, "claim deployment_id is not a short ASCII string";
    DeploymentUnknown, "deployment_id_unknown", "LTI Core 1.3 §3.1.3", 401, "the platform is registered, but not with this deployment";
    DeploymentMismatch, "deployment_id_mismatch", "LTI Core 1.3 §4.1.2", 401, "claim deployment_id is not the one of the login";
    SubjectMissing, "sub_missing", "LTI Core 1.3 §5.3.6", 401, "claim sub is missing or empty";
    SubjectInvalid, "sub_invalid", "LTI Core 1.3 §5.3.6", 401, "claim sub is not a short ASCII string";
    RolesMissing, "roles_missing", "LTI Core 1.3 §5.3.7", 401, "claim roles is missing";
    RolesInvalid, "roles_invalid", "LTI Core 1.3 §5.3.7", 401, "claim roles is not an array";
    ResourceLinkMissing, "resource_link_id_missing", "LTI Core 1.3 §5.3.5", 401, "claim resource_link has no id";
    ResourceLinkInvalid, "resource_link_id_invalid", "LTI Core 1.3 §5.3.5", 401, "the id of claim resource_link is not a short ASCII string";
    ContextInvalid, "context_id_invalid", "LTI Core 1.3 §5.4.1", 401, "claim context has no id, or not a short ASCII string";
    TargetMissing, "target_link_uri_missing", "LTI Core 1.3 §5.3.4", 401, "claim target_link_uri is missing";
    SettingsMissing, "deep_linking_settings_missing", "Deep Linking 2.0 §4.4.1", 401, "claim deep_linking_settings is missing or no object";
    AcceptTypesMissing, "accept_types_missing", "Deep Linking 2.0 §4.4.1", 401, "claim deep_linking_settings has no array accept_types";
    ReturnUrlInvalid, "deep_link_return_url_invalid", "Deep Linking 2.0 §4.4.1, LTI Core 1.3 App. C", 401, "deep_link_return_url is missing or no https address";
    ReturnUrlForeign, "deep_link_return_url_foreign", "Deep Linking 2.0 §4.4.1 and a rule of this tool", 401, "deep_link_return_url is on no host that the platform is registered with";
    TargetForeign, "target_link_uri_foreign", "LTI Core 1.3 §5.3.4", 401, "claim target_link_uri is not on the tool's origin";
}

/// How far a token's time is from the tool's clock: `iat`, or `exp` if there is no `iat` (Security Framework 1.0 §5.1.3(7), (8)).
///
/// Above [`crate::Platform::leeway`] the two clocks differ, or the person took long on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockGap(i64);

impl ClockGap {
    pub(crate) const fn between(token: UnixTime, now: UnixTime) -> Self {
        Self(token.seconds().saturating_sub(now.seconds()))
    }

    /// Whole seconds; positive if the token's time is ahead (Security Framework 1.0 §5.1.3(7), (8)).
    pub const fn seconds_ahead(self) -> i64 {
        self.0
    }
}

impl std::fmt::Display for ClockGap {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let way = if self.0 > 0 { "ahead of" } else { "behind" };
        write!(formatter, "{} s {way} this clock", self.0.unsigned_abs())
    }
}

/// Names of required claims that a token lacks; names of the specification, never values (LTI Core 1.3 §5.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimNames(pub(crate) Vec<&'static str>);

impl ClaimNames {
    /// The names, in the order in which the claims are checked (LTI Core 1.3 §5.3).
    pub fn names(&self) -> &[&'static str] {
        &self.0
    }
}

impl std::fmt::Display for ClaimNames {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0.join(", "))
    }
}
