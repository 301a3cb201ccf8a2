//! An SQLite file belongs to one process: the embedded rooms, the live pages and the loops count on it.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::time::{sleep, timeout};

/// A process that is just going has so long to be gone.
const PATIENCE: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(50);

/// Why this process cannot have the file for itself.
#[derive(Debug, thiserror::Error)]
pub enum NotAlone {
    #[error(
        "another process serves {} already, and an SQLite file is for one process; stop that one, or use PostgreSQL for several",
        .0.display()
    )]
    Taken(PathBuf),
    #[error("{} cannot be locked", .0.display())]
    Lock(PathBuf, #[source] io::Error),
}

/// As long as it lives, no other process serves this file. The system takes the lock back when a process dies, however it dies.
#[derive(Debug)]
pub(super) struct Alone {
    _lock: File,
}

impl Alone {
    /// Nothing for PostgreSQL, which several processes may share. The file is made beside the database and stays there, empty.
    pub(super) async fn with(database: &str) -> Result<Option<Self>, NotAlone> {
        Self::within(PATIENCE, database).await
    }

    async fn within(patience: Duration, database: &str) -> Result<Option<Self>, NotAlone> {
        let Some(file) = file(database) else {
            return Ok(None);
        };
        let mut name = file.clone().into_os_string();
        name.push(".lock");
        let name = PathBuf::from(name);
        let lock = File::options().create(true).append(true).open(&name);
        let lock = lock.map_err(|error| NotAlone::Lock(name.clone(), error))?;
        let locked = timeout(patience, async {
            loop {
                match lock.try_lock() {
                    Err(TryLockError::WouldBlock) => sleep(PAUSE).await,
                    other => return other,
                }
            }
        });
        match locked.await {
            Ok(Ok(())) => Ok(Some(Self { _lock: lock })),
            Ok(Err(TryLockError::Error(error))) => Err(NotAlone::Lock(name, error)),
            Ok(Err(TryLockError::WouldBlock)) | Err(_) => Err(NotAlone::Taken(file)),
        }
    }
}

/// The file behind such an address; nothing where it is no SQLite.
fn file(database: &str) -> Option<PathBuf> {
    let path = database.strip_prefix("sqlite:")?;
    let path = path.split('?').next().unwrap_or_default();
    let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
    Some(Path::new(path.as_ref()).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn postgresql_is_shared_and_a_file_is_not() {
        assert!(Alone::with("postgres://a@b/c").await.unwrap().is_none());
        let folder = tempfile::tempdir().unwrap();
        let database = format!("sqlite:{}/a%3Fb.db", folder.path().display());
        let first = Alone::with(&database).await.unwrap();
        assert!(folder.path().join("a?b.db.lock").exists());
        let second = Alone::within(PAUSE, &database).await;
        assert!(matches!(second, Err(NotAlone::Taken(_))));
        drop(first);
        assert!(Alone::with(&database).await.unwrap().is_some());
    }
}
