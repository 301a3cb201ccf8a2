//! Several processes of the real program on one PostgreSQL, behind a proxy that takes one after another.

use std::net::TcpListener;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitStatus};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use sprechzimmer::config::Config;
use tokio::io::copy_bidirectional;
use tokio::net::TcpStream;
use url::Url;

use super::program::{Program, toml};
use super::{Call, Talk, World, until};
use crate::databases::Database;

/// Each with a name and an address of its own.
pub(crate) const NAMES: [&str; 3] = ["a", "b", "c"];

/// The processes; they do not outlive the value.
pub(crate) struct Replicas {
    pub(crate) world: World,
    pub(crate) urls: Vec<Url>,
    programs: Vec<Option<Program>>,
    proxy: Arc<Proxy>,
}

/// Takes one process after another, among those that are not taken out.
struct Proxy {
    ports: Mutex<Vec<u16>>,
    turn: AtomicUsize,
}

impl Replicas {
    /// Three of them, ready. `lease` as it stands in the file.
    pub(crate) async fn start(database: &Database, lease: &str) -> Self {
        Self::start_with(database, lease, |_| {}).await
    }

    /// The same with a changed configuration.
    pub(crate) async fn start_with(database: &Database, lease: &str, change: impl FnOnce(&mut Config)) -> Self {
        let (world, listener) = World::site(|config| {
            config.database.clone_from(&database.url);
            change(config);
        })
        .await;
        let taken = NAMES.map(|_| TcpListener::bind("127.0.0.1:0").unwrap());
        let ports: Vec<u16> = taken
            .iter()
            .map(|listener| listener.local_addr().unwrap().port())
            .collect();
        drop(taken);
        let urls: Vec<Url> = ports
            .iter()
            .map(|port| format!("http://localhost:{port}").parse().unwrap())
            .collect();
        for (name, url) in NAMES.iter().zip(&urls) {
            let port = url.port().unwrap();
            let own = toml(&world.config)
                .replacen(
                    &format!("listen = \"127.0.0.1:{}\"", world.url.port().unwrap()),
                    &format!("listen = \"127.0.0.1:{port}\""),
                    1,
                )
                .replacen(
                    &format!("turn:localhost:{}?", world.url.port().unwrap()),
                    &format!("turn:localhost:{port}?"),
                    1,
                );
            let replica = format!(
                "[replica]\nname = \"{{replica}}\"\naddress = \"{}\"\nlease = \"{lease}\"\n",
                url.origin().ascii_serialization()
            );
            std::fs::write(world.folder.path().join(file(name)), own + &replica).unwrap();
        }
        let proxy = Arc::new(Proxy {
            ports: Mutex::new(ports),
            turn: AtomicUsize::new(0),
        });
        tokio::spawn(proxy.clone().serve(listener));
        let mut replicas = Self {
            world,
            urls,
            programs: NAMES.iter().map(|_| None).collect(),
            proxy,
        };
        for place in 0..NAMES.len() {
            replicas.run(place).await;
        }
        replicas
    }

    /// Starts one, again after it has gone, and waits until it is ready.
    pub(crate) async fn run(&mut self, place: usize) {
        let name = NAMES[place];
        self.programs[place] = Some(self.begin(name));
        self.is_ready(place).await;
        self.proxy.put_in(self.urls[place].port().unwrap());
    }

    /// A further process of a name, whoever has it.
    fn begin(&self, name: &str) -> Program {
        Program::begin(
            self.world.folder.path(),
            &["--config", &file(name), "--replica", name],
            &format!("{name}.log"),
        )
    }

    pub(crate) async fn is_ready(&self, place: usize) {
        let ready = self.urls[place].join("/readyz").unwrap();
        let client = reqwest::Client::builder()
            .timeout(std::time::Duration::from_secs(2))
            .build()
            .unwrap();
        until("the replica is ready", async || {
            let answer = client.get(ready.clone()).send().await.ok()?;
            answer.status().is_success().then_some(())
        })
        .await;
    }

    /// In which process the room of a talk lives, as the page of its initiator says.
    pub(crate) async fn place_of(&self, talk: &Talk) -> usize {
        let page = talk.get("/room").await;
        let socket: Url = page.attribute("main", "data-socket").unwrap().parse().unwrap();
        let policy = page.header("content-security-policy");
        let origin = format!("ws://localhost:{}", socket.port().unwrap());
        assert!(policy.contains(&format!("connect-src 'self' {origin};")), "{policy}");
        let place = self.urls.iter().position(|url| url.port() == socket.port());
        place.expect("an address of one of them")
    }

    /// Comes in with a ticket at the process in which the room lives.
    pub(crate) async fn call(&self, place: usize, ticket: &str) -> Call {
        let call = Call::hello_at(&self.world.url, &self.urls[place], ticket).await;
        call.inside().await
    }

    /// SIGKILL: from one instruction to the next.
    pub(crate) fn kill(&mut self, place: usize) {
        self.proxy.take_out(self.urls[place].port().unwrap());
        let status = self.programs[place].take().unwrap().kill();
        assert_eq!(status.signal(), Some(9), "it had ended by itself: {status}");
    }

    /// SIGSTOP: it stands still, with every connection open, until `thaw`. The proxy notices by its probes.
    pub(crate) fn freeze(&self, place: usize) {
        self.signal(place, "STOP");
        self.proxy.take_out(self.urls[place].port().unwrap());
    }

    pub(crate) fn thaw(&self, place: usize) {
        self.signal(place, "CONT");
    }

    pub(crate) fn put_in(&self, place: usize) {
        self.proxy.put_in(self.urls[place].port().unwrap());
    }

    /// Asks one to stop.
    pub(crate) fn terminate(&self, place: usize) {
        self.proxy.take_out(self.urls[place].port().unwrap());
        self.signal(place, "TERM");
    }

    /// Waits until one has gone by itself.
    pub(crate) async fn left(&mut self, place: usize) -> ExitStatus {
        let program = self.programs[place].as_mut().unwrap();
        until("the replica has gone", async || program.has_left()).await
    }

    /// Another process under the name of one.
    pub(crate) fn take_name_of(&mut self, place: usize) -> Program {
        let name = NAMES[place];
        let text = std::fs::read_to_string(self.world.folder.path().join(file(name))).unwrap();
        let port = self.urls[place].port().unwrap();
        let text = text.replacen(&format!("127.0.0.1:{port}"), "127.0.0.1:0", 1);
        std::fs::write(self.world.folder.path().join(file("twin")), text).unwrap();
        Program::begin(
            self.world.folder.path(),
            &["--config", &file("twin"), "--replica", name],
            "twin.log",
        )
    }

    /// Everything one has written to its log.
    pub(crate) fn log(&self, place: usize) -> String {
        std::fs::read_to_string(self.world.folder.path().join(format!("{}.log", NAMES[place]))).unwrap()
    }

    fn signal(&self, place: usize, signal: &str) {
        let id = self.programs[place].as_ref().unwrap().id().to_string();
        let told = Command::new("kill").args(["-s", signal, &id]).status().unwrap();
        assert!(told.success());
    }
}

impl Drop for Replicas {
    fn drop(&mut self) {
        // what stands still cannot be told to end
        for program in self.programs.iter().flatten() {
            let mut waking = Command::new("kill");
            // one that has gone already hears nothing
            let _ = waking.args(["-s", "CONT", &program.id().to_string()]).output();
        }
    }
}

impl Proxy {
    async fn serve(self: Arc<Self>, listener: tokio::net::TcpListener) {
        while let Ok((mut from, _)) = listener.accept().await {
            let port = self.next();
            tokio::spawn(async move {
                if let Ok(mut to) = TcpStream::connect(("127.0.0.1", port)).await {
                    // either side may end it
                    let _ = copy_bidirectional(&mut from, &mut to).await;
                }
            });
        }
    }

    fn next(&self) -> u16 {
        let ports = self.ports.lock().unwrap();
        ports[self.turn.fetch_add(1, Ordering::SeqCst) % ports.len()]
    }

    fn take_out(&self, port: u16) {
        self.ports.lock().unwrap().retain(|other| *other != port);
    }

    fn put_in(&self, port: u16) {
        let mut ports = self.ports.lock().unwrap();
        if !ports.contains(&port) {
            ports.push(port);
        }
    }
}

fn file(name: &str) -> String {
    format!("{name}.toml")
}
