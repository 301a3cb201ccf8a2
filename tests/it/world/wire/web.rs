//! A way to a video system that can be cut at any request, and on which a request can be late.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use reqwest::redirect::Policy;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::Url;

use super::cut::{Cut, Side};

/// The way, while it is open.
pub(crate) struct WebWire {
    /// The address of the video system, by this way.
    pub(crate) url: Url,
    way: Arc<Way>,
    serving: JoinHandle<()>,
}

struct Way {
    to: Url,
    client: reqwest::Client,
    cut: Cut,
    /// The next request with this at the end of its path is late.
    held: Mutex<Option<&'static str>>,
    late: Mutex<Vec<reqwest::Request>>,
    /// What every request takes longer.
    delay: Mutex<Duration>,
}

impl WebWire {
    pub(crate) async fn to(system: &Url) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut url = system.clone();
        url.set_port(Some(listener.local_addr().unwrap().port())).unwrap();
        let way = Arc::new(Way {
            to: system.clone(),
            client: reqwest::Client::builder().redirect(Policy::none()).build().unwrap(),
            cut: Cut::default(),
            held: Mutex::default(),
            late: Mutex::default(),
            delay: Mutex::default(),
        });
        let router = Router::new().fallback(carry).with_state(way.clone());
        let serving = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, way, serving }
    }

    /// Cuts the way at the request of this number from now on.
    pub(crate) fn cut_at(&self, request: u32, side: Side) {
        self.way.cut.set(request, side);
    }

    /// Waits until it is cut; nothing comes through any more.
    pub(crate) async fn is_cut(&self) {
        self.way.cut.has_happened().await;
    }

    /// For the next process.
    pub(crate) fn mend(&self) {
        self.way.cut.mend();
    }

    /// The next request with this at the end of its path stays on the way; all others go through.
    pub(crate) fn hold(&self, call: &'static str) {
        *self.way.held.lock().unwrap() = Some(call);
    }

    /// From now on every request takes so much longer.
    pub(crate) fn slow_down(&self, delay: Duration) {
        *self.way.delay.lock().unwrap() = delay;
    }

    pub(crate) fn holds_something(&self) -> bool {
        !self.way.late.lock().unwrap().is_empty()
    }

    /// What has stayed on the way arrives.
    pub(crate) async fn deliver(&self) {
        let late = std::mem::take(&mut *self.way.late.lock().unwrap());
        for request in late {
            self.way.client.execute(request).await.unwrap();
        }
    }
}

impl Drop for WebWire {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Way {
    fn is_held(&self, request: &reqwest::Request) -> bool {
        let mut held = self.held.lock().unwrap();
        let is_held = held.is_some_and(|call| request.url().path().ends_with(call));
        if is_held {
            *held = None;
        }
        is_held
    }

    async fn onward(&self, request: Request) -> reqwest::Request {
        let (head, body) = request.into_parts();
        let mut url = self.to.clone();
        url.set_path(head.uri.path());
        url.set_query(head.uri.query());
        let mut onward = self.client.request(head.method, url);
        for (name, value) in &head.headers {
            if !["host", "content-length", "connection"].contains(&name.as_str()) {
                onward = onward.header(name, value);
            }
        }
        let body = to_bytes(body, 1 << 20).await.unwrap();
        onward.body(body).build().unwrap()
    }
}

/// Whoever waits for the answer may go; the server does what it was asked all the same.
async fn carry(State(way): State<Arc<Way>>, request: Request) -> Response {
    let request = way.onward(request).await;
    if way.cut.has_fallen() {
        return never().await;
    }
    let side = way.cut.falls_here();
    if side == Some(Side::Late) || way.is_held(&request) {
        way.late.lock().unwrap().push(request);
        if side.is_some() {
            way.cut.tell();
        }
        return never().await;
    }
    if side == Some(Side::Before) {
        way.cut.tell();
        return never().await;
    }
    let answered = tokio::spawn(async move {
        let delay = *way.delay.lock().unwrap();
        tokio::time::sleep(delay).await;
        let answer = answer(&way, request).await;
        if side == Some(Side::After) {
            way.cut.tell();
            return never().await;
        }
        answer
    });
    answered.await.unwrap()
}

async fn answer(way: &Way, request: reqwest::Request) -> Response {
    let Ok(told) = way.client.execute(request).await else {
        return StatusCode::BAD_GATEWAY.into_response();
    };
    let (status, mut headers) = (told.status(), told.headers().clone());
    for name in ["content-length", "transfer-encoding", "connection"] {
        headers.remove(name);
    }
    let body: Bytes = told.bytes().await.unwrap_or_default();
    (status, headers, Body::from(body)).into_response()
}

async fn never() -> Response {
    std::future::pending().await
}
