//! A witness outside the database: the latest deletion that was proven. A database that does not know it is older than that.

use std::io;
use std::path::PathBuf;

use tokio::fs;
use tokio::io::AsyncWriteExt;
use tokio::sync::Mutex;

use crate::id::ConsultationId;

/// A small file; without one nothing is noted.
#[derive(Debug)]
pub struct Witness {
    file: Option<PathBuf>,
    /// One writes at a time.
    turn: Mutex<()>,
}

impl Witness {
    pub fn new(file: Option<PathBuf>) -> Self {
        Self {
            file,
            turn: Mutex::default(),
        }
    }

    /// This deletion is proven, and the database holds its record. The file is replaced as a whole.
    pub async fn note(&self, id: &ConsultationId) -> io::Result<()> {
        let Some(file) = &self.file else {
            return Ok(());
        };
        let _turn = self.turn.lock().await;
        let mut fresh = file.clone().into_os_string();
        fresh.push("-new");
        let mut written = fs::File::create(&fresh).await?;
        written.write_all(format!("{id}\n").as_bytes()).await?;
        written.sync_all().await?;
        fs::rename(&fresh, file).await
    }

    /// The latest one that was noted.
    pub async fn latest(&self) -> io::Result<Option<ConsultationId>> {
        let Some(file) = &self.file else {
            return Ok(None);
        };
        match fs::read_to_string(file).await {
            Ok(text) => Ok(ConsultationId::parse(text.trim())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// What was noted is of another database, which is gone.
    pub async fn forget(&self) -> io::Result<()> {
        match &self.file {
            Some(file) => match fs::remove_file(file).await {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            },
            None => Ok(()),
        }
    }
}
