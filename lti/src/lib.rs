//! The tool's side of LTI 1.3, as a library that does no IO.
//!
#![doc = include_str!("../README.md")]
#![warn(missing_docs)]

mod access_token;
mod claims;
mod deep_linking;
mod dynamic_registration;
mod error;
mod form;
mod id;
mod keys;
mod launch;
mod login;
mod names_and_roles;
mod pending;
mod platform;
mod presentation;
mod refusal;
mod response;
mod role;
#[cfg(feature = "testing")]
pub mod testing;
mod time;
mod token;
mod tool_key;
mod vocabulary;

pub use access_token::{AccessToken, AccessTokenError, AccessTokenRequest, TokenRefusal};
pub use deep_linking::{
    DeepLinkingError, DeepLinkingForm, DeepLinkingRequest, DeepLinkingResponse, Frame, Icon, LinkItem, Window,
};
pub use dynamic_registration::{
    MessageType, PlatformConfiguration, RegistrationError, RegistrationRequest, ToolConfiguration,
};
pub use error::{ClaimNames, ClockGap, Error, Result};
pub use id::{ClientId, ContextId, DeploymentId, InvalidIdentifier, ResourceLinkId, Subject};
pub use keys::{InvalidKeySet, KeySet};
pub use launch::{Context, Launch, Message, PersonName, ResourceLink};
pub use login::LoginRequest;
pub use names_and_roles::{Member, MembershipPage, NamesAndRoles, NoRoster, RosterError, Status};
pub use pending::Pending;
pub use platform::{Platform, Registration, RegistrationProblem, RegistrationProblemKind};
pub use presentation::{DocumentTarget, Presentation};
pub use refusal::Refusal;
pub use response::{LaunchResponse, NonceUse, Unspent};
pub use role::{InvalidRolePattern, Role, RolePattern, Roles, Vocabulary};
pub use time::UnixTime;
pub use tool_key::{ToolKey, ToolKeyError};
