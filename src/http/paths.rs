//! Ids in paths, read once: what is no id of ours is not found.

use serde::Deserialize;

use crate::error::Failure;
use crate::id::{ConsultationId, ParticipantId, PetitionId};

#[derive(Debug, Deserialize)]
pub(super) struct ConsultationPath {
    id: String,
}

impl ConsultationPath {
    pub(super) fn consultation(&self) -> Result<ConsultationId, Failure> {
        ConsultationId::parse(&self.id).ok_or(Failure::NotFound)
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct PersonPath {
    person: String,
}

impl PersonPath {
    pub(super) fn person(&self) -> Result<ParticipantId, Failure> {
        ParticipantId::parse(&self.person).ok_or(Failure::NotFound)
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct PetitionPath {
    petition: String,
}

impl PetitionPath {
    pub(super) fn petition(&self) -> Result<PetitionId, Failure> {
        PetitionId::parse(&self.petition).ok_or(Failure::NotFound)
    }
}
