//! The platform's half of a dynamic registration, with Moodle's demands and Moodle's answer.

use serde_json::{Value, json};
use url::Url;

use super::SimulatedPlatform;
use super::services::ServiceAnswer;

const TOOL: &str = "https://purl.imsglobal.org/spec/lti-tool-configuration";

/// What the tool asked to be registered as (LTI Dynamic Registration 1.0 §3.5.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisteredTool {
    /// `client_name` (LTI Dynamic Registration 1.0 §3.5.2).
    pub name: String,
    /// `scope`, as sent (LTI Dynamic Registration 1.0 §3.5.2).
    pub scope: String,
    /// Where the platform will begin logins (LTI Dynamic Registration 1.0 §3.5.2).
    pub login_url: String,
}

impl SimulatedPlatform {
    /// The token that this platform gives its administrator's browser for one registration
    /// (LTI Dynamic Registration 1.0 §3.3).
    pub const REGISTRATION_TOKEN: &'static str = "simulated-registration-token";

    /// The address of [`SimulatedPlatform::openid_configuration`] (LTI Dynamic Registration 1.0 §3.3).
    pub fn configuration_url(&self) -> String {
        format!("{}/openid-configuration", self.base)
    }

    /// The configuration, in the shape of Moodle's (LTI Dynamic Registration 1.0 §3.4).
    pub fn openid_configuration(&self) -> Value {
        let at = |path: &str| format!("{}/{path}", self.base);
        json!({
            "issuer": self.base,
            "token_endpoint": at("token"),
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            "token_endpoint_auth_signing_alg_values_supported": ["RS256"],
            "jwks_uri": at("keys"),
            "authorization_endpoint": at("authorize"),
            "registration_endpoint": at("register"),
            "scopes_supported": ["https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly", "openid"],
            "response_types_supported": ["id_token"],
            "subject_types_supported": ["public", "pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "claims_supported": ["sub", "iss", "name", "given_name", "family_name", "email"],
            "https://purl.imsglobal.org/spec/lti-platform-configuration": {
                "product_family_code": "moodle",
                "version": "4.5.6 (Build: 20250811)",
                "messages_supported": [
                    { "type": "LtiResourceLinkRequest" },
                    { "type": "LtiDeepLinkingRequest", "placements": ["ContentArea"] },
                ],
                "variables": ["Context.id"],
            },
        })
    }

    /// Answers a registration as Moodle does: with status 200, `application_type` as an array and an empty `logo_uri`; or with
    /// status 400 and one word. `authorization` is the header of that name (LTI Dynamic Registration 1.0 §3.6).
    pub fn registration_answer(
        &self,
        authorization: Option<&str>,
        body: &[u8],
    ) -> Result<(RegisteredTool, ServiceAnswer), ServiceAnswer> {
        let bearer = format!("Bearer {}", Self::REGISTRATION_TOKEN);
        if authorization != Some(&bearer) {
            return Err(refusal(401, "missing_registration_token"));
        }
        let request: Value = serde_json::from_slice(body).unwrap_or_default();
        let (tool, name) = check(&request).map_err(|word| refusal(400, word))?;
        let text = |name: &str| request.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let answer = json!({
            "client_id": self.client_id,
            "response_types": ["id_token"],
            "jwks_uri": text("jwks_uri"),
            "initiate_login_uri": text("initiate_login_uri"),
            "grant_types": ["client_credentials", "implicit"],
            "redirect_uris": request.get("redirect_uris"),
            "application_type": ["web"],
            "token_endpoint_auth_method": "private_key_jwt",
            "client_name": name,
            "logo_uri": "",
            "scope": text("scope"),
            TOOL: {
                "version": "1.3.0",
                "deployment_id": self.deployment_id,
                "target_link_uri": tool.get("target_link_uri"),
                "domain": tool.get("domain"),
            },
        });
        let registered = RegisteredTool {
            name,
            scope: text("scope"),
            login_url: text("initiate_login_uri"),
        };
        let answer = ServiceAnswer {
            status: 200,
            content_type: "application/json; charset=utf-8",
            link: None,
            body: answer.to_string(),
        };
        Ok((registered, answer))
    }
}

/// The demands of Moodle 4.5, in its words.
fn check(request: &Value) -> Result<(&Value, String), &'static str> {
    let text = |name: &str| {
        request
            .get(name)
            .and_then(Value::as_str)
            .filter(|text| !text.is_empty())
    };
    let holds = |name: &str, wanted: &str| {
        let list = request.get(name).and_then(Value::as_array);
        list.is_some_and(|list| list.iter().any(|item| item == wanted))
    };
    if !holds("response_types", "id_token") {
        return Err("invalid_response_types");
    }
    text("initiate_login_uri").ok_or("missing required attribute initiate_login_uri")?;
    text("jwks_uri").ok_or("missing required attribute jwks_uri")?;
    let name = text("client_name").ok_or("missing required attribute client_name")?;
    match text("token_endpoint_auth_method") {
        Some("private_key_jwt") => {}
        Some(_) => return Err("invalid_token_endpoint_auth_method"),
        None => return Err("missing required attribute token_endpoint_auth_method"),
    }
    let redirects = request.get("redirect_uris").and_then(Value::as_array);
    if redirects.is_none_or(Vec::is_empty) {
        return Err("invalid_redirect_uris");
    }
    let tool = request.get(TOOL).ok_or("missing_lti_tool_configuration")?;
    let member = |name: &str| tool.get(name).and_then(Value::as_str);
    let domain = member("domain").ok_or("missing_domain")?;
    let target = member("target_link_uri").and_then(|target| Url::parse(target).ok());
    let target = target.ok_or("domain_targetlinkuri_mismatch")?;
    let host = target.host_str().unwrap_or_default();
    let at = target
        .port()
        .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
    if domain == at {
        Ok((tool, name.to_owned()))
    } else {
        Err("domain_targetlinkuri_mismatch")
    }
}

fn refusal(status: u16, word: &str) -> ServiceAnswer {
    ServiceAnswer {
        status,
        content_type: "text/html; charset=utf-8",
        link: None,
        body: word.to_owned(),
    }
}
