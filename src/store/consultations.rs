//! Consultations with their participants: one write path, begin, lock, transition, save, commit.

use jiff::Timestamp;

use super::orphans::ORPHAN;
use super::rows::{self, ConsultationRow, ParticipantRow, PhaseColumns, standing_columns, way_code};
use super::sight::{Binding, Sight};
use super::{Result, Store, StoreError, read, touched, write};
use crate::consultation::Consultation;
use crate::id::{ConsultationId, CourseTag, ParticipantId, PersonTag, PlaceTag, RoomId};
use crate::participant::Participant;
use crate::private::{Secret, SecretHash};
use crate::vault::DataKey;

const BY_ID: &str = "select * from consultation where id = $1";
const LOCKED: &str = "select * from consultation where id = $1 for update";
const PARTICIPANTS: &str = "select * from participant where consultation = $1 order by position";
const INSERT: &str = "insert into consultation (id, place, initiator, data_key, sealed_initiator, starts_at, minutes, backend, \
     phase, created_at, locked, incidents, admissions, reap_attempts, reap_at, browser) \
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'draft', $9, false, 0, 0, 0, 0, $10)";
const UPDATE: &str = "update consultation set initiator_consented_at = $2, starts_at = $3, minutes = $4, phase = $5, \
     sealed_at = $6, opening_at = $7, opened_at = $8, ended_at = $9, end_reason = $10, room = $11, locked = $12, \
     initiator_seen_at = $13, occupied_at = $14, incidents = $15, admissions = $16, room_mark = $17, backend = $18, \
     opening_by = case when $5 <> 'opening' then null when phase = 'opening' then opening_by else $19 end where id = $1";
const SAVE_PARTICIPANT: &str = "insert into participant (id, consultation, position, sealed_name, title, way, person, invitation, \
     generation, browser, standing, standing_at, consented_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
     on conflict (id) do update set position = excluded.position, person = excluded.person, invitation = excluded.invitation, \
     generation = excluded.generation, browser = excluded.browser, standing = excluded.standing, \
     standing_at = excluded.standing_at, consented_at = excluded.consented_at";
const REMOVE_PARTICIPANT: &str = "delete from participant where id = $1 and consultation = $2";
const INITIATED_BY: &str = "select id from consultation where initiator = $1";
const OF_INITIATOR: &str = "select id from consultation where initiator = $1 and place = $2 order by starts_at";
const OF_PERSON: &str = "select c.id from participant p join consultation c on c.id = p.consultation \
     where p.person = $1 and c.place = $2 and c.phase in ('sealed', 'opening', 'open') order by c.starts_at";
const OF_PLACE: &str = "select id from consultation where place = $1 and phase in ('sealed', 'opening', 'open')";
const OFFERED: &str = "select c.id from placement p join consultation c on c.id = p.consultation \
     where c.initiator = $1 and p.course = $2 and c.phase in ('sealed', 'opening', 'open') order by c.starts_at";
const BY_PARTICIPANT: &str = "select consultation from participant where id = $1";
const BY_INVITATION: &str = "select id, consultation from participant where invitation = $1";
const LIVING: &str = "select id, backend from consultation where phase in ('opening', 'open') \
     or (phase in ('draft', 'sealed') and starts_at < $1) \
     or id in (select consultation from participant where standing in ('waiting', 'admitted'))";
const PENDING: &str = "select id, backend, ended_at, reap_attempts, reap_at, reap_problem, room from consultation where phase = 'ended' \
     order by reap_at, ended_at limit 500";
const ATTEMPT: &str = "update consultation set reap_attempts = reap_attempts + 1, reap_problem = $2, reap_at = $3 \
     where id = $1 and phase = 'ended'";

/// A consultation as it is kept: with its data key.
#[derive(Clone, Debug)]
pub struct Kept {
    pub consultation: Consultation,
    pub binding: Binding,
    key: DataKey,
}

impl Kept {
    /// The secret of a participant's personal link, as it is now.
    pub fn invitation(&self, participant: &Participant) -> Secret {
        self.key.invitation(&participant.id, participant.generation)
    }

    /// The secret of the link that can be placed in the course.
    pub fn link(&self) -> Secret {
        self.key.placed_link()
    }
}

/// An ended consultation whose erasure is not yet proven.
#[derive(Clone, Debug)]
pub struct Pending {
    pub id: ConsultationId,
    pub backend: String,
    pub ended_at: Timestamp,
    pub attempts: u32,
    pub try_at: Timestamp,
    /// A code, never the text of another server.
    pub problem: Option<String>,
    /// Without a room nothing is to be asked of the video system.
    pub has_room: bool,
}

#[derive(sqlx::FromRow)]
struct PendingRow {
    id: String,
    backend: String,
    ended_at: i64,
    reap_attempts: i64,
    reap_at: i64,
    reap_problem: Option<String>,
    room: Option<String>,
}

impl PendingRow {
    fn read(self) -> Result<Pending> {
        Ok(Pending {
            id: ConsultationId::parse(&self.id).ok_or(StoreError::Corrupt("consultation id"))?,
            backend: self.backend,
            ended_at: super::time(self.ended_at)?,
            attempts: super::count(self.reap_attempts)?,
            try_at: super::time(self.reap_at)?,
            problem: self.reap_problem,
            has_room: self.room.is_some(),
        })
    }
}

impl Pending {
    /// An attempt before this one failed for another reason than that something was still there.
    pub fn is_doubtful(&self) -> bool {
        self.attempts > 0 && self.problem.as_deref() != Some("residue")
    }
}

/// Reads a consultation and its participants over whatever connection it is given.
macro_rules! load {
    ($store:expr, $connection:expr, $select:expr, $id:expr) => {{
        let row: Option<ConsultationRow> = sqlx::query_as($select)
            .bind($id.as_str())
            .fetch_optional(&mut *$connection)
            .await?;
        let row = row.ok_or(StoreError::NotFound)?;
        let key = $store.vault.unwrap_key(&row.id, &row.data_key)?;
        let people: Vec<ParticipantRow> = sqlx::query_as(PARTICIPANTS)
            .bind($id.as_str())
            .fetch_all(&mut *$connection)
            .await?;
        let people = people
            .into_iter()
            .map(|person| person.read(&key))
            .collect::<Result<Vec<_>>>()?;
        let binding = Binding::read(row.browser.as_deref())?;
        Kept {
            consultation: row.read(&key, people)?,
            binding,
            key,
        }
    }};
}

/// Writes what a step has changed.
macro_rules! save {
    ($store:expr, $transaction:expr, $before:expr, $after:expr) => {{
        let (id, now) = ($after.consultation.id.as_str(), &$after.consultation);
        let columns = PhaseColumns::of(&now.phase);
        let updated = sqlx::query(UPDATE)
            .bind(id)
            .bind(now.initiator_consented_at.map(Timestamp::as_millisecond))
            .bind(now.plan.start.as_millisecond())
            .bind(i64::from(now.plan.minutes))
            .bind(now.phase.code())
            .bind(columns.sealed_at)
            .bind(columns.opening_at)
            .bind(columns.opened_at)
            .bind(columns.ended_at)
            .bind(columns.end_reason)
            .bind(columns.room)
            .bind(columns.locked)
            .bind(columns.initiator_seen_at)
            .bind(columns.occupied_at)
            .bind(i64::from(now.incidents))
            .bind(i64::from(now.admissions))
            .bind(columns.room_mark)
            .bind(now.backend.as_str())
            .bind($store.life())
            .execute(&mut *$transaction)
            .await?;
        touched(updated.rows_affected(), 1)?;
        for gone in $before
            .participants
            .iter()
            .filter(|person| now.participant(&person.id).is_none())
        {
            sqlx::query(REMOVE_PARTICIPANT)
                .bind(gone.id.as_str())
                .bind(id)
                .execute(&mut *$transaction)
                .await?;
        }
        let mut listed = $before.participants.iter();
        for (person, position) in now.participants.iter().zip(0_i64..) {
            // unchanged, and at the same place of the list
            if listed.next() == Some(person) {
                continue;
            }
            let (standing_at, consented_at) = standing_columns(&person.standing);
            sqlx::query(SAVE_PARTICIPANT)
                .bind(person.id.as_str())
                .bind(id)
                .bind(position)
                .bind(
                    $after
                        .key
                        .seal(&rows::name_place(person.id.as_str()), person.name.expose().as_bytes()),
                )
                .bind(person.title.code())
                .bind(way_code(person.way))
                .bind(person.person.as_ref().map(|tag| tag.0.to_vec()))
                .bind(person.invitation.as_ref().map(|hash| hash.as_bytes().to_vec()))
                .bind(i64::from(person.generation))
                .bind(person.browser.as_ref().map(|hash| hash.as_bytes().to_vec()))
                .bind(person.standing.code())
                .bind(standing_at)
                .bind(consented_at)
                .execute(&mut *$transaction)
                .await?;
        }
    }};
}

impl Store {
    /// Keeps a new draft under a data key of its own, bound to the browser it was begun in or to the initiator's passkey.
    pub async fn insert(&self, draft: &Consultation, key: DataKey, binding: &Binding) -> Result<()> {
        if !draft.participants.is_empty() {
            return Err(StoreError::Corrupt("a draft begins empty"));
        }
        let id = draft.id.as_str();
        let wrapped = self.vault.wrap(id, &key);
        let name = key.seal(&rows::initiator_place(id), draft.initiator_name.expose().as_bytes());
        write!(self, |transaction, _dialect| {
            sqlx::query(INSERT)
                .bind(id)
                .bind(draft.place.0.as_slice())
                .bind(draft.initiator.0.as_slice())
                .bind(wrapped)
                .bind(name)
                .bind(draft.plan.start.as_millisecond())
                .bind(i64::from(draft.plan.minutes))
                .bind(draft.backend.as_str())
                .bind(draft.created_at.as_millisecond())
                .bind(binding.stored())
                .execute(&mut *transaction)
                .await?;
        });
        Ok(())
    }

    pub async fn load(&self, id: &ConsultationId) -> Result<Kept> {
        read!(self, |pool| {
            let mut connection = pool.acquire().await?;
            Ok(load!(self, connection, BY_ID, id))
        })
    }

    /// The one way to change a consultation: locked, changed by a pure step, saved whole. A refused step changes nothing.
    pub async fn change<T>(
        &self,
        id: &ConsultationId,
        step: impl FnOnce(&mut Kept) -> std::result::Result<T, StoreError>,
    ) -> Result<T> {
        Ok(write!(self, |transaction, dialect| {
            let before = load!(self, transaction, dialect.pick(BY_ID, LOCKED), id);
            let mut after = before.clone();
            let outcome = step(&mut after)?;
            if after.consultation != before.consultation {
                save!(self, transaction, before.consultation, after);
            }
            outcome
        }))
    }

    /// The room was not made, or nobody knows: back to sealed, and from now on the room is an orphan. Both or neither, as a room that
    /// was forgotten would stay open, and one that is needed must never be an orphan.
    pub async fn not_made(&self, id: &ConsultationId, room: &RoomId, asked_at: Timestamp) -> Result<()> {
        write!(self, |transaction, dialect| {
            let before = load!(self, transaction, dialect.pick(BY_ID, LOCKED), id);
            let mut after = before.clone();
            after.consultation.not_made(room)?;
            save!(self, transaction, before.consultation, after);
            sqlx::query(ORPHAN)
                .bind(room.as_str())
                .bind(after.consultation.backend.as_str())
                .bind(asked_at.as_millisecond())
                .execute(&mut *transaction)
                .await?;
        });
        Ok(())
    }

    /// Every consultation this person began at this place that this browser may see, the next one first.
    pub async fn of_initiator(&self, sight: &Sight, place: &PlaceTag) -> Result<Vec<Kept>> {
        let mut all = self.load_all(OF_INITIATOR, &[&sight.person().0, &place.0]).await?;
        all.retain(|kept| sight.shows(&kept.binding));
        Ok(all)
    }

    /// Sealed and open consultations at this place on whose list this person is; a draft is nobody's business yet.
    pub async fn of_person(&self, person: &PersonTag, place: &PlaceTag) -> Result<Vec<Kept>> {
        self.load_all(OF_PERSON, &[&person.0, &place.0]).await
    }

    /// Sealed and open consultations at this place.
    pub async fn of_place(&self, place: &PlaceTag) -> Result<Vec<Kept>> {
        self.load_all(OF_PLACE, &[&place.0]).await
    }

    /// What this person began and offers in this course: what they may place there.
    pub async fn offered(&self, person: &PersonTag, course: &CourseTag) -> Result<Vec<Kept>> {
        self.load_all(OFFERED, &[&person.0, &course.0]).await
    }

    pub async fn of_participant(&self, participant: &ParticipantId) -> Result<Kept> {
        let id: Option<(String,)> = read!(self, |pool| sqlx::query_as(BY_PARTICIPANT)
            .bind(participant.as_str())
            .fetch_optional(pool)
            .await)?;
        let (id,) = id.ok_or(StoreError::NotFound)?;
        self.load(&ConsultationId::parse(&id).ok_or(StoreError::Corrupt("consultation id"))?)
            .await
    }

    /// Whose personal link this is.
    pub async fn by_invitation(&self, invitation: &SecretHash) -> Result<(ParticipantId, ConsultationId)> {
        let row: Option<(String, String)> = read!(self, |pool| sqlx::query_as(BY_INVITATION)
            .bind(invitation.as_bytes())
            .fetch_optional(pool)
            .await)?;
        let (participant, consultation) = row.ok_or(StoreError::NotFound)?;
        Ok((
            ParticipantId::parse(&participant).ok_or(StoreError::Corrupt("participant id"))?,
            ConsultationId::parse(&consultation).ok_or(StoreError::Corrupt("consultation id"))?,
        ))
    }

    /// Consultations that the watch has to look at: being opened, open, waited for, or planned before `planned_before` and never opened.
    /// Each with the name of its video system.
    pub async fn living(&self, planned_before: Timestamp) -> Result<Vec<(ConsultationId, String)>> {
        let ids: Vec<(String, String)> = read!(self, |pool| sqlx::query_as(LIVING)
            .bind(planned_before.as_millisecond())
            .fetch_all(pool)
            .await)?;
        ids.into_iter()
            .map(|(id, backend)| {
                let id = ConsultationId::parse(&id).ok_or(StoreError::Corrupt("consultation id"))?;
                Ok((id, backend))
            })
            .collect()
    }

    /// Everything that this person has begun and that is not erased, wherever and in whichever browser.
    pub async fn initiated_by(&self, person: &PersonTag) -> Result<Vec<ConsultationId>> {
        let ids: Vec<(String,)> = read!(self, |pool| sqlx::query_as(INITIATED_BY)
            .bind(person.0.as_slice())
            .fetch_all(pool)
            .await)?;
        let ids = ids.into_iter().map(|(id,)| ConsultationId::parse(&id));
        ids.map(|id| id.ok_or(StoreError::Corrupt("consultation id"))).collect()
    }

    /// Ended consultations that are not yet proven to be gone, in the order in which they are tried.
    pub async fn pending(&self) -> Result<Vec<Pending>> {
        let rows: Vec<PendingRow> = read!(self, |pool| sqlx::query_as(PENDING).fetch_all(pool).await)?;
        rows.into_iter().map(PendingRow::read).collect()
    }

    /// Notes a failed attempt at erasure and when to try again; `problem` is a code.
    pub async fn attempt(&self, id: &ConsultationId, problem: &str, try_at: Timestamp) -> Result<()> {
        let done = write!(self, |transaction, _dialect| {
            sqlx::query(ATTEMPT)
                .bind(id.as_str())
                .bind(problem)
                .bind(try_at.as_millisecond())
                .execute(&mut *transaction)
                .await?
                .rows_affected()
        });
        touched(done, 1)
    }

    async fn load_all(&self, select: &'static str, binds: &[&[u8; 32]]) -> Result<Vec<Kept>> {
        read!(self, |pool| {
            let mut connection = pool.acquire().await?;
            let mut query = sqlx::query_as::<_, (String,)>(select);
            for bind in binds {
                query = query.bind(bind.as_slice());
            }
            let mut all = Vec::new();
            for (id,) in query.fetch_all(&mut *connection).await? {
                all.push(load!(self, connection, BY_ID, id));
            }
            Ok(all)
        })
    }
}
