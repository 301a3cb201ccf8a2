//! The half of a platform that registers tools, at the wire: as Moodle does it, or in a way of its own.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use lti13_tool::testing::SimulatedPlatform;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::form_urlencoded::Serializer;

/// An answer that is none of Moodle's.
pub(super) type Behaviour = fn() -> Response;

pub(super) struct Registrar {
    base: String,
    wire: Arc<Wire>,
    serving: JoinHandle<()>,
}

struct Wire {
    platform: SimulatedPlatform,
    document: Mutex<Value>,
    /// Instead of the configuration, instead of the answer.
    behaviour: Mutex<(Option<Behaviour>, Option<Behaviour>)>,
    hanging: AtomicUsize,
    hits: AtomicUsize,
    requests: Mutex<Vec<Value>>,
}

impl Registrar {
    /// For this platform, on a port of its own: an issuer is known by its host.
    pub(super) async fn of(platform: &SimulatedPlatform) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let mut document = platform.openid_configuration();
        document["registration_endpoint"] = json!(format!("{base}/register"));
        let wire = Arc::new(Wire {
            platform: platform.clone(),
            document: Mutex::new(document),
            behaviour: Mutex::default(),
            hanging: AtomicUsize::new(0),
            hits: AtomicUsize::new(0),
            requests: Mutex::default(),
        });
        let router = Router::new()
            .route("/openid-configuration", get(configuration))
            .route("/register", post(register))
            .with_state(wire.clone());
        let serving = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { base, wire, serving }
    }

    pub(super) fn configuration_url(&self) -> String {
        format!("{}/openid-configuration", self.base)
    }

    pub(super) fn token() -> &'static str {
        SimulatedPlatform::REGISTRATION_TOKEN
    }

    /// What the platform adds to the address of the tool.
    pub(super) fn fields(&self) -> Vec<(&'static str, String)> {
        vec![
            ("openid_configuration", self.configuration_url()),
            ("registration_token", Self::token().to_owned()),
        ]
    }

    pub(super) fn parameters(&self) -> String {
        Serializer::new(String::new()).extend_pairs(self.fields()).finish()
    }

    pub(super) fn behave(&self, configuration: Option<Behaviour>, answer: Option<Behaviour>) {
        *self.wire.behaviour.lock().unwrap() = (configuration, answer);
    }

    pub(super) fn change(&self, change: impl FnOnce(&mut Value)) {
        change(&mut self.wire.document.lock().unwrap());
    }

    /// Never answers again.
    pub(super) fn hang(&self) {
        self.wire.hanging.store(1, Ordering::SeqCst);
    }

    /// How often it was asked for anything.
    pub(super) fn hits(&self) -> usize {
        self.wire.hits.load(Ordering::SeqCst)
    }

    /// The registrations it was asked for.
    pub(super) fn requests(&self) -> Vec<Value> {
        self.wire.requests.lock().unwrap().clone()
    }
}

impl Drop for Registrar {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn configuration(State(wire): State<Arc<Wire>>) -> Response {
    wire.hits.fetch_add(1, Ordering::SeqCst);
    if wire.hanging.load(Ordering::SeqCst) > 0 {
        std::future::pending::<()>().await;
    }
    let (behaviour, _) = *wire.behaviour.lock().unwrap();
    match behaviour {
        Some(answer) => answer(),
        None => wire.document.lock().unwrap().to_string().into_response(),
    }
}

async fn register(State(wire): State<Arc<Wire>>, headers: HeaderMap, body: Bytes) -> Response {
    wire.hits.fetch_add(1, Ordering::SeqCst);
    let authorization = headers.get(header::AUTHORIZATION).map(|value| value.to_str().unwrap());
    assert_eq!(headers[header::CONTENT_TYPE], "application/json");
    wire.requests
        .lock()
        .unwrap()
        .push(serde_json::from_slice(&body).unwrap());
    let (_, behaviour) = *wire.behaviour.lock().unwrap();
    if let Some(answer) = behaviour {
        return answer();
    }
    let answer = match wire.platform.registration_answer(authorization, &body) {
        Ok((_, answer)) => answer,
        Err(refused) => refused,
    };
    let status = StatusCode::from_u16(answer.status).unwrap();
    (status, [(header::CONTENT_TYPE, answer.content_type)], answer.body).into_response()
}
