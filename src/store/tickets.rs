//! Tickets: single use, one seat, one room, 60 seconds.

use jiff::{SignedDuration, Timestamp};

use super::{Result, Store, StoreError, write};
use crate::id::{ConsultationId, ParticipantId, RoomId};
use crate::private::SecretHash;

/// How long a ticket lasts.
pub const TICKET_LIFE: SignedDuration = SignedDuration::from_secs(60);

const DROP_OLDER: &str =
    "delete from ticket where consultation = $1 and (participant = $2 or (participant is null and $2 is null))";
const ISSUE: &str =
    "insert into ticket (hash, consultation, participant, room, expires_at) values ($1, $2, $3, $4, $5)";
const REDEEM: &str = "delete from ticket where hash = $1 returning consultation, participant, room, expires_at";
const DROP_SEAT: &str = "delete from ticket where consultation = $1 and participant = $2";
const DROP_ALL: &str = "delete from ticket where consultation = $1";

/// The way into one room for one seat; `participant` is `None` for the initiator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    pub consultation: ConsultationId,
    pub participant: Option<ParticipantId>,
    pub room: RoomId,
}

impl Store {
    /// Keeps the hash of a new ticket; an older one of the same seat is void from now on.
    pub async fn issue_ticket(&self, hash: &SecretHash, ticket: &Ticket, now: Timestamp) -> Result<()> {
        let seat = ticket.participant.as_ref().map(ParticipantId::as_str);
        let expires_at = (now + TICKET_LIFE).as_millisecond();
        write!(self, |transaction, _dialect| {
            sqlx::query(DROP_OLDER)
                .bind(ticket.consultation.as_str())
                .bind(seat)
                .execute(&mut *transaction)
                .await?;
            sqlx::query(ISSUE)
                .bind(hash.as_bytes())
                .bind(ticket.consultation.as_str())
                .bind(seat)
                .bind(ticket.room.as_str())
                .bind(expires_at)
                .execute(&mut *transaction)
                .await?;
        });
        Ok(())
    }

    /// Takes a ticket out; a second try finds nothing, and neither does one after its time.
    pub async fn redeem_ticket(&self, hash: &SecretHash, now: Timestamp) -> Result<Ticket> {
        let row: Option<(String, Option<String>, String, i64)> = write!(self, |transaction, _dialect| {
            sqlx::query_as(REDEEM)
                .bind(hash.as_bytes())
                .fetch_optional(&mut *transaction)
                .await?
        });
        let (consultation, participant, room, expires_at) = row.ok_or(StoreError::NotFound)?;
        if expires_at <= now.as_millisecond() {
            return Err(StoreError::NotFound);
        }
        Ok(Ticket {
            consultation: ConsultationId::parse(&consultation).ok_or(StoreError::Corrupt("consultation id"))?,
            participant: match participant {
                Some(id) => Some(ParticipantId::parse(&id).ok_or(StoreError::Corrupt("participant id"))?),
                None => None,
            },
            room: RoomId::parse(&room).ok_or(StoreError::Corrupt("room id"))?,
        })
    }

    /// Voids the ticket of one participant.
    pub async fn void_ticket(&self, consultation: &ConsultationId, participant: &ParticipantId) -> Result<()> {
        write!(self, |transaction, _dialect| {
            sqlx::query(DROP_SEAT)
                .bind(consultation.as_str())
                .bind(participant.as_str())
                .execute(&mut *transaction)
                .await?;
        });
        Ok(())
    }

    /// Voids every ticket of a consultation.
    pub async fn void_tickets(&self, consultation: &ConsultationId) -> Result<()> {
        write!(self, |transaction, _dialect| {
            sqlx::query(DROP_ALL)
                .bind(consultation.as_str())
                .execute(&mut *transaction)
                .await?;
        });
        Ok(())
    }
}
