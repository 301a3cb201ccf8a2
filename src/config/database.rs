//! Which database: one file, or PostgreSQL; a password comes from a file of its own.

use std::path::{Path, PathBuf};

use url::Url;

use super::section::Section;

const KEYS: [&str; 3] = ["database_file", "database", "database_url_file"];

/// As [`crate::store::Store::connect`] wants it. No message repeats an address: it may hold a password.
pub(super) fn database(root: &Section<'_>, folder: &Path) -> Option<String> {
    let file = root.text("database_file");
    let address = root.text("database");
    let address_file = root.text("database_url_file");
    match KEYS.iter().filter(|key| root.has(key)).count() {
        0 => root.missing("database_file", "database_file = \"sprechzimmer.db\""),
        1 => {}
        _ => root.refuse("only one of database_file, database and database_url_file can be written"),
    }
    match (file, address, address_file) {
        (Some(given), _, _) => Some(sqlite(&folder.join(given.value))),
        (None, Some(given), _) => given.read(|text| match postgres(&text)? {
            url if holds_password(&url) => Err("holds a password, and secrets are only read from files: \
                 write the address into a file of its own and name it as database_url_file"
                .to_owned()),
            _ => Ok(text),
        }),
        (None, None, Some(given)) => given.read(|name| {
            let path = folder.join(name);
            let text = std::fs::read_to_string(&path)
                .map_err(|error| format!("the file {} cannot be read: {}", path.display(), error.kind()))?;
            postgres(text.trim())?;
            Ok(text.trim().to_owned())
        }),
        (None, None, None) => None,
    }
}

/// Beside a database that is a file, unless another place is written; for PostgreSQL none, unless one is written.
pub(super) fn witness_file(root: &Section<'_>, folder: &Path, database: Option<&str>) -> Option<PathBuf> {
    let written = root.text("witness_file").map(|given| folder.join(given.value));
    let file = || {
        Some(
            database?
                .strip_prefix("sqlite:")?
                .replace("%3F", "?")
                .replace("%25", "%"),
        )
    };
    written.or_else(|| Some(PathBuf::from(file()? + "-witness")))
}

/// `?` and `%` mean something in such an address, but may stand in the name of a file.
fn sqlite(path: &Path) -> String {
    let name = path.to_string_lossy().replace('%', "%25").replace('?', "%3F");
    format!("sqlite:{name}")
}

fn postgres(text: &str) -> Result<Url, String> {
    Url::parse(text)
        .ok()
        .filter(|url| matches!(url.scheme(), "postgres" | "postgresql"))
        .ok_or_else(|| {
            "is not the address of a PostgreSQL database; write for instance \"postgres://user@host/sprechzimmer\", \
             or database_file for a file"
                .to_owned()
        })
}

fn holds_password(url: &Url) -> bool {
    url.password().is_some() || url.query_pairs().any(|(name, _)| name == "password")
}
