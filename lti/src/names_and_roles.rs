//! Names and Role Provisioning Services 2.0: where the members of a course are, and who they are.

mod link;
mod page;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;

pub use page::{Member, MembershipPage, RosterError, Status};

use crate::id::{ContextId, ResourceLinkId};
use crate::platform::{Platform, is_secure};

/// The membership service of one course (NRPS 2.0 §3.6.1.1), as a verified launch offers it.
///
/// ```no_run
/// # fn f(launch: &lti13_tool::Launch) -> Option<()> {
/// use lti13_tool::NamesAndRoles;
///
/// let service = launch.names_and_roles().ok()?;
/// let url = service.first_page(None, 200);
/// // GET url with `Accept: NamesAndRoles::MEDIA_TYPE` and an access token for `NamesAndRoles::SCOPE`,
/// // then `service.read(&body, link_headers)`, then its `next`, until there is none.
/// # Some(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamesAndRoles {
    url: Url,
    context: ContextId,
}

/// Why a launch brings no membership service that can be used (Names and Roles 2.0 §3.6.1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[non_exhaustive]
pub enum NoRoster {
    /// The platform has none, or the tool may not use it (ILIAS has none).
    #[error("the launch offers no membership service")]
    NotOffered,
    /// No course, so there is nobody to be listed.
    #[error("the launch belongs to no course")]
    NoContext,
    /// `service_versions` lacks `2.0` (NRPS 2.0 §3.6.1.1).
    #[error("the membership service has no version 2.0")]
    VersionMissing,
    /// `context_memberships_url` is no https address.
    #[error("the address of the membership service is no https address")]
    AddressInvalid,
    /// The address is not on an origin of the platform: a token must not be sent there.
    #[error("the address of the membership service is not the platform's")]
    AddressForeign,
    /// The address belongs to another course than the launch.
    #[error("the address of the membership service belongs to another course")]
    OtherContext,
    /// Course 1 of Moodle is its front page: a member of it is every account of the school.
    #[error("the membership service would list every account of the platform")]
    SiteLevel,
}

impl NoRoster {
    /// Short stable name, for logs, metrics and tests (Names and Roles 2.0 §3.6.1.1).
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotOffered => "roster_not_offered",
            Self::NoContext => "roster_no_context",
            Self::VersionMissing => "roster_version_missing",
            Self::AddressInvalid => "roster_address_invalid",
            Self::AddressForeign => "roster_address_foreign",
            Self::OtherContext => "roster_other_context",
            Self::SiteLevel => "roster_site_level",
        }
    }

    /// The clause that demands it (Names and Roles 2.0 §3.6.1.1).
    pub const fn clause(self) -> &'static str {
        match self {
            Self::NotOffered | Self::VersionMissing => "NRPS 2.0 §3.6.1.1",
            Self::NoContext => "LTI Core 1.3 §5.4.1",
            Self::AddressInvalid => "LTI Core 1.3 App. C",
            Self::AddressForeign => "Security Framework 1.0 §4.1",
            Self::OtherContext | Self::SiteLevel => "NRPS 2.0 §2.4",
        }
    }
}

impl NamesAndRoles {
    /// The one scope of the service (NRPS 2.0 §3.6.1.2).
    pub const SCOPE: &'static str = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly";
    /// For the header `Accept`, alone and exactly: Moodle refuses a list (NRPS 2.0 §2.4).
    pub const MEDIA_TYPE: &'static str = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json";
    /// Name of the claim (NRPS 2.0 §3.6.1.1).
    pub const CLAIM: &'static str = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice";

    pub(crate) fn read_claim(
        claim: Option<&Value>,
        context: Option<&ContextId>,
        platform: &Platform,
    ) -> Result<Self, NoRoster> {
        let claim = claim.filter(|claim| claim.is_object()).ok_or(NoRoster::NotOffered)?;
        let context = context.ok_or(NoRoster::NoContext)?;
        let url = claim.get("context_memberships_url").and_then(Value::as_str);
        let url = url.filter(|url| !url.is_empty()).ok_or(NoRoster::NotOffered)?;
        let mut versions = claim
            .get("service_versions")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        if !versions.any(|version| version.as_str() == Some("2.0")) {
            return Err(NoRoster::VersionMissing);
        }
        let mut url = Url::parse(url).map_err(|_| NoRoster::AddressInvalid)?;
        if !is_secure(&url) || !url.username().is_empty() || url.password().is_some() {
            return Err(NoRoster::AddressInvalid);
        }
        url.set_fragment(None);
        if !is_of(platform, &url) {
            return Err(NoRoster::AddressForeign);
        }
        match moodle_course(&url) {
            Some("1") => Err(NoRoster::SiteLevel),
            Some(course) if course != context.as_str() => Err(NoRoster::OtherContext),
            _ => Ok(Self {
                url,
                context: context.clone(),
            }),
        }
    }

    /// The course whose members these are (Names and Roles 2.0 §2.2).
    pub const fn context(&self) -> &ContextId {
        &self.context
    }

    /// The address of the service, as the platform gave it (Names and Roles 2.0 §3.6.1.1).
    pub const fn url(&self) -> &Url {
        &self.url
    }

    /// Where to begin reading. With a resource link only those are listed who can open it, as far as the platform knows
    /// (NRPS 2.0 §3.3); `limit` is the wished size of a page, which the platform need not keep (§2.4.2).
    pub fn first_page(&self, link: Option<&ResourceLinkId>, limit: u32) -> Url {
        let mut url = self.url.clone();
        let mut query = url.query_pairs_mut();
        if let Some(link) = link {
            query.append_pair("rlid", link.as_str());
        }
        query.append_pair("limit", &limit.to_string());
        drop(query);
        url
    }

    /// Reads one page: the body, and every `Link` header of the answer (NRPS 2.0 §2.4.2).
    ///
    /// # Errors
    /// What is no list of members, or one of another course; a next page that lies elsewhere.
    pub fn read<'a>(
        &self,
        body: &[u8],
        links: impl IntoIterator<Item = &'a str>,
    ) -> Result<MembershipPage, RosterError> {
        let next = links.into_iter().find_map(link::next);
        let next = next.map(|target| self.follow(target)).transpose()?;
        MembershipPage::parse(body, &self.context, next)
    }

    /// The next page is opaque, but it is a page of this list: same origin, same path or one below it. So neither the token
    /// leaves the platform, nor is another course read.
    fn follow(&self, target: &str) -> Result<Url, RosterError> {
        let next = self.url.join(target).map_err(|_| RosterError::NextInvalid)?;
        let own = self.url.path().trim_end_matches('/');
        let below = next.path().strip_prefix(own).ok_or(RosterError::NextForeign)?;
        let plain = below.is_empty() || (below.starts_with('/') && !below.contains('%'));
        let bare = next.username().is_empty() && next.password().is_none();
        if plain && bare && next.origin() == self.url.origin() {
            Ok(next)
        } else {
            Err(RosterError::NextForeign)
        }
    }
}

fn is_of(platform: &Platform, url: &Url) -> bool {
    let own = [platform.token_url(), platform.authorization_url()];
    let issuer = Url::parse(platform.issuer()).ok();
    own.into_iter()
        .chain(issuer.as_ref())
        .any(|known| known.origin() == url.origin())
        || platform.has_further_host(url)
}

/// `…/services.php/CourseSection/<course>/bindings/<deployment>/memberships`: where Moodle has its lists.
fn moodle_course(url: &Url) -> Option<&str> {
    let (_, rest) = url.path().split_once("/services.php/CourseSection/")?;
    rest.split('/').next()
}
