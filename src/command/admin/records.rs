//! The records of deletions: listed, exported, and read again after a backup was put back.

use std::fs;
use std::path::Path;

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sprechzimmer::id::ConsultationId;
use sprechzimmer::reaper::Proof;
use sprechzimmer::store::Record;

use super::open;
use crate::command::{CommandError, ConfigFile, say};

#[derive(Debug, Args)]
pub(in crate::command) struct RecordsList {
    #[command(flatten)]
    file: ConfigFile,
    /// Every record whole, to be kept outside: JSON can be read again by `after-restore`, CSV by a spreadsheet.
    #[arg(long, value_name = "FORM", value_enum)]
    export: Option<Form>,
    /// Only what was erased at this time or later, as 2026-09-01T00:00:00Z.
    #[arg(long, value_name = "TIME")]
    since: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    /// One line for each.
    Json,
    /// With a line of names.
    Csv,
}

/// A record as it stands in a file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    id: String,
    erased_at: Timestamp,
    proof: Proof,
}

const COLUMNS: &str = "id,erased_at,backend,planned_start,planned_minutes,created_at,sealed_at,opened_at,ended_at,reason,room,\
     invited,admissions,incidents,room_gone_at,attempts";

impl RecordsList {
    pub(in crate::command) async fn run(self) -> Result<(), CommandError> {
        let (_, store) = open(&self.file).await?;
        let since = self.since.unwrap_or(Timestamp::MIN);
        if matches!(self.export, Some(Form::Csv)) {
            say(COLUMNS)?;
        }
        let mut page = store.records(None).await?;
        while let Some(last) = page.last() {
            for record in page.iter().filter(|record| record.erased_at >= since) {
                say(match self.export {
                    None => format!("{}  {}", record.erased_at, record.id),
                    Some(Form::Json) => json(record)?,
                    Some(Form::Csv) => csv(record)?,
                })?;
            }
            page = store.records(Some(last)).await?;
        }
        store.close().await;
        Ok(())
    }
}

/// Reads what was exported as JSON. A line that is none of ours spoils the whole file.
pub(super) fn read(path: &Path) -> Result<Vec<Record>, CommandError> {
    let text = fs::read_to_string(path).map_err(|source| CommandError::File {
        what: "the records cannot be read:",
        path: path.to_owned(),
        source,
    })?;
    let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    lines
        .map(|(text, line)| {
            let path = path.to_owned();
            parse(text).ok_or(CommandError::NoRecord { path, line })
        })
        .collect()
}

fn parse(line: &str) -> Option<Record> {
    let Line { id, erased_at, proof } = serde_json::from_str(line).ok()?;
    Some(Record {
        id: ConsultationId::parse(&id)?,
        erased_at,
        proof: serde_json::to_string(&proof).ok()?,
    })
}

fn proof(record: &Record) -> Result<Proof, CommandError> {
    serde_json::from_str(&record.proof).map_err(|_| CommandError::Unreadable(record.id.to_string()))
}

fn json(record: &Record) -> Result<String, CommandError> {
    let line = Line {
        id: record.id.to_string(),
        erased_at: record.erased_at,
        proof: proof(record)?,
    };
    serde_json::to_string(&line).map_err(|_| CommandError::Unreadable(line.id))
}

/// Ids, times, numbers and codes: nothing in them needs quotation marks.
fn csv(record: &Record) -> Result<String, CommandError> {
    let proof = proof(record)?;
    let time = |at: Option<Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
    let fields = [
        record.id.to_string(),
        record.erased_at.to_string(),
        proof.backend,
        proof.planned_start.to_string(),
        proof.planned_minutes.to_string(),
        proof.created_at.to_string(),
        time(proof.sealed_at),
        time(proof.opened_at),
        proof.ended_at.to_string(),
        proof.reason,
        proof.room.unwrap_or_default(),
        proof.invited.to_string(),
        proof.admissions.to_string(),
        proof.incidents.len().to_string(),
        time(proof.room_gone_at),
        proof.attempts.to_string(),
    ];
    Ok(fields.map(|field| field.replace([',', '"', '\n', '\r'], " ")).join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_no_record_is_none() {
        for line in [
            "",
            "{}",
            "[]",
            "{\"id\":\"x\",\"erased_at\":\"2026-01-01T00:00:00Z\",\"proof\":{}}",
        ] {
            assert!(parse(line).is_none(), "{line}");
        }
    }
}
