//! The real program as a process of its own, which dies as processes die: from one instruction to the next.

use std::fs;
use std::net::TcpListener;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};

use lti13_tool::DeploymentId;
use sprechzimmer::config::{BackendKind, BackendSettings, Config};

use super::{World, until};
use crate::databases::Database;

const CONFIGURATION: &str = "sprechzimmer.toml";
/// Where there is such a file, the program trusts whom it names and nobody else.
pub(crate) const TRUSTED: &str = "trusted.pem";
const LOG: &str = "sprechzimmer.log";
/// The signal that no process can catch (signal(7)).
const SIGKILL: i32 = 9;

/// A running `sprechzimmer serve`; it does not outlive the value.
pub(crate) struct Program(Child);

impl World {
    /// The service as an administrator runs it, on a database that outlives it.
    pub(crate) async fn program(database: &Database) -> Self {
        Self::program_with(database, |_| {}).await
    }

    /// The same with a changed configuration.
    pub(crate) async fn program_with(database: &Database, change: impl FnOnce(&mut Config)) -> Self {
        let mut world = Self::program_site(database, change).await;
        world.run_program().await;
        world
    }

    /// The same, where no talk can be opened.
    pub(crate) async fn program_unready(database: &Database, change: impl FnOnce(&mut Config)) -> Self {
        let mut world = Self::program_site(database, change).await;
        world.program = Some(Program::start(world.folder.path()));
        world.answers("/healthz").await;
        world
    }

    async fn program_site(database: &Database, change: impl FnOnce(&mut Config)) -> Self {
        let (world, listener) = Self::site(|config| {
            config.database.clone_from(&database.url);
            change(config);
        })
        .await;
        // the port is known now, and free for the program
        drop(listener);
        fs::write(world.folder.path().join(CONFIGURATION), toml(&world.config)).unwrap();
        world
    }

    /// Starts the program, again after `kill`, and waits until it is ready.
    pub(crate) async fn run_program(&mut self) {
        self.begin_program().await;
        self.answers("/readyz").await;
    }

    /// Starts the program, whatever comes of it.
    pub(crate) async fn begin_program(&mut self) {
        let port = self.url.port().unwrap();
        let free = async || TcpListener::bind(("127.0.0.1", port)).ok();
        drop(until("the port is free", free).await);
        self.program = Some(Program::start(self.folder.path()));
    }

    /// Waits until this page can be had.
    async fn answers(&self, path: &str) {
        let ready = self.url.join(path).unwrap();
        let answers = async || {
            reqwest::get(ready.clone())
                .await
                .ok()?
                .status()
                .is_success()
                .then_some(())
        };
        until("the program is ready", answers).await;
    }

    /// SIGKILL: no handler, no destructor, nothing is written any more.
    pub(crate) fn kill(&mut self) {
        let status = self.program.take().unwrap().kill();
        assert_eq!(status.signal(), Some(SIGKILL), "it had ended by itself: {status}");
    }

    /// Asks the program to stop, as an administrator or a cluster does.
    pub(crate) fn terminate(&self) {
        let id = self.program.as_ref().unwrap().id();
        let told = Command::new("kill").arg(id.to_string()).status().unwrap();
        assert!(told.success());
    }

    /// Waits until the program has gone by itself.
    pub(crate) async fn left(&mut self) -> ExitStatus {
        let program = self.program.as_mut().unwrap();
        until("the program has gone", async || program.has_left()).await
    }

    /// What comes of starting it once more beside itself, on another port: exit code and words.
    pub(crate) async fn second_program(&self) -> (Option<i32>, String) {
        let folder = self.folder.path().to_owned();
        let text = fs::read_to_string(folder.join(CONFIGURATION)).unwrap();
        let listen = format!("listen = \"127.0.0.1:{}\"", self.url.port().unwrap());
        fs::write(
            folder.join("second.toml"),
            text.replacen(&listen, "listen = \"127.0.0.1:0\"", 1),
        )
        .unwrap();
        let starting = tokio::task::spawn_blocking(move || {
            let mut second = Command::new(env!("CARGO_BIN_EXE_sprechzimmer"));
            second
                .args(["serve", "--config", "second.toml"])
                .current_dir(folder)
                .output()
        });
        let output = starting.await.unwrap().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    }

    /// From now on the system lets the program write no further than the first page of a file, as a full disk does.
    pub(crate) fn fill_disk(&self) {
        self.limit("--fsize=4096:unlimited");
    }

    pub(crate) fn clear_disk(&self) {
        self.limit("--fsize=unlimited:unlimited");
    }

    fn limit(&self, limit: &str) {
        let id = self.program.as_ref().unwrap().id().to_string();
        let set = Command::new("prlimit").args(["--pid", &id, limit]).status().unwrap();
        assert!(set.success());
    }

    /// Everything the program has written to its log in all its lives.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join(LOG)).unwrap()
    }
}

impl Program {
    fn start(folder: &Path) -> Self {
        Self::begin(folder, &["--config", CONFIGURATION], LOG)
    }

    /// `serve` with these arguments; its log is added to the file.
    pub(super) fn begin(folder: &Path, arguments: &[&str], log: &str) -> Self {
        let log = fs::File::options()
            .create(true)
            .append(true)
            .open(folder.join(log))
            .unwrap();
        // a file that is too large is an error to it, not its end
        let child = Command::new("sh")
            .args([
                "-c",
                "trap '' XFSZ; exec \"$0\" \"$@\"",
                env!("CARGO_BIN_EXE_sprechzimmer"),
            ])
            .arg("serve")
            .args(arguments)
            .current_dir(folder)
            .env("RUST_LOG", "trace")
            .envs(folder.join(TRUSTED).exists().then_some(("SSL_CERT_FILE", TRUSTED)))
            .stdout(Stdio::null())
            .stderr(log)
            .spawn();
        Self(child.unwrap())
    }

    pub(super) fn id(&self) -> u32 {
        self.0.id()
    }

    /// From one instruction to the next.
    pub(super) fn kill(mut self) -> ExitStatus {
        self.0.kill().unwrap();
        self.0.wait().unwrap()
    }

    /// How it has ended, if it has.
    pub(super) fn has_left(&mut self) -> Option<ExitStatus> {
        self.0.try_wait().unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // it may have been killed already
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The configuration as an administrator writes it, with the files that it names.
pub(super) fn toml(config: &Config) -> String {
    let platform = &config.platforms[0];
    let folder = config.key_file.parent().unwrap();
    let backends: String = config
        .backends
        .iter()
        .map(|settings| backend(settings, folder))
        .collect();
    let database = match config.database.strip_prefix("sqlite:") {
        Some(file) => format!("database_file = \"{file}\""),
        None => format!("database = \"{}\"", config.database),
    };
    format!(
        r#"
public_url = "{}"
listen = "127.0.0.1:{}"
{database}
key_file = "{}"
stop_within = "{}"
[school]
name = "{}"
[school.officer]
name = "Frau Keller"
email = "datenschutz@schule.example"
[[platform]]
issuer = "{}"
client_id = "{}"
authorization_url = "{}"
token_url = "{}"
keys_url = "{}"
deployments = {:?}
{backends}
"#,
        config.public_url,
        config.public_url.port().unwrap(),
        config.key_file.display(),
        config.stop_within,
        config.school.name,
        platform.issuer(),
        platform.client_id().as_str(),
        platform.authorization_url(),
        platform.token_url(),
        platform.keys_url(),
        platform
            .deployments()
            .iter()
            .map(DeploymentId::as_str)
            .collect::<Vec<_>>(),
    )
}

fn backend(settings: &BackendSettings, folder: &Path) -> String {
    let kept = |file: &str, secret: &str| {
        let path = folder.join(file);
        fs::write(&path, secret).unwrap();
        path.display().to_string()
    };
    let kind = match &settings.kind {
        BackendKind::Embedded { udp, announce } => {
            format!("kind = \"embedded\"\nudp = {udp:?}\nannounce = {announce:?}")
        }
        BackendKind::BigBlueButton(there) => {
            let file = kept("bigbluebutton.secret", there.secret.expose());
            let calls_back = there.calls_back.is_some();
            format!(
                "kind = \"bigbluebutton\"\nurl = \"{}\"\nsecret_file = \"{file}\"\ncalls_back = {calls_back}",
                there.url
            )
        }
        BackendKind::Jitsi(there) => {
            let file = kept("jitsi.key", there.key.expose());
            format!(
                "kind = \"jitsi\"\nurl = \"{}\"\nmodule_url = \"{}\"\nmodule_key_file = \"{file}\"",
                there.url, there.module_url
            )
        }
    };
    format!("[[backend]]\nname = \"{}\"\n{kind}\n", settings.name)
}
