//! People of a place: who launched lately, and who asks to be recognised.

use jiff::Timestamp;

use super::{Result, Store, StoreError, read, rows, time, write};
use crate::id::{PersonTag, PetitionId, PlaceTag, hex};
use crate::private::Private;

const ACQUAINTANCES: &str =
    "select person, sealed, seen_at from acquaintance where place = $1 order by seen_at desc limit 500";
const PETITION: &str = "insert into petition (id, place, person, sealed, made_at) values ($1, $2, $3, $4, $5) \
     on conflict (place, person) do nothing";
const PETITIONS: &str = "select id, person, sealed, made_at from petition where place = $1 order by made_at limit 100";
const TAKE_PETITION: &str = "delete from petition where id = $1 and place = $2 returning id, person, sealed, made_at";
const HAS_PETITION: &str = "select count(*) from petition where place = $1 and person = $2";

/// Somebody who launched from this place before.
#[derive(Clone, Debug)]
pub struct Acquaintance {
    pub person: PersonTag,
    pub name: Private<String>,
    pub seen_at: Timestamp,
}

/// A launched person who asks to be recognised as somebody typed by name.
#[derive(Clone, Debug)]
pub struct Petition {
    pub id: PetitionId,
    pub person: PersonTag,
    /// The name as the learning platform gave it.
    pub name: Private<String>,
    pub made_at: Timestamp,
}

impl Store {
    pub(super) fn seal_name(&self, place: &PlaceTag, person: &PersonTag, name: &Private<String>) -> Vec<u8> {
        self.vault
            .seal(&row("acquaintance", place, person), name.expose().as_bytes())
    }

    /// Who launched from this place, the latest first.
    pub async fn acquaintances(&self, place: &PlaceTag) -> Result<Vec<Acquaintance>> {
        let found: Vec<(Vec<u8>, Vec<u8>, i64)> = read!(self, |pool| sqlx::query_as(ACQUAINTANCES)
            .bind(place.0.as_slice())
            .fetch_all(pool)
            .await)?;
        found
            .into_iter()
            .map(|(person, sealed, seen_at)| {
                let person = PersonTag(rows::tag(&person)?);
                let name = self.open_name(&row("acquaintance", place, &person), &sealed)?;
                Ok(Acquaintance {
                    person,
                    name,
                    seen_at: time(seen_at)?,
                })
            })
            .collect()
    }

    /// Keeps the wish to be recognised; a second one changes nothing.
    pub async fn ask(&self, place: &PlaceTag, petition: &Petition) -> Result<()> {
        let sealed = self.vault.seal(
            &row("petition", place, &petition.person),
            petition.name.expose().as_bytes(),
        );
        write!(self, |transaction, _dialect| {
            sqlx::query(PETITION)
                .bind(petition.id.as_str())
                .bind(place.0.as_slice())
                .bind(petition.person.0.as_slice())
                .bind(sealed)
                .bind(petition.made_at.as_millisecond())
                .execute(&mut *transaction)
                .await?;
        });
        Ok(())
    }

    pub async fn has_asked(&self, place: &PlaceTag, person: &PersonTag) -> Result<bool> {
        let (found,): (i64,) = read!(self, |pool| {
            sqlx::query_as(HAS_PETITION)
                .bind(place.0.as_slice())
                .bind(person.0.as_slice())
                .fetch_one(pool)
                .await
        })?;
        Ok(found > 0)
    }

    pub async fn petitions(&self, place: &PlaceTag) -> Result<Vec<Petition>> {
        let found: Vec<(String, Vec<u8>, Vec<u8>, i64)> = read!(self, |pool| sqlx::query_as(PETITIONS)
            .bind(place.0.as_slice())
            .fetch_all(pool)
            .await)?;
        found.into_iter().map(|found| self.petition(place, found)).collect()
    }

    /// Takes a petition out, because the initiator has decided on it.
    pub async fn take_petition(&self, place: &PlaceTag, id: &PetitionId) -> Result<Petition> {
        let found: Option<(String, Vec<u8>, Vec<u8>, i64)> = write!(self, |transaction, _dialect| {
            sqlx::query_as(TAKE_PETITION)
                .bind(id.as_str())
                .bind(place.0.as_slice())
                .fetch_optional(&mut *transaction)
                .await?
        });
        self.petition(place, found.ok_or(StoreError::NotFound)?)
    }

    fn petition(&self, place: &PlaceTag, found: (String, Vec<u8>, Vec<u8>, i64)) -> Result<Petition> {
        let (id, person, sealed, made_at) = found;
        let person = PersonTag(rows::tag(&person)?);
        let name = self.open_name(&row("petition", place, &person), &sealed)?;
        let id = PetitionId::parse(&id).ok_or(StoreError::Corrupt("petition id"))?;
        Ok(Petition {
            id,
            person,
            name,
            made_at: time(made_at)?,
        })
    }

    fn open_name(&self, place: &str, sealed: &[u8]) -> Result<Private<String>> {
        let plain = self.vault.open(place, sealed)?;
        let name = std::str::from_utf8(&plain).map_err(|_| StoreError::Corrupt("name"))?;
        Ok(Private::new(name.to_owned()))
    }
}

fn row(table: &str, place: &PlaceTag, person: &PersonTag) -> String {
    format!("{table}.sealed|{}|{}", hex(&place.0), hex(&person.0))
}
