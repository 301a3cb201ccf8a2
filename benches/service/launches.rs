//! Complete launches: login initiation, the platform's answer, the visit durable; 16 people at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use lti13_tool::testing::{LaunchClaims, SimulatedPlatform};
use reqwest::header::{COOKIE, LOCATION, ORIGIN, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, Response};
use url::Url;

use crate::lms::now;
use crate::process::Service;

const AT_ONCE: usize = 16;

pub(crate) struct Load {
    /// Of the service, for each launch.
    pub(crate) processor: Duration,
    pub(crate) per_second: f64,
    /// 99 of 100 launches took no longer; signing in the platform is not counted.
    pub(crate) slowest_percent: Duration,
}

pub(crate) async fn measure(service: &Service, launches: usize) -> Load {
    let client = Client::builder().redirect(Policy::none()).build().unwrap();
    // keys fetched, pages read in, connections open
    drive(service, &client, 200).await;
    let (busy, started) = (service.processor_time(), Instant::now());
    let mut times = drive(service, &client, launches).await;
    let (busy, elapsed) = (service.processor_time().saturating_sub(busy), started.elapsed());
    times.sort_unstable();
    let count = u32::try_from(times.len()).unwrap();
    Load {
        processor: busy / count,
        per_second: f64::from(count) / elapsed.as_secs_f64(),
        slowest_percent: times[times.len() * 99 / 100],
    }
}

async fn drive(service: &Service, client: &Client, launches: usize) -> Vec<Duration> {
    let platform = Arc::new(service.lms.platform.clone());
    let left = Arc::new(AtomicUsize::new(launches));
    let mut people = tokio::task::JoinSet::new();
    for _ in 0..AT_ONCE {
        let (client, url) = (client.clone(), service.url.clone());
        let (platform, left) = (platform.clone(), left.clone());
        people.spawn(async move {
            let mut times = Vec::new();
            while left
                .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1))
                .is_ok()
            {
                times.push(launch(&client, &platform, &url).await);
            }
            times
        });
    }
    people.join_all().await.into_iter().flatten().collect()
}

async fn launch(client: &Client, platform: &SimulatedPlatform, tool: &Url) -> Duration {
    let form = platform.login_form(tool.join("/lti/launch").unwrap().as_str(), "4711");
    let started = Instant::now();
    let response = post(client, platform, &tool.join("/lti/login").unwrap(), &form, None).await;
    let login = started.elapsed();
    let address: Url = response.headers()[LOCATION].to_str().unwrap().parse().unwrap();
    let cookie = response.headers()[SET_COOKIE]
        .to_str()
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let claims = LaunchClaims::teacher("4711")
        .named("Lea", "Muster")
        .in_course("7", "8a");
    let request = platform.receive(&address).unwrap();
    let fields = platform.answer(&request, &claims, now()).fields;
    let started = Instant::now();
    let response = post(
        client,
        platform,
        &tool.join("/lti/launch").unwrap(),
        &fields,
        Some(cookie),
    )
    .await;
    assert_eq!(response.status(), 303, "{}", response.text().await.unwrap());
    login + started.elapsed()
}

/// Everybody launches from another home, so that the limits for one client stay out of the measurement.
fn somewhere() -> String {
    let [one, two, three] = sprechzimmer::app::random::<3>();
    format!("10.{one}.{two}.{three}")
}

async fn post(
    client: &Client,
    platform: &SimulatedPlatform,
    address: &Url,
    form: &[(String, String)],
    cookie: Option<String>,
) -> Response {
    let mut request = client.post(address.clone()).form(form);
    request = request
        .header("sec-fetch-site", "cross-site")
        .header("sec-fetch-dest", "document");
    request = request
        .header(ORIGIN, platform.issuer())
        .header("x-forwarded-for", somewhere());
    if let Some(cookie) = cookie {
        request = request.header(COOKIE, cookie);
    }
    request.send().await.unwrap()
}
