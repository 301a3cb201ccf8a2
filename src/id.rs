//! Ids as newtypes: 128 random bits in hexadecimal, so that nobody can count or guess them.

use std::fmt;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(String);

        impl $name {
            pub fn new(random: [u8; 16]) -> Self {
                Self(hex(&random))
            }

            /// Reads 32 lower-case hexadecimal digits; anything else is no id of ours.
            pub fn parse(text: &str) -> Option<Self> {
                let well_formed = text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
                well_formed.then(|| Self(text.to_owned()))
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    };
}

id!(
    /// One consultation; also the id of its deletion record.
    ConsultationId
);
id!(
    /// One person on the list of one consultation.
    ParticipantId
);
id!(
    /// One room on one backend, never used twice (rule 5).
    RoomId
);
id!(
    /// One report to the data-protection officer.
    IncidentId
);
id!(
    /// One wish of a launched person to be recognised as a participant typed by name.
    PetitionId
);
id!(
    /// One passkey of a person.
    PasskeyId
);
id!(
    /// One decision of an administrator.
    ActId
);

/// One room on one backend, and what that backend told about it when it made it, so that this very room is found again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Room {
    pub id: RoomId,
    /// Read by that backend alone; empty where it told nothing, or nobody knows any more.
    pub mark: String,
}

impl Room {
    /// A room of which only the id is known.
    pub fn unmarked(id: RoomId) -> Self {
        Self {
            id,
            mark: String::new(),
        }
    }
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            for nibble in [byte >> 4, byte & 15] {
                text.push(char::from_digit(nibble.into(), 16).unwrap_or('0'));
            }
            text
        })
}

/// A keyed hash of a person (issuer, client id, deployment, subject): equal for the same person, meaningless without our key.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PersonTag(pub [u8; 32]);

/// A keyed hash of a course (issuer, client id, deployment, context): a copy is another one.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct CourseTag(pub [u8; 32]);

/// A keyed hash of a place (issuer, client id, deployment, context, resource link): a copied course has another one.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PlaceTag(pub [u8; 32]);

impl fmt::Debug for PersonTag {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[person]")
    }
}

impl fmt::Debug for CourseTag {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[course]")
    }
}

impl fmt::Debug for PlaceTag {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[place]")
    }
}
