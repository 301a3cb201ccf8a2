//! A second proof beside the launch: making a passkey, proving it, one's own passkeys, and the way back without one.

mod make;
mod own;
pub(super) mod proof;
mod recovery;

use jiff::Timestamp;
use serde_json::{Value, json};

pub(super) use make::{ask, later, make};
pub(super) use own::{acknowledge, forget_browsers, list, remove};
pub(super) use proof::{ask as ask_proof, prove};
pub(super) use recovery::show_number;

use super::guard::Arrived;
use super::when::When;
use crate::app::{App, random};
use crate::error::Failure;
use crate::id::hex;
use crate::page::Frame;
use crate::passkey::{ClientData, Mistake, RelyingParty};
use crate::private::Secret;
use crate::store::{CHALLENGE_LIFE, Passkey, Purpose, Sight, StoreError};

/// The fields of a form as a browser sends them.
type Fields = Vec<(String, String)>;

fn field(fields: &Fields, name: &str) -> Option<String> {
    let mut fields = fields.iter();
    fields.find(|(field, _)| field == name).map(|(_, value)| value.clone())
}

fn relying_party(app: &App) -> RelyingParty {
    RelyingParty::at(&app.config.public_url)
}

/// By what a device knows the person: says nothing about them, and is the same on every device (§5.4.3).
fn user_handle(app: &App, arrived: &Arrived) -> [u8; 32] {
    app.vault().tag("passkey", &[&hex(&arrived.visit.person.0)])
}

/// A fresh question to whoever sits there.
async fn question(app: &App, arrived: &Arrived, purpose: Purpose) -> Result<String, Failure> {
    let challenge = Secret::new(random());
    let whose = (&arrived.visit.person, &arrived.hash);
    app.store
        .keep_challenge(&challenge.hash(), whose, purpose, arrived.now)
        .await?;
    Ok(challenge.expose())
}

/// The answer is to a question that this person was asked in this visit, lately and for the first time.
async fn spend(app: &App, arrived: &Arrived, client: &ClientData, purpose: Purpose) -> Result<(), Problem> {
    let hash = client.challenge()?.hash();
    let whose = (&arrived.visit.person, &arrived.hash);
    match app.store.take_challenge(&hash, whose, purpose, arrived.now).await {
        Ok(()) => Ok(()),
        Err(StoreError::NotFound) => Err(Mistake::Challenge.into()),
        Err(error) => Err(Problem::Failure(error.into())),
    }
}

/// Why there is no passkey or no proof.
enum Problem {
    /// The page is shown again.
    Mistake(Mistake),
    Failure(Failure),
}

impl From<Mistake> for Problem {
    fn from(mistake: Mistake) -> Self {
        Self::Mistake(mistake)
    }
}

impl Problem {
    /// A mistake goes to the log, which names nobody; the page says only that it did not work.
    fn noted(self) -> Result<(), Failure> {
        match self {
            Self::Failure(failure) => Err(failure),
            Self::Mistake(mistake) => {
                tracing::info!(error = &mistake as &dyn std::error::Error, "a passkey was refused");
                Ok(())
            }
        }
    }
}

/// Passkeys as `PublicKeyCredentialDescriptorJSON` (§5.8.3).
fn descriptors(passkeys: &[Passkey]) -> Vec<Value> {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    passkeys
        .iter()
        .map(|passkey| json!({ "type": "public-key", "id": URL_SAFE_NO_PAD.encode(&passkey.credential.id) }))
        .collect()
}

/// Milliseconds.
fn patience() -> i64 {
    i64::try_from(CHALLENGE_LIFE.as_millis()).unwrap_or(i64::MAX)
}

/// What an administrator has decided, for whoever it concerns.
pub(super) struct Told {
    pub(super) act: String,
    pub(super) moment: String,
}

/// What the person has not yet acknowledged in this browser.
pub(super) async fn told(app: &App, sight: &Sight, page: &Frame, now: Timestamp) -> Result<Vec<Told>, Failure> {
    let when = When::new(page.language, &app.config.school.time_zone);
    let notices = app.store.notices(sight.person(), sight.browser(), now).await?;
    let told = |notice: crate::store::Notice| Told {
        act: notice.id.to_string(),
        moment: when.moment(notice.at),
    };
    Ok(notices.into_iter().map(told).collect())
}
