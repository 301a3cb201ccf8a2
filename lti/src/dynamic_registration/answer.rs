//! The platform's answer to a registration, of which two values are needed.

use serde::Deserialize;
use serde_json::Value;

use super::error::RegistrationError;

#[derive(Deserialize)]
struct Document {
    client_id: Option<Value>,
    #[serde(rename = "https://purl.imsglobal.org/spec/lti-tool-configuration")]
    tool: Option<Value>,
}

pub(super) struct Answer {
    pub(super) client_id: String,
    pub(super) deployment_id: Option<String>,
}

pub(super) fn read(body: &[u8]) -> Result<Answer, RegistrationError> {
    let document: Document = serde_json::from_slice(body).map_err(|_| RegistrationError::Answer("JSON"))?;
    let client_id = document.client_id.as_ref().and_then(identifier);
    let deployment_id = document.tool.as_ref().and_then(|tool| tool.get("deployment_id"));
    Ok(Answer {
        client_id: client_id.ok_or(RegistrationError::Answer("client_id"))?,
        deployment_id: match deployment_id {
            None | Some(Value::Null) => None,
            Some(named) => Some(identifier(named).ok_or(RegistrationError::Answer("deployment_id"))?),
        },
    })
}

/// A text, or a whole number: ILIAS sends its deployment as one.
fn identifier(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) if number.is_u64() => Some(number.to_string()),
        _ => None,
    }
}
