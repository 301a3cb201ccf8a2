//! Somebody in front of a browser: goes, looks, clicks and types, and waits for what shall come, never for time to pass.

use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::{By, Key, WebDriver};
use url::Url;

use crate::chromium::{Chromium, Habit};
use crate::eye;

const DEADLINE: Duration = Duration::from_secs(30);
const PACE: Duration = Duration::from_millis(100);
/// Counts the connections a document opens, before its own scripts run.
const COUNT_CONNECTIONS: &str = "
window.openedConnections = [];
for (const kind of ['RTCPeerConnection', 'WebSocket']) {
  window[kind] = new Proxy(window[kind], {
    construct(real, given, target) { window.openedConnections.push(kind); return Reflect.construct(real, given, target); },
  });
}";

const MOST_TABS: usize = 40;

/// By what somebody uses a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hand {
    Pointer,
    Keyboard,
}

/// One person with an own browser.
pub(crate) struct Person {
    pub(crate) driver: WebDriver,
    base: Url,
    hand: Hand,
    _profile: TempDir,
}

impl Person {
    pub(crate) async fn new(chromium: &Chromium, base: &Url, language: &str, habit: Habit) -> Self {
        let (driver, profile) = chromium.browser(language, habit).await;
        let person = Self {
            driver,
            base: base.clone(),
            hand: Hand::Pointer,
            _profile: profile,
        };
        person.count_connections().await;
        person
    }

    /// From now on without a pointer.
    pub(crate) fn by_keyboard(self) -> Self {
        Self {
            hand: Hand::Keyboard,
            ..self
        }
    }

    /// Opens an address, or a path of ours.
    pub(crate) async fn go(&self, address: &str) {
        let url = self.base.join(address).unwrap();
        self.driver.goto(url.as_str()).await.unwrap();
    }

    /// Waits until the element is there and can be seen.
    pub(crate) async fn see(&self, css: &str) {
        self.until(css, async |driver| {
            let found = driver.find(By::Css(css)).await.ok()?;
            found.is_displayed().await.ok()?.then_some(())
        })
        .await;
    }

    /// Waits until the element can be clicked, and clicks it once.
    pub(crate) async fn click(&self, css: &str) {
        if self.hand == Hand::Keyboard {
            return self.press(css).await;
        }
        self.until(&format!("click {css}"), async |driver| {
            driver.find(By::Css(css)).await.ok()?.click().await.ok()
        })
        .await;
    }

    /// Ticks a box, or takes the tick away.
    pub(crate) async fn tick(&self, css: &str) {
        match self.hand {
            Hand::Pointer => self.click(css).await,
            Hand::Keyboard => {
                self.reach(css).await;
                self.key(Key::Space).await;
            }
        }
    }

    /// Goes to the element, as somebody without a pointer does, and presses Enter.
    async fn press(&self, css: &str) {
        self.reach(css).await;
        self.key(Key::Enter).await;
    }

    /// Goes to the element with the tabulator.
    async fn reach(&self, css: &str) {
        self.see(css).await;
        let there = format!("return document.activeElement.matches(\"{css}\")");
        for _ in 0..MOST_TABS {
            if self.ask(&there).await {
                return;
            }
            self.key(Key::Tab).await;
        }
        panic!("{css} cannot be reached by the keyboard on {}", self.path().await);
    }

    async fn key(&self, key: Key) {
        let keys = self.driver.action_chain().send_keys(key);
        keys.perform().await.unwrap();
    }

    /// Replaces what stands in a field.
    pub(crate) async fn fill(&self, css: &str, text: &str) {
        self.see(css).await;
        let field = self.driver.find(By::Css(css)).await.unwrap();
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Waits until the page with this path has come whole.
    pub(crate) async fn arrive(&self, path: &str) {
        self.until(&format!("page {path}"), async |driver| {
            let url = driver.current_url().await.ok()?;
            let ready = driver.execute("return document.readyState", []).await.ok()?;
            (url.path().contains(path) && ready.json() == "complete").then_some(())
        })
        .await;
    }

    /// A script's answer, now. It may be a promise.
    pub(crate) async fn ask<T: DeserializeOwned>(&self, script: &str) -> T {
        let answer = self.driver.execute(script, []).await.unwrap();
        serde_json::from_value(answer.json().clone()).unwrap()
    }

    /// Waits until a script's answer is neither null nor false.
    pub(crate) async fn until_script(&self, what: &str, script: &str) -> Value {
        self.until(what, async |driver| {
            let answer = driver.execute(script, []).await.ok()?;
            let answer = answer.json().clone();
            (!answer.is_null() && answer != false).then_some(answer)
        })
        .await
    }

    pub(crate) async fn until<T>(&self, what: &str, look: impl AsyncFn(&WebDriver) -> Option<T>) -> T {
        let searching = async {
            let mut pace = tokio::time::interval(PACE);
            loop {
                pace.tick().await;
                if let Some(found) = look(&self.driver).await {
                    return found;
                }
            }
        };
        match tokio::time::timeout(DEADLINE, searching).await {
            Ok(found) => found,
            Err(_) => self.give_up(what).await,
        }
    }

    pub(crate) async fn path(&self) -> String {
        self.driver.current_url().await.unwrap().path().to_owned()
    }

    /// Looks into the frame of the course until this is seen there.
    pub(crate) async fn see_in_frame(&self, css: &str) {
        self.until(&format!("{css} in the frame"), async |driver| {
            driver.enter_default_frame().await.ok()?;
            driver.find(By::Css("iframe")).await.ok()?.enter_frame().await.ok()?;
            let found = driver.find(By::Css(css)).await.ok()?;
            found.is_displayed().await.ok()?.then_some(())
        })
        .await;
    }

    /// Goes on in the tab that a click has opened.
    pub(crate) async fn follow_into_new_tab(&self) {
        let tab = self
            .until("a second tab", async |driver| {
                let tabs = driver.windows().await.ok()?;
                (tabs.len() == 2).then(|| tabs[1].clone())
            })
            .await;
        self.driver.switch_to_window(tab).await.unwrap();
        self.count_connections().await;
    }

    /// Goes on in the tab of this number, counted from 1 in the order in which they were opened.
    pub(crate) async fn in_tab(&self, number: usize) {
        let tab = self
            .until("that tab", async |driver| {
                driver.windows().await.ok()?.get(number - 1).cloned()
            })
            .await;
        self.driver.switch_to_window(tab).await.unwrap();
    }

    /// A command of Chromium's own protocol.
    pub(crate) async fn command(&self, name: &str, parameters: Value) -> Value {
        self.driver.cdp().send_raw(name, parameters).await.unwrap()
    }

    pub(crate) async fn close(self) {
        let console = self.console().await;
        self.driver.quit().await.unwrap();
        assert!(console.is_empty(), "{console:?}");
    }

    /// Scripts that failed and rules of the page that were broken; a refused page (422) is neither.
    async fn console(&self) -> Vec<String> {
        let log = self.driver.browser_log().await.unwrap_or_default();
        let serious = log.into_iter().filter(|entry| entry.level == "SEVERE");
        serious
            .filter(|entry| entry.source.as_deref() != Some("network"))
            .map(|entry| entry.message)
            .collect()
    }

    async fn count_connections(&self) {
        let script = json!({ "source": COUNT_CONNECTIONS });
        self.command("Page.addScriptToEvaluateOnNewDocument", script).await;
    }

    async fn give_up(&self, what: &str) -> ! {
        let address = self.driver.current_url().await.map(String::from);
        let text = self.driver.execute("return document.body.innerText", []).await;
        let text = text.map(|text| text.json().as_str().unwrap_or_default().to_owned());
        let console = self.console().await;
        let picture = eye::folder().join("failed.png");
        let kept = self.driver.screenshot(&picture).await;
        panic!(
            "waited in vain for {what} on {address:?} (picture: {}, {kept:?}, console: {console:?}):\n{}",
            picture.display(),
            text.unwrap_or_default()
        );
    }
}
