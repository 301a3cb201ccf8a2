//! Deep linking: consultations that were offered to be placed in their course, and the choice among them.

use jiff::{SignedDuration, Timestamp};
use lti13_tool::DeepLinkingRequest;
use serde::{Deserialize, Serialize};

use super::launches::SPEND;
use super::{Nonce, NonceUse, Result, Store, StoreError, read, rows, touched, write};
use crate::consultation::Consultation;
use crate::id::{ConsultationId, CourseTag, PersonTag, hex};
use crate::private::SecretHash;

/// How long somebody may take to choose.
pub(super) const CHOICE_LIFE: SignedDuration = SignedDuration::from_mins(20);

const OFFER: &str =
    "insert into placement (consultation, course, link) values ($1, $2, $3) on conflict (consultation) do nothing";
const WITHDRAW: &str = "delete from placement where consultation = $1";
const OFFERED: &str = "select count(*) from placement where consultation = $1";
const BY_LINK: &str = "select consultation, course from placement where link = $1";
const KEEP_CHOICE: &str = "insert into choice (hash, sealed, expires_at) values ($1, $2, $3)";
const CHOICE: &str = "select sealed, expires_at from choice where hash = $1";
const TAKE_CHOICE: &str = "delete from choice where hash = $1";

/// Somebody in the learning platform chooses what to place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub person: PersonTag,
    /// `None` outside a course, and for whoever may not begin a consultation: nothing can be placed then.
    pub course: Option<CourseTag>,
    /// `de` or `en`.
    pub language: String,
    pub request: DeepLinkingRequest,
}

#[derive(Serialize, Deserialize)]
struct Sealed {
    person: [u8; 32],
    course: Option<[u8; 32]>,
    language: String,
    request: DeepLinkingRequest,
}

impl Store {
    /// Lets a consultation be chosen in its course; `link` is the hash of the secret in the link. A second time changes nothing.
    pub async fn offer(&self, of: &Consultation, course: &CourseTag, link: &SecretHash) -> Result<()> {
        write!(self, |transaction, _dialect| {
            sqlx::query(OFFER)
                .bind(of.id.as_str())
                .bind(course.0.as_slice())
                .bind(link.as_bytes())
                .execute(&mut *transaction)
                .await?;
        });
        Ok(())
    }

    /// Takes the offer back: a placed link leads nowhere from now on.
    pub async fn withdraw(&self, id: &ConsultationId) -> Result<()> {
        write!(self, |transaction, _dialect| {
            sqlx::query(WITHDRAW)
                .bind(id.as_str())
                .execute(&mut *transaction)
                .await?;
        });
        Ok(())
    }

    pub async fn is_offered(&self, id: &ConsultationId) -> Result<bool> {
        let (found,): (i64,) = read!(self, |pool| sqlx::query_as(OFFERED)
            .bind(id.as_str())
            .fetch_one(pool)
            .await)?;
        Ok(found > 0)
    }

    /// The consultation of a placed link, and the course it was offered in.
    pub async fn by_link(&self, link: &SecretHash) -> Result<(ConsultationId, CourseTag)> {
        let row: Option<(String, Vec<u8>)> = read!(self, |pool| sqlx::query_as(BY_LINK)
            .bind(link.as_bytes())
            .fetch_optional(pool)
            .await)?;
        let (consultation, course) = row.ok_or(StoreError::NotFound)?;
        let id = ConsultationId::parse(&consultation).ok_or(StoreError::Corrupt("consultation id"))?;
        Ok((id, CourseTag(rows::tag(&course)?)))
    }

    /// Spends the nonce of a launch that leaves nothing behind.
    pub async fn spend(&self, nonce: &Nonce) -> Result<NonceUse> {
        let spent = write!(self, |transaction, _dialect| {
            sqlx::query(SPEND)
                .bind(nonce.hash.as_slice())
                .bind(nonce.expires_at.as_millisecond())
                .execute(&mut *transaction)
                .await?
                .rows_affected()
        });
        Ok(if spent == 0 { NonceUse::Seen } else { NonceUse::First })
    }

    /// Spends the nonce of a request for deep linking and keeps the choice under the hash of its secret, in one transaction.
    pub async fn keep_choice(
        &self,
        nonce: &Nonce,
        hash: &SecretHash,
        choice: &Choice,
        now: Timestamp,
    ) -> Result<NonceUse> {
        let sealed = Sealed {
            person: choice.person.0,
            course: choice.course.as_ref().map(|course| course.0),
            language: choice.language.clone(),
            request: choice.request.clone(),
        };
        let plain = serde_json::to_vec(&sealed).map_err(|_| StoreError::Corrupt("choice"))?;
        let sealed = self.vault.seal(&place(hash), &plain);
        Ok(write!(self, |transaction, _dialect| {
            let spent = sqlx::query(SPEND)
                .bind(nonce.hash.as_slice())
                .bind(nonce.expires_at.as_millisecond())
                .execute(&mut *transaction)
                .await?
                .rows_affected();
            if spent == 0 {
                return Ok(NonceUse::Seen);
            }
            sqlx::query(KEEP_CHOICE)
                .bind(hash.as_bytes())
                .bind(sealed)
                .bind((now + CHOICE_LIFE).as_millisecond())
                .execute(&mut *transaction)
                .await?;
            NonceUse::First
        }))
    }

    /// Looks at a choice without using it up.
    pub async fn choice(&self, hash: &SecretHash, now: Timestamp) -> Result<Choice> {
        let row: Option<(Vec<u8>, i64)> = read!(self, |pool| sqlx::query_as(CHOICE)
            .bind(hash.as_bytes())
            .fetch_optional(pool)
            .await)?;
        let (sealed, expires_at) = row.ok_or(StoreError::NotFound)?;
        if expires_at <= now.as_millisecond() {
            return Err(StoreError::NotFound);
        }
        let plain = self.vault.open(&place(hash), &sealed)?;
        let sealed: Sealed = serde_json::from_slice(&plain).map_err(|_| StoreError::Corrupt("choice"))?;
        Ok(Choice {
            person: PersonTag(sealed.person),
            course: sealed.course.map(CourseTag),
            language: sealed.language,
            request: sealed.request,
        })
    }

    /// Uses a choice up: of two answers only one goes out.
    pub async fn take_choice(&self, hash: &SecretHash) -> Result<()> {
        let taken = write!(self, |transaction, _dialect| {
            sqlx::query(TAKE_CHOICE)
                .bind(hash.as_bytes())
                .execute(&mut *transaction)
                .await?
                .rows_affected()
        });
        touched(taken, 1)
    }
}

fn place(hash: &SecretHash) -> String {
    format!("choice.sealed|{}", hex(hash.as_bytes()))
}
