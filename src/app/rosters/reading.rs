//! Reads the list of one course page by page, within limits that no platform can move.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use lti13_tool::{AccessToken, AccessTokenError, Member, NamesAndRoles, RosterError, TokenRefusal};
use url::Url;

use crate::app::App;
use crate::app::access_tokens::{self, Purpose, TokenError};
use crate::outgoing::{Answer, OutgoingError, Question};
use crate::roster::{Offer, Roster};

/// The size of a page that is asked for: with 5,000 members ten requests, each far below what one answer may have.
const A_PAGE: u32 = 500;
const MOST_PAGES: usize = 120;
const MOST_MEMBERS: usize = 10_000;
/// Of one page, and of all pages together.
const LARGEST_PAGE: usize = 4 * 1024 * 1024;
const LARGEST_LIST: usize = 16 * 1024 * 1024;
/// Nobody waits longer for a list, however many pages it has.
const PATIENCE: Duration = Duration::from_secs(20);

/// Why a list could not be read. No variant repeats an address or anything of an answer.
#[derive(Debug, thiserror::Error)]
pub enum RosterFailure {
    #[error("the platform is not registered any more")]
    Unregistered,
    #[error("there is no access token for the list of members")]
    Token(#[from] TokenError),
    #[error("the list of members cannot be fetched")]
    Outgoing(#[from] OutgoingError),
    #[error("the platform refuses the list of members with status {0}")]
    Status(u16),
    #[error(transparent)]
    Answer(#[from] RosterError),
    #[error("the list of members leads in a circle")]
    Circle,
    #[error("the list of members is longer than {MOST_MEMBERS} people, {MOST_PAGES} pages or 16 MiB")]
    TooLong,
    #[error("reading the list of members takes more than 20 seconds")]
    TooSlow,
}

impl RosterFailure {
    /// Short and stable, for the log and for the choice of words.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unregistered => "platform_unregistered",
            Self::Token(TokenError::OwnKey(_)) => "own_key",
            Self::Token(TokenError::Outgoing(_)) => "token_unreachable",
            Self::Token(TokenError::Answer(error)) => error.code(),
            Self::Token(TokenError::Clock { .. }) => TokenRefusal::Clock.code(),
            Self::Outgoing(_) => "roster_unreachable",
            Self::Status(_) => "roster_refused",
            Self::Answer(error) => error.code(),
            Self::Circle => "roster_circle",
            Self::TooLong => "roster_too_long",
            Self::TooSlow => "roster_too_slow",
        }
    }

    /// The clause that this is about.
    pub fn clause(&self) -> &'static str {
        match self {
            Self::Unregistered => "Security Framework 1.0 §5.1.3(2)",
            Self::Token(TokenError::OwnKey(_) | TokenError::Outgoing(_)) => "Security Framework 1.0 §4.1.1",
            Self::Token(TokenError::Answer(error)) => error.clause(),
            Self::Token(TokenError::Clock { .. }) => AccessTokenError::Refused(TokenRefusal::Clock).clause(),
            Self::Answer(error) => error.clause(),
            Self::Outgoing(_) | Self::Status(_) => "NRPS 2.0 §2.4",
            Self::Circle | Self::TooLong | Self::TooSlow => "NRPS 2.0 §2.4.2",
        }
    }

    /// How much the platform's clock is ahead of ours, where that is what went wrong and it told the time.
    pub fn clock_ahead(&self) -> Option<SignedDuration> {
        match self {
            Self::Token(TokenError::Clock { ahead }) => *ahead,
            _ => None,
        }
    }
}

pub(super) async fn read(app: &App, offer: &Offer, now: Timestamp) -> Result<Roster, RosterFailure> {
    let platforms = app.platforms.current(&app.store, now).await;
    let platform = platforms.find(&offer.issuer, offer.client_id.as_str());
    let platform = platform.filter(|platform| platform.has_deployment(&offer.deployment_id));
    let platform = platform.ok_or(RosterFailure::Unregistered)?;
    let purpose = Purpose {
        platform: &platform,
        deployment_id: &offer.deployment_id,
        scope: NamesAndRoles::SCOPE,
    };
    let reading = pages(app, &purpose, offer, now);
    let listed = tokio::time::timeout(PATIENCE, reading).await;
    let listed = listed.map_err(|_| RosterFailure::TooSlow)??;
    Ok(Roster::of(listed, |subject| {
        let (client_id, deployment_id) = (offer.client_id.as_str(), offer.deployment_id.as_str());
        app.vault()
            .person(&offer.issuer, client_id, deployment_id, subject.as_str())
    }))
}

/// The first page names the activity; where the list goes on is the platform's word alone (NRPS 2.0 §2.4.2). No role is
/// asked for: Moodle would leave it out of its next page.
async fn pages(app: &App, purpose: &Purpose<'_>, offer: &Offer, now: Timestamp) -> Result<Vec<Member>, RosterFailure> {
    let mut members = Vec::new();
    let mut size = 0_usize;
    let mut seen: Vec<Url> = Vec::new();
    let mut access = Access::begin(app, purpose, now).await?;
    let mut next = Some(offer.service.first_page(Some(&offer.link), A_PAGE));
    while let Some(url) = next {
        if seen.contains(&url) {
            return Err(RosterFailure::Circle);
        }
        let answer = access.get(&url).await?;
        let page = offer
            .service
            .read(answer.body.expose(), answer.links.iter().map(String::as_str))?;
        size = size.saturating_add(answer.body.expose().len());
        members.extend(page.members);
        seen.push(url);
        next = page.next;
        let more = next.is_some() && seen.len() >= MOST_PAGES;
        if more || size > LARGEST_LIST || members.len() > MOST_MEMBERS {
            return Err(RosterFailure::TooLong);
        }
    }
    Ok(members)
}

/// Asks with a token, and if the platform has forgotten one that was kept, once with a new one (RFC 6750 §3.1).
struct Access<'a> {
    app: &'a App,
    purpose: &'a Purpose<'a>,
    now: Timestamp,
    token: AccessToken,
    is_new: bool,
}

impl<'a> Access<'a> {
    async fn begin(app: &'a App, purpose: &'a Purpose<'a>, now: Timestamp) -> Result<Self, TokenError> {
        let kept = app.access_tokens.kept(purpose, now);
        let is_new = kept.is_none();
        let token = match kept {
            Some(token) => token,
            None => access_tokens::fetch(app, purpose, now).await?,
        };
        Ok(Self {
            app,
            purpose,
            now,
            token,
            is_new,
        })
    }

    async fn get(&mut self, url: &Url) -> Result<Answer, RosterFailure> {
        let mut answer = self.ask(url).await?;
        if answer.status == 401 {
            self.app.access_tokens.forget(self.purpose);
            if !self.is_new {
                self.token = access_tokens::fetch(self.app, self.purpose, self.now).await?;
                self.is_new = true;
                answer = self.ask(url).await?;
            }
        }
        match answer.status {
            200 => Ok(answer),
            status => Err(RosterFailure::Status(status)),
        }
    }

    async fn ask(&self, url: &Url) -> Result<Answer, OutgoingError> {
        let question = Question {
            url,
            accept: NamesAndRoles::MEDIA_TYPE,
            authorization: Some(crate::private::Private::new(self.token.authorization())),
            form: None,
            largest: LARGEST_PAGE,
        };
        self.app.outgoing.ask(question).await
    }
}
