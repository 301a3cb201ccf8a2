//! From the click that lets somebody in to moving pictures on both sides, in real browsers with fake cameras.

use std::time::Duration;

use serde_json::json;
use tempfile::TempDir;
use thirtyfour::WebDriver;
use tokio::time::{sleep, timeout};
use url::Url;

use crate::browser::Browser;
use crate::chromium::{Chromium, Habit};
use crate::process::Service;
use crate::talk;

const ROUNDS: usize = 5;
const PATIENCE: Duration = Duration::from_secs(30);
const PACE: Duration = Duration::from_millis(50);
/// Notes when the first picture of somebody else is shown.
const WATCH: &str = "
const watched = new WeakSet();
const now = () => performance.timeOrigin + performance.now();
new MutationObserver(() => {
  for (const video of document.querySelectorAll('#tiles .tile:not(.self) video')) {
    if (watched.has(video)) continue;
    watched.add(video);
    video.requestVideoFrameCallback(() => { window.firstPicture ??= now(); });
  }
}).observe(document, { childList: true, subtree: true });";
/// Lets in who waits, and answers when.
const ADMIT: &str = "
const button = document.querySelector('button[id^=admit-]');
if (!button) return null;
const now = performance.timeOrigin + performance.now();
button.click();
return now;";

/// The usual time (the median) until both see each other; nothing where no browser can show video.
pub(crate) async fn measure(service: &Service) -> Option<Duration> {
    if Chromium::obstacle().is_some() {
        return None;
    }
    let chromium = Chromium::start();
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        times.push(round(service, &chromium).await);
    }
    times.sort_unstable();
    Some(times[ROUNDS / 2])
}

async fn round(service: &Service, chromium: &Chromium) -> Duration {
    let teacher = talk::teacher(service).await;
    let (consultation, links) = talk::sealed(&teacher, 1).await;
    talk::open(&teacher, &consultation).await;
    let guest = Browser::new(&service.url);
    let invited = talk::wait(&guest, &links[0]).await;
    let (initiator, _first) = seat(chromium, &teacher, service, &format!("{consultation}/room")).await;
    let (pupil, _second) = seat(chromium, &guest, service, &format!("{invited}/waiting")).await;
    until(
        &pupil,
        "return document.querySelector('[data-self]:not([hidden])') ? 1 : null",
    )
    .await;
    let clicked = until(&initiator, ADMIT).await;
    let picture = "return window.firstPicture ?? null";
    let (here, there) = tokio::join!(until(&initiator, picture), until(&pupil, picture));
    let _ = tokio::join!(initiator.quit(), pupil.quit());
    talk::end(&teacher, &consultation).await;
    Duration::from_secs_f64((here.max(there) - clicked) / 1_000.0)
}

/// A real browser that goes on with the cookies of one without a screen.
async fn seat(chromium: &Chromium, from: &Browser, service: &Service, path: &str) -> (WebDriver, TempDir) {
    let (driver, profile) = chromium.browser("de", Habit::Usual).await;
    let cdp = driver.cdp();
    let watch = json!({ "source": WATCH });
    cdp.send_raw("Page.addScriptToEvaluateOnNewDocument", watch)
        .await
        .unwrap();
    let address: Url = service.url.join(path).unwrap();
    for name in from.cookie_names() {
        let cookie = json!({
            "name": name, "value": from.cookie(&name), "url": address.as_str(), "path": "/",
            "secure": true, "httpOnly": true, "sameSite": "Lax",
        });
        cdp.send_raw("Network.setCookie", cookie).await.unwrap();
    }
    driver.goto(address.as_str()).await.unwrap();
    (driver, profile)
}

/// Asks until there is an answer.
async fn until(driver: &WebDriver, script: &str) -> f64 {
    let asking = async {
        loop {
            let answer = driver.execute(script, []).await.ok();
            if let Some(number) = answer.and_then(|answer| answer.json().as_f64()) {
                return number;
            }
            sleep(PACE).await;
        }
    };
    timeout(PATIENCE, asking)
        .await
        .unwrap_or_else(|_| panic!("waited in vain: {script}"))
}
