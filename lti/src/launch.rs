//! Last step: what a verified message says.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;
use url::Url;

use crate::claims::{Claims, filled};
use crate::deep_linking::DeepLinkingRequest;
use crate::error::{ClaimNames, Error, Result};
use crate::id::{ClientId, ContextId, DeploymentId, ResourceLinkId, Subject};
use crate::names_and_roles::{NamesAndRoles, NoRoster};
use crate::pending::Pending;
use crate::platform::Platform;
use crate::presentation::Presentation;
use crate::role::Roles;

const RESOURCE_LINK: &str = "LtiResourceLinkRequest";

/// A verified LTI message. Only [`crate::Unspent::spend`] makes one (LTI Core 1.3 §5.3, §5.4).
///
/// It holds what a tool needs and nothing else: e-mail address, user name and the school's number of the person are dropped
/// while the token is read. Its `Debug` shows no person.
#[derive(Clone, PartialEq, Eq)]
pub struct Launch {
    issuer: String,
    client_id: ClientId,
    deployment_id: DeploymentId,
    subject: Subject,
    roles: Roles,
    message: Message,
    context: Option<Context>,
    target_link_uri: Option<Url>,
    name: PersonName,
    presentation: Presentation,
    custom: BTreeMap<String, String>,
    names_and_roles: std::result::Result<NamesAndRoles, NoRoster>,
}

/// What the platform asks for (LTI Core 1.3 §5.3.1).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Message {
    /// `LtiResourceLinkRequest`: somebody opened this activity.
    ResourceLink(ResourceLink),
    /// `LtiDeepLinkingRequest`: somebody chooses what shall stand in the course (Deep Linking 2.0 §4.4).
    DeepLinking(Box<DeepLinkingRequest>),
}

/// The activity in the course that was opened (LTI Core 1.3 §5.3.5).
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ResourceLink {
    /// Unique within the deployment (LTI Core 1.3 §5.3.5).
    pub id: ResourceLinkId,
    /// As the teacher named it (LTI Core 1.3 §5.3.5, §5.4.1).
    pub title: Option<String>,
}

/// The course (LTI Core 1.3 §5.4.1).
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Context {
    /// Unique within the deployment (LTI Core 1.3 §5.4.1).
    pub id: ContextId,
    /// Short name (LTI Core 1.3 §5.4.1).
    pub label: Option<String>,
    /// Full name (LTI Core 1.3 §5.3.5, §5.4.1).
    pub title: Option<String>,
}

/// Names of the person, as far as the platform gives them away (LTI Core 1.3 §5.3.6). `Debug` is redacted.
#[derive(Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct PersonName {
    /// `name` (LTI Core 1.3 §5.3.6).
    pub full: Option<String>,
    /// `given_name` (LTI Core 1.3 §5.3.6).
    pub given: Option<String>,
    /// `family_name` (LTI Core 1.3 §5.3.6).
    pub family: Option<String>,
}

impl PersonName {
    /// A name that is not known by its parts (LTI Core 1.3 §5.3.6).
    pub fn whole(name: &str) -> Self {
        Self {
            full: Some(name.to_owned()),
            ..Self::default()
        }
    }
}

impl Launch {
    pub(crate) fn from_claims(claims: &Claims, platform: &Platform, pending: &Pending) -> Result<Self> {
        check_presence(claims)?;
        if claims.version.as_ref().and_then(Value::as_str) != Some("1.3.0") {
            return Err(Error::VersionWrong);
        }
        if !is_resource_link(claims) && !is_deep_linking(claims) {
            return Err(Error::MessageTypeUnsupported);
        }
        let deployment_id = identifier::<DeploymentId>(claims.deployment_id.as_ref(), Error::DeploymentInvalid)?;
        if !platform.has_deployment(&deployment_id) {
            return Err(Error::DeploymentUnknown);
        }
        if pending
            .deployment_id()
            .is_some_and(|announced| *announced != deployment_id)
        {
            return Err(Error::DeploymentMismatch);
        }
        let subject = identifier(claims.sub.as_ref(), Error::SubjectInvalid)?;
        let roles = read_roles(claims)?;
        let message = Message::read(claims, platform, &deployment_id, pending)?;
        let target_link_uri = read_target(claims, pending)?;
        let context = read_context(claims)?;
        let names_and_roles = NamesAndRoles::read_claim(
            claims.names_and_roles.as_ref(),
            context.as_ref().map(|context| &context.id),
            platform,
        );
        Ok(Self {
            issuer: platform.issuer().to_owned(),
            client_id: platform.client_id().clone(),
            deployment_id,
            subject,
            roles,
            message,
            context,
            target_link_uri,
            name: PersonName {
                full: text(claims.name.as_ref()),
                given: text(claims.given_name.as_ref()),
                family: text(claims.family_name.as_ref()),
            },
            presentation: Presentation::read(claims),
            custom: read_custom(claims),
            names_and_roles,
        })
    }

    /// `iss` of the platform (Security Framework 1.0 §5.1.2).
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// The tool's `client_id` there (Security Framework 1.0 §5.1.3(3)).
    pub const fn client_id(&self) -> &ClientId {
        &self.client_id
    }

    /// The deployment, one of those that are accepted (LTI Core 1.3 §5.3.3).
    pub const fn deployment_id(&self) -> &DeploymentId {
        &self.deployment_id
    }

    /// The person, together with [`Launch::issuer`]; never a name or an address (LTI Core 1.3 §3.2).
    pub const fn subject(&self) -> &Subject {
        &self.subject
    }

    /// The person's roles (LTI Core 1.3 §5.3.7).
    pub const fn roles(&self) -> &Roles {
        &self.roles
    }

    /// What is asked for (LTI Core 1.3 §5.3.1).
    pub const fn message(&self) -> &Message {
        &self.message
    }

    /// What is asked for, when everything else has been read (LTI Core 1.3 §5.3).
    pub fn into_message(self) -> Message {
        self.message
    }

    /// The course, if the link is in one (LTI Core 1.3 §5.4.1).
    pub const fn context(&self) -> Option<&Context> {
        self.context.as_ref()
    }

    /// The signed target, on the tool's own origin (LTI Core 1.3 §5.3.4); a request for deep linking may lack it.
    pub const fn target_link_uri(&self) -> Option<&Url> {
        self.target_link_uri.as_ref()
    }

    /// The person's names (LTI Core 1.3 §5.3.6).
    pub const fn name(&self) -> &PersonName {
        &self.name
    }

    /// Language, container and way back (LTI Core 1.3 §5.4.4).
    pub const fn presentation(&self) -> &Presentation {
        &self.presentation
    }

    /// Where the members of the course are listed, or why they cannot be read (NRPS 2.0 §3.6.1.1).
    ///
    /// # Errors
    /// An offer that cannot be used is as good as none; the launch stays valid.
    pub const fn names_and_roles(&self) -> std::result::Result<&NamesAndRoles, NoRoster> {
        match &self.names_and_roles {
            Ok(service) => Ok(service),
            Err(reason) => Err(*reason),
        }
    }

    /// A custom parameter; an unresolved `$Variable` arrives as that text (LTI Core 1.3 §5.4.6).
    pub fn custom(&self, name: &str) -> Option<&str> {
        self.custom.get(name).map(String::as_str)
    }
}

impl fmt::Debug for Launch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Launch")
            .field("issuer", &self.issuer)
            .field("client_id", &self.client_id)
            .field("deployment_id", &self.deployment_id)
            .field("message", &self.message)
            .field("context", &self.context)
            .field("roles", &self.roles)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for ResourceLink {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ResourceLink")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Context")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for PersonName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("PersonName").finish_non_exhaustive()
    }
}

impl Message {
    fn read(claims: &Claims, platform: &Platform, deployment_id: &DeploymentId, pending: &Pending) -> Result<Self> {
        if is_deep_linking(claims) {
            let request = DeepLinkingRequest::read(claims, platform, deployment_id, pending)?;
            return Ok(Self::DeepLinking(Box::new(request)));
        }
        Ok(Self::ResourceLink(ResourceLink {
            id: identifier(member(claims.resource_link.as_ref(), "id"), Error::ResourceLinkInvalid)?,
            title: text(member(claims.resource_link.as_ref(), "title")),
        }))
    }
}

/// All that is missing at once, as the proof for the certification wants it.
fn check_presence(claims: &Claims) -> Result<()> {
    let text = |claim: &Option<Value>| claim.as_ref().is_some_and(|value| value.as_str() != Some(""));
    let link_id = member(claims.resource_link.as_ref(), "id");
    let needs_link = claims.message_type.is_none() || is_resource_link(claims);
    let required = [
        ("version", claims.version.is_some(), Error::VersionMissing),
        ("message_type", claims.message_type.is_some(), Error::MessageTypeMissing),
        ("deployment_id", text(&claims.deployment_id), Error::DeploymentMissing),
        ("sub", text(&claims.sub), Error::SubjectMissing),
        ("roles", claims.roles.is_some(), Error::RolesMissing),
        (
            "resource_link.id",
            !needs_link || link_id.is_some_and(|id| id.as_str() != Some("")),
            Error::ResourceLinkMissing,
        ),
        (
            "target_link_uri",
            !needs_link || text(&claims.target_link_uri),
            Error::TargetMissing,
        ),
    ];
    let missing: Vec<_> = required.into_iter().filter(|(_, present, _)| !present).collect();
    match missing.as_slice() {
        [] => Ok(()),
        [(_, _, only)] => Err(only.clone()),
        several => Err(Error::ClaimsMissing(ClaimNames(
            several.iter().map(|(name, ..)| *name).collect(),
        ))),
    }
}

fn is_resource_link(claims: &Claims) -> bool {
    filled(claims.message_type.as_ref()) == Some(RESOURCE_LINK)
}

fn is_deep_linking(claims: &Claims) -> bool {
    filled(claims.message_type.as_ref()) == Some(DeepLinkingRequest::MESSAGE_TYPE)
}

/// The certification's request for deep linking has none.
fn read_target(claims: &Claims, pending: &Pending) -> Result<Option<Url>> {
    let Some(target) = &claims.target_link_uri else {
        return Ok(None);
    };
    let target = filled(Some(target)).and_then(|target| Url::parse(target).ok());
    let target = target.filter(|target| pending.is_own(target));
    target.map(Some).ok_or(Error::TargetForeign)
}

fn identifier<Id: TryFrom<String>>(value: Option<&Value>, otherwise: Error) -> Result<Id> {
    value
        .and_then(Value::as_str)
        .and_then(|text| Id::try_from(text.to_owned()).ok())
        .ok_or(otherwise)
}

fn member<'a>(object: Option<&'a Value>, name: &str) -> Option<&'a Value> {
    object?.get(name).filter(|value| !value.is_null())
}

/// An optional claim: one of the wrong type is as good as none. ILIAS writes `-` for a name it withholds.
pub(crate) fn text(value: Option<&Value>) -> Option<String> {
    filled(value)
        .map(str::trim)
        .filter(|text| !text.is_empty() && *text != "-")
        .map(str::to_owned)
}

fn read_roles(claims: &Claims) -> Result<Roles> {
    let list = claims
        .roles
        .as_ref()
        .and_then(Value::as_array)
        .ok_or(Error::RolesInvalid)?;
    Ok(list.iter().map(|role| role.as_str().unwrap_or_default()).collect())
}

/// A context without an id is no context: nothing can be bound to it.
fn read_context(claims: &Claims) -> Result<Option<Context>> {
    let context = claims.context.as_ref();
    let id = member(context, "id").filter(|id| id.as_str() != Some(""));
    let Some(id) = id else { return Ok(None) };
    Ok(Some(Context {
        id: identifier(Some(id), Error::ContextInvalid)?,
        label: text(member(context, "label")),
        title: text(member(context, "title")),
    }))
}

/// Values are strings by LTI Core 1.3 §5.4.6; Moodle also sends `null`, which counts as absent.
fn read_custom(claims: &Claims) -> BTreeMap<String, String> {
    let pairs = claims.custom.as_ref().and_then(Value::as_object).into_iter().flatten();
    pairs
        .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
        .collect()
}
