//! A PostgreSQL for one test alone, which may be stopped and started while others go on with theirs.

use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

use crate::databases::{self, Database};

/// A running server; it does not outlive the value.
pub(crate) struct Server {
    folder: TempDir,
    programs: PathBuf,
}

impl Server {
    pub(crate) fn start() -> Self {
        let programs = Command::new("sh")
            .args(["-c", "ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1"])
            .output()
            .unwrap();
        let programs = String::from_utf8(programs.stdout).unwrap();
        let server = Self {
            folder: TempDir::with_prefix("sprechzimmer-server-").unwrap(),
            programs: PathBuf::from(programs.trim()),
        };
        // PostgreSQL refuses to run as root; Debian's package brings a user for it
        let owner = Command::new("chown")
            .arg("postgres:")
            .arg(server.folder.path())
            .status();
        drop(owner);
        let data = server.data();
        server.run(
            "initdb",
            &[
                "--pgdata",
                &data,
                "--username=postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            ],
        );
        server.begin();
        server
    }

    pub(crate) fn database(&self) -> Database {
        let folder = self.folder.path().display();
        let url = format!("postgres://postgres@localhost/postgres?host={folder}");
        databases::at(url)
    }

    /// As an administrator does: sessions are cut, and a moment later it is there again.
    pub(crate) fn restart(&self) {
        self.run(
            "pg_ctl",
            &["--pgdata", &self.data(), "--mode=fast", "--silent", "--wait", "stop"],
        );
        self.begin();
    }

    fn begin(&self) {
        let folder = self.folder.path().display();
        let options = format!("-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off");
        let log = self.folder.path().join("log").display().to_string();
        self.run(
            "pg_ctl",
            &[
                "--pgdata",
                &self.data(),
                "--log",
                &log,
                "--silent",
                "--wait",
                "--options",
                &options,
                "start",
            ],
        );
    }

    fn data(&self) -> String {
        self.folder.path().join("data").display().to_string()
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let path = self.programs.join(program);
        let root = std::fs::metadata("/proc/self").unwrap();
        let mut command = if std::os::unix::fs::MetadataExt::uid(&root) == 0 {
            let mut command = Command::new("setpriv");
            command
                .args(["--reuid=postgres", "--regid=postgres", "--clear-groups"])
                .arg(path);
            command
        } else {
            Command::new(path)
        };
        command.args(arguments).current_dir(self.folder.path());
        for variable in ["PGDATA", "PGHOST", "PGPORT"] {
            command.env_remove(variable);
        }
        let done = command.stdout(std::process::Stdio::null()).status().unwrap();
        assert!(done.success(), "{program}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.run(
            "pg_ctl",
            &["--pgdata", &self.data(), "--mode=immediate", "--silent", "stop"],
        );
    }
}
