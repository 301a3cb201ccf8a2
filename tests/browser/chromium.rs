//! Debian's Chromium behind its chromedriver: one driver for a test, one browser with an own profile for each person.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream, UdpSocket};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::json;
use tempfile::TempDir;
use thirtyfour::common::capabilities::chromium::ChromiumLikeCapabilities;
use thirtyfour::{DesiredCapabilities, LoggingPrefsLogLevel, WebDriver};

const DRIVER: &str = "/usr/bin/chromedriver";
// not /usr/bin/chromium: Debian's wrapper adds flags of its own
const BROWSER: &str = "/usr/lib/chromium/chromium";
const FLAGS: [&str; 13] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    "--window-size=1280,900",
    // a browser whose driver is gone goes as well
    "--remote-debugging-pipe",
];
const SHUTDOWN: Duration = Duration::from_secs(10);

/// How a browser is set up, beside its language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Habit {
    Usual,
    /// No cookie in a frame of another site.
    WithoutCookiesInFrames,
    /// Nothing at all is stored in a frame of another site, neither by cookies nor by scripts.
    WithoutStorageInFrames,
    /// No page may run a script.
    WithoutScripts,
}

/// A chromedriver of its own; it closes its browsers when it goes out of scope.
pub(crate) struct Chromium {
    process: Child,
    port: u16,
}

impl Chromium {
    /// Why no browser of this machine could show a talk.
    pub(crate) fn obstacle() -> Option<String> {
        for (file, package) in [(DRIVER, "chromium-driver"), (BROWSER, "chromium")] {
            if !Path::new(file).exists() {
                return Some(format!(
                    "{file} is missing: install Debian's package {package} (make tools does it)"
                ));
            }
        }
        let lonely =
            "this machine has no network interface but loopback; Chromium finds no way for video there: give it one";
        (!has_network()).then(|| lonely.to_owned())
    }

    pub(crate) fn start() -> Self {
        let obstacle = Self::obstacle();
        assert_eq!(obstacle, None);
        // a test that is killed takes its driver along
        let mut process = Command::new("setpriv")
            .args(["--pdeathsig", "KILL", DRIVER, "--port=0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        // "ChromeDriver was started successfully on port 37421."
        let port = lines
            .by_ref()
            .find_map(|line| {
                line.unwrap()
                    .split_once("successfully on port ")?
                    .1
                    .trim_end_matches('.')
                    .parse()
                    .ok()
            })
            .expect("chromedriver names its port");
        std::thread::spawn(move || lines.for_each(drop));
        Self { process, port }
    }

    /// A new browser that has never been anywhere, and the folder it lives in.
    pub(crate) async fn browser(&self, language: &str, habit: Habit) -> (WebDriver, TempDir) {
        let profile = tempfile::tempdir().unwrap();
        let mut wishes = DesiredCapabilities::chrome();
        wishes.set_binary(BROWSER).unwrap();
        wishes.set_browser_log_level(LoggingPrefsLogLevel::All).unwrap();
        for flag in FLAGS {
            wishes.add_arg(flag).unwrap();
        }
        let folder = profile.path().display();
        wishes.add_arg(&format!("--user-data-dir={folder}")).unwrap();
        wishes.add_arg(&format!("--accept-lang={language}")).unwrap();
        let preferences = match habit {
            Habit::Usual => json!({}),
            Habit::WithoutCookiesInFrames => {
                json!({ "profile.block_third_party_cookies": true, "profile.cookie_controls_mode": 1 })
            }
            Habit::WithoutStorageInFrames => json!({
                "profile.content_settings.exceptions.cookies": { "http://localhost:*,http://127.0.0.1:*": { "setting": 2 } }
            }),
            Habit::WithoutScripts => json!({ "profile.default_content_setting_values.javascript": 2 }),
        };
        wishes.add_experimental_option("prefs", preferences).unwrap();
        let driver = WebDriver::new(format!("http://127.0.0.1:{}", self.port), wishes)
            .await
            .unwrap();
        (driver, profile)
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        if self.shut_down().is_err() {
            // it does not answer any more; a browser may stay behind then
            let _ = self.process.kill();
        }
        let _ = self.process.wait();
    }
}

/// Whether there is a way to anywhere but to oneself; connecting a UDP socket sends nothing.
fn has_network() -> bool {
    let routes = |own: &str, far: &str| UdpSocket::bind(own).and_then(|socket| socket.connect(far)).is_ok();
    routes("0.0.0.0:0", "192.0.2.1:9") || routes("[::]:0", "[2001:db8::1]:9")
}

impl Chromium {
    fn shut_down(&self) -> std::io::Result<()> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        stream.set_read_timeout(Some(SHUTDOWN))?;
        stream.write_all(b"GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
        stream.read_to_end(&mut Vec::new())?;
        Ok(())
    }
}
