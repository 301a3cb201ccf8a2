//! A Prosody from Debian for one test, on an address of its own, with our module and one technical account as Jitsi has it.
//!
//! Where `JITSI_PLUGINS` names the folder of Jitsi's own plugins (`/usr/share/jitsi-meet/prosody-plugins` on a host of Jitsi),
//! those are loaded as well; without it the rules are tried on Prosody's rooms as they are.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, LazyLock, Mutex};

use lti13_tool::ToolKey;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use sprechzimmer::backend::jitsi::xmpp::{self, Account, Standing, XmppError};
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::client_async_with_config;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

use crate::world::{PATIENCE, now, until};

const CONFIGURATION: &str = include_str!("prosody.cfg.lua");
pub(super) const DOMAIN: &str = "meet.test";
pub(super) const MODERATOR: &str = "moderator";
/// What the service shows.
pub(super) const KEY: &str = "0123456789abcdef0123456789abcdef";

/// The key of the service in these tests; making one takes a moment.
pub(super) static SIGNING: LazyLock<Arc<ToolKey>> =
    LazyLock::new(|| Arc::new(ToolKey::from_pem(&ToolKey::generate_pem().unwrap()).unwrap()));

/// What differs between tests.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    /// Seconds that people may be without the moderator.
    pub(super) grace: u32,
    /// Seconds without the moderator after which the talk is over.
    pub(super) absence: u32,
    pub(super) key: &'static str,
    /// Our module; empty where it is not installed.
    pub(super) module: &'static str,
    /// The one of Jitsi's own modules that holds everybody back until the focus has come.
    pub(super) holds_back: &'static str,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            grace: 3600,
            absence: 3600,
            key: KEY,
            module: "sprechzimmer",
            holds_back: "muc_meeting_id",
        }
    }
}

/// It stops when it goes out of scope.
pub(super) struct Prosody {
    address: String,
    folder: TempDir,
    process: Child,
    /// The focus in each room, where Jitsi's own modules hold everybody back until it has come.
    focus: Mutex<Vec<Client>>,
}

/// Somebody who is connected, with the patience of a test.
pub(super) struct Client(xmpp::Client<TcpStream>);

impl Prosody {
    pub(super) async fn start() -> Self {
        Self::with(Settings::default()).await
    }

    pub(super) async fn with(settings: Settings) -> Self {
        let address = address();
        let folder = tempfile::Builder::new()
            .prefix("sprechzimmer-prosody-")
            .tempdir()
            .unwrap();
        let accounts = folder.path().join("data/auth%2emeet%2etest/accounts");
        std::fs::create_dir_all(&accounts).unwrap();
        for account in ["focus", "operator"] {
            std::fs::write(
                accounts.join(format!("{account}.dat")),
                "return { password = \"secret\" };",
            )
            .unwrap();
        }
        std::fs::write(folder.path().join("sprechzimmer.key"), settings.key).unwrap();
        std::fs::write(folder.path().join("keys.json"), ToolKey::key_set([&**SIGNING])).unwrap();
        let file = folder.path().join("prosody.cfg.lua");
        std::fs::write(&file, configuration(folder.path(), &address, &settings)).unwrap();
        let process = start(folder.path());
        let mut prosody = Self {
            address,
            folder,
            process,
            focus: Mutex::default(),
        };
        prosody.answers().await;
        prosody
    }

    async fn answers(&mut self) {
        until("Prosody answers", async || {
            let stopped = self.process.try_wait().unwrap();
            assert!(stopped.is_none(), "Prosody has stopped: {}", self.log());
            reqwest::get(self.url("/")).await.ok()
        })
        .await;
    }

    /// It is gone from one moment to the next, with everything in its memory.
    pub(super) fn stop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    pub(super) async fn start_again(&mut self) {
        self.process = start(self.folder.path());
        self.answers().await;
    }

    /// The same without what waits for a focus that does not come here by itself.
    pub(super) async fn without_focus() -> Self {
        Self::with(Settings {
            holds_back: "",
            ..Settings::default()
        })
        .await
    }

    /// From now on these keys count.
    pub(super) fn accept(&self, key_set: &str) {
        std::fs::write(self.folder.path().join("keys.json"), key_set).unwrap();
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("http://{}:5280{path}", self.address)
    }

    /// What Prosody wrote down.
    pub(super) fn log(&self) -> String {
        ["output.log", "prosody.log"]
            .map(|name| std::fs::read_to_string(self.folder.path().join(name)).unwrap_or_default())
            .concat()
    }

    /// Asks the module as the service does.
    pub(super) async fn ask(&self, method: Method, path: &str, body: &Value) -> (StatusCode, Value) {
        self.ask_with(method, path, body, Some(&format!("Bearer {KEY}"))).await
    }

    pub(super) async fn ask_with(
        &self,
        method: Method,
        path: &str,
        body: &Value,
        authorization: Option<&str>,
    ) -> (StatusCode, Value) {
        let request = reqwest::Client::new().request(method, self.url(&format!("/sprechzimmer{path}")));
        let request = match authorization {
            Some(authorization) => request.header("authorization", authorization),
            None => request,
        };
        let answer = request.body(body.to_string()).send().await.unwrap();
        let status = answer.status();
        (status, answer.json().await.unwrap_or(Value::Null))
    }

    /// Begins a talk with its moderator let in; the answer is the address of its room.
    pub(super) async fn begin(&self, room: &str, seconds: i64) -> String {
        let body = json!({"moderator": MODERATOR, "seconds": seconds});
        assert_eq!(self.ask(Method::PUT, &format!("/rooms/{room}"), &body).await.0, 201);
        self.let_in(room, MODERATOR).await;
        format!("{room}@conference.{DOMAIN}")
    }

    /// The same, with the focus in the room where Jitsi waits for it.
    pub(super) async fn talk(&self, room: &str) -> String {
        let address = self.begin(room, 3600).await;
        if std::env::var_os("JITSI_PLUGINS").is_some() {
            let mut focus = self.account("focus").await;
            focus.join(&address, "focus").await.unwrap();
            self.focus.lock().unwrap().push(focus);
        }
        address
    }

    pub(super) async fn let_in(&self, room: &str, id: &str) {
        let path = format!("/rooms/{room}/people/{id}");
        let body = json!({"name": format!("Name of {id}")});
        assert_eq!(self.ask(Method::PUT, &path, &body).await.0, 204);
    }

    pub(super) async fn send_out(&self, room: &str, id: &str) {
        let path = format!("/rooms/{room}/people/{id}");
        assert_eq!(self.ask(Method::DELETE, &path, &Value::Null).await.0, 204);
    }

    pub(super) async fn end(&self, room: &str) -> StatusCode {
        self.ask(Method::DELETE, &format!("/rooms/{room}"), &Value::Null)
            .await
            .0
    }

    /// What the module tells about a talk.
    pub(super) async fn look(&self, room: &str) -> Option<Value> {
        let (status, body) = self.ask(Method::GET, &format!("/rooms/{room}"), &Value::Null).await;
        (status == 200).then_some(body)
    }

    /// Ids of those inside.
    pub(super) async fn inside(&self, room: &str) -> Vec<String> {
        let seen = self.look(room).await.unwrap();
        let people = seen["inside"].as_array().unwrap().iter();
        let mut ids: Vec<String> = people
            .map(|person| person["id"].as_str().unwrap_or("?").to_owned())
            .collect();
        ids.sort();
        ids
    }

    /// Connects with a token for this room and person.
    pub(super) async fn person(&self, room: &str, id: &str) -> Client {
        self.connect(&token(room, id)).await.unwrap()
    }

    pub(super) async fn connect(&self, token: &str) -> Result<Client, XmppError> {
        self.open(DOMAIN, Some(token), Account::Anonymous).await
    }

    /// The conference focus of Jitsi, or another account of the operator.
    pub(super) async fn account(&self, name: &str) -> Client {
        let account = Account::Named {
            name,
            password: "secret",
        };
        self.open("auth.meet.test", None, account).await.unwrap()
    }

    pub(super) async fn open(
        &self,
        domain: &str,
        token: Option<&str>,
        account: Account<'_>,
    ) -> Result<Client, XmppError> {
        let line = TcpStream::connect((self.address.as_str(), 5280)).await.unwrap();
        let mut request = format!("ws://{}:5280/xmpp-websocket?room=any", self.address)
            .into_client_request()
            .unwrap();
        let headers = request.headers_mut();
        headers.insert("sec-websocket-protocol", "xmpp".parse().unwrap());
        headers.insert("host", domain.parse().unwrap());
        if let Some(token) = token {
            headers.insert("authorization", format!("Bearer {token}").parse().unwrap());
        }
        let (socket, _) = client_async_with_config(request, line, Some(xmpp::limits()))
            .await
            .unwrap();
        let connecting = xmpp::Client::connect(socket, domain, account);
        timeout(PATIENCE, connecting).await.expect("an answer").map(Client)
    }
}

impl Drop for Prosody {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        if std::thread::panicking() {
            eprintln!("Prosody wrote:\n{}", self.log());
        }
    }
}

impl Client {
    pub(super) async fn join(&mut self, room: &str, nick: &str) -> Result<Standing, String> {
        timeout(PATIENCE, self.0.join(room, nick))
            .await
            .expect("an answer")
            .unwrap()
    }

    pub(super) async fn join_as(&mut self, room: &str, nick: &str, more: &str) -> Result<Standing, String> {
        timeout(PATIENCE, self.0.join_as(room, nick, more))
            .await
            .expect("an answer")
            .unwrap()
    }

    pub(super) async fn hear(&mut self, meant: impl Fn(&xmpp::Stanza) -> bool) -> xmpp::Stanza {
        timeout(PATIENCE, self.0.hear(meant)).await.expect("an answer").unwrap()
    }

    /// Asks; the answer, or the condition of the refusal.
    pub(super) async fn ask(&mut self, kind: &str, to: &str, body: &str) -> Result<xmpp::Stanza, String> {
        let answer = timeout(PATIENCE, self.0.ask(kind, Some(to), body))
            .await
            .expect("an answer")
            .unwrap();
        match answer.error() {
            Some(condition) => Err(condition),
            None => Ok(answer),
        }
    }

    pub(super) async fn say(&mut self, xml: &str) {
        self.0.say(xml).await.unwrap();
    }

    pub(super) async fn put_out(&mut self, room: &str) -> xmpp::Stanza {
        timeout(PATIENCE, self.0.put_out(room)).await.expect("put out").unwrap()
    }

    pub(super) fn address(&self) -> &str {
        &self.0.address
    }

    /// The address without its resource.
    pub(super) fn account(&self) -> String {
        self.address().split('/').next().unwrap().to_owned()
    }
}

/// Prosody with the configuration in this folder. A test that is killed takes its server along.
fn start(folder: &Path) -> Child {
    let mut log = std::fs::File::options();
    let log = log.create(true).append(true).open(folder.join("output.log")).unwrap();
    Command::new("setpriv")
        .args(["--pdeathsig", "KILL", "prosody", "-F", "--config"])
        .arg(folder.join("prosody.cfg.lua"))
        // Debian packs these two for older versions of Lua only; they are the same for all of them
        .env("LUA_PATH", "/usr/share/lua/5.2/?.lua;/usr/share/lua/5.3/?.lua;;")
        .stdin(Stdio::null())
        .stdout(log.try_clone().unwrap())
        .stderr(log)
        .spawn()
        .expect("Debian's package prosody is installed (make tools does it)")
}

/// A token as the service makes it.
pub(super) fn token(room: &str, id: &str) -> String {
    SIGNING.sign(&claims(room, id)).unwrap()
}

pub(super) fn claims(room: &str, id: &str) -> Value {
    json!({
        "aud": "jitsi", "iss": "sprechzimmer", "sub": "*", "room": room,
        "nbf": now().seconds() - 5, "exp": now().seconds() + 120,
        "context": {"user": {"id": id}}
    })
}

/// Of the loopback network, for this instance alone: no port of its own could be lost to somebody else.
fn address() -> String {
    static NEXT: AtomicU16 = AtomicU16::new(1);
    let next = u32::from(NEXT.fetch_add(1, Ordering::SeqCst));
    let number = std::process::id() * 251 + next;
    let byte = |place: u32| (number >> (8 * place)) % 254 + 1;
    format!("127.{}.{}.{}", byte(2), byte(1), byte(0))
}

fn configuration(folder: &Path, address: &str, settings: &Settings) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = vec![
        root.join("src/backend/jitsi/prosody").display().to_string(),
        root.join("tests/it/jitsi/plugins").display().to_string(),
    ];
    let jitsi = std::env::var("JITSI_PLUGINS").ok();
    paths.extend(jitsi.clone());
    let (authentication, for_host, for_rooms) = match jitsi {
        Some(_) => (
            "token",
            vec![settings.module, "test_keys", "muc_lobby_rooms"],
            vec!["muc_hide_all", settings.holds_back, "token_verification"],
        ),
        None => ("signed", vec![settings.module], Vec::new()),
    };
    CONFIGURATION
        .replace("FOLDER", &folder.display().to_string())
        .replace("ADDRESS", address)
        .replace("AUTHENTICATION", authentication)
        .replace("MODULE_PATHS", &listed(&paths))
        .replace("HOST_MODULES", &listed(&for_host))
        .replace("ROOM_MODULES", &listed(&for_rooms))
        .replace("GRACE", &settings.grace.to_string())
        .replace("ABSENCE", &settings.absence.to_string())
}

fn listed(words: &[impl AsRef<str>]) -> String {
    let quoted = words.iter().map(AsRef::as_ref).filter(|word| !word.is_empty());
    quoted.map(|word| format!("{word:?}")).collect::<Vec<_>>().join(", ")
}
