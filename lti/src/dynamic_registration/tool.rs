//! The tool as it describes itself to a platform: the smallest claims and scopes that it can do with.

use serde_json::{Map, Value, json};
use url::Url;

use super::configuration::{MessageType, PlatformConfiguration};
use crate::names_and_roles::NamesAndRoles;

/// What a person must be known by: `sub`, and the name they are greeted with. No e-mail address, no user name.
const CLAIMS: [&str; 5] = ["iss", "sub", "name", "given_name", "family_name"];

/// A tool, as every way to register it needs it; all addresses are on one origin
/// (LTI Dynamic Registration 1.0 §3.5.2).
#[derive(Debug, Clone)]
pub struct ToolConfiguration {
    /// `client_name`: what the tool is called where the platform has no other word (LTI Dynamic Registration 1.0 §3.5.2).
    pub name: String,
    /// `description`: one sentence about it (LTI Dynamic Registration 1.0 §3.5.2).
    pub description: String,
    /// Its names in other languages, by language tag (OpenID Connect Dynamic Client Registration 1.0 §2.1).
    pub names: Vec<(String, String)>,
    /// `initiate_login_uri`: where logins begin (Security Framework 1.0 §5.1.1).
    pub login_url: Url,
    /// The one redirect URI, also the target of every link (Security Framework 1.0 §5.1.1, LTI Core 1.3 §5.3.4).
    pub launch_url: Url,
    /// `jwks_uri`: the tool's public keys (Security Framework 1.0 §6.3).
    pub keys_url: Url,
    /// `logo_uri`: its picture (OpenID Connect Dynamic Client Registration 1.0 §2).
    pub logo_url: Url,
    /// The messages it understands (LTI Dynamic Registration 1.0 §3.5.2).
    pub messages: Vec<MessageType>,
}

impl ToolConfiguration {
    /// The only scope: the list of a course (Names and Roles 2.0 §3.6.1.2). None for grades.
    pub const SCOPES: [&'static str; 1] = [NamesAndRoles::SCOPE];

    /// The host, with its port if it has one of its own: Moodle compares it with the target of the link
    /// (LTI Dynamic Registration 1.0 §3.5.2).
    pub fn domain(&self) -> String {
        let host = self.launch_url.host_str().unwrap_or_default();
        match self.launch_url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
    }

    /// The body of the request for a registration (LTI Dynamic Registration 1.0 §3.5.2), with the messages that the platform
    /// supports.
    pub fn request(&self, platform: &PlatformConfiguration) -> String {
        let messages = self.messages.iter().filter(|message| platform.supports(**message));
        let messages: Vec<Value> = messages.map(|message| self.message(*message, platform)).collect();
        let mut tool = json!({
            "domain": self.domain(),
            "target_link_uri": self.launch_url,
            "description": self.description,
            "claims": CLAIMS,
            "messages": messages,
            "custom_parameters": {},
        });
        if platform.product() == "canvas"
            && let Some(tool) = tool.as_object_mut()
        {
            let level = "https://canvas.instructure.com/lti/privacy_level";
            tool.insert(level.to_owned(), "name_only".into());
        }
        let mut request = json!({
            "application_type": "web",
            "response_types": ["id_token"],
            "grant_types": ["implicit", "client_credentials"],
            "initiate_login_uri": self.login_url,
            "redirect_uris": [self.launch_url],
            "client_name": self.name,
            "jwks_uri": self.keys_url,
            "logo_uri": self.logo_url,
            "token_endpoint_auth_method": "private_key_jwt",
            "scope": Self::SCOPES.join(" "),
            "https://purl.imsglobal.org/spec/lti-tool-configuration": tool,
        });
        if let Some(request) = request.as_object_mut() {
            request.extend(
                self.names
                    .iter()
                    .map(|(tag, name)| (format!("client_name#{tag}"), name.as_str().into())),
            );
        }
        request.to_string()
    }

    /// The configuration that Canvas takes by its "JSON URL" or pasted, when a developer key of kind LTI is made; others read it too.
    /// Its scopes and messages are those of the registration (LTI Dynamic Registration 1.0 §3.5.2).
    pub fn canvas(&self) -> Value {
        let placement = |name: &str, message: MessageType| {
            json!({
                "placement": name,
                "message_type": message.name(),
                "target_link_uri": self.launch_url,
                "text": self.name,
                "icon_url": self.logo_url,
                "windowTarget": "_blank",
            })
        };
        let placements = self.messages.iter().map(|message| match message {
            MessageType::ResourceLink => placement("course_navigation", *message),
            MessageType::DeepLinking => placement("link_selection", *message),
        });
        json!({
            "title": self.name,
            "description": self.description,
            "oidc_initiation_url": self.login_url,
            "target_link_uri": self.launch_url,
            "public_jwk_url": self.keys_url,
            "scopes": Self::SCOPES,
            "custom_fields": Map::new(),
            "extensions": [{
                "platform": "canvas.instructure.com",
                "domain": self.domain(),
                "privacy_level": "name_only",
                "settings": {
                    "text": self.name,
                    "icon_url": self.logo_url,
                    "placements": placements.collect::<Vec<_>>(),
                },
            }],
        })
    }

    fn message(&self, message: MessageType, platform: &PlatformConfiguration) -> Value {
        let mut entry = json!({
            "type": message.name(),
            "target_link_uri": self.launch_url,
            "label": self.name,
            "icon_uri": self.logo_url,
        });
        // the names of the places are each platform's own; without one it decides itself
        let placement = match (message, platform.product()) {
            (MessageType::ResourceLink, "canvas") => Some("course_navigation"),
            (MessageType::DeepLinking, "canvas") => Some("link_selection"),
            (MessageType::DeepLinking, _) => Some("ContentArea"),
            (MessageType::ResourceLink, _) => None,
        };
        if let (Some(placement), Some(entry)) = (placement, entry.as_object_mut()) {
            entry.insert("placements".to_owned(), json!([placement]));
        }
        entry
    }
}
