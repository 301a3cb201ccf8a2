//! The course in a learning platform, as a real browser walks through it: a page with a frame, and the platform's part of the launch.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{OriginalUri, Path, State};
use axum::response::Html;
use axum::routing::get;
use lti13_tool::testing::{
    Answer, AuthorizationRequest, LaunchClaims, Signer, SimulatedCourse, SimulatedPlatform, claim,
};
use lti13_tool::{Platform, UnixTime};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::Url;

use crate::storage::{self, Manner};
use crate::world::{COLLEAGUE, COURSE, MOTHER, PUPIL, Persona, Services, TEACHER};

/// Where scripts may run, nobody needs the button.
const SEND: &str = "<script>document.getElementById('go').submit()</script>";

/// One platform with one course, on another site than the service.
pub(crate) struct Course {
    base: Url,
    registered: Platform,
    pub(crate) services: Arc<Services>,
    activity: Arc<Mutex<Activity>>,
    trouble: Arc<Mutex<Trouble>>,
    serving: JoinHandle<()>,
}

/// Whether the platform's part goes by itself or waits for a click.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pace {
    ByItself,
    ByHand,
}

/// Which activity of the course is opened, and whether the tool may have the list of the members there.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Activity {
    Listed(&'static str),
    Unlisted(&'static str),
}

/// What the platform gets wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Trouble {
    #[default]
    Nothing,
    /// The tool has been put in there a second time.
    Deployment,
    /// Its clock is three minutes ahead.
    Clock,
    /// It signs with a key that it has withdrawn.
    Key,
}

struct Site {
    base: Url,
    platform: SimulatedPlatform,
    services: Arc<Services>,
    activity: Arc<Mutex<Activity>>,
    trouble: Arc<Mutex<Trouble>>,
    tool: Url,
}

/// The people of the tests, and a class around them.
fn members() -> SimulatedCourse {
    let class = SimulatedCourse::new(COURSE, "Beratung");
    let class = (1..=36).fold(class, |class, number| {
        let family = format!("Beispielkind-{number}");
        class.with(&format!("class-{number}"), ("Kim", &family), "Learner")
    });
    let roles = [(TEACHER, "Instructor"), (PUPIL, "Learner"), (MOTHER, "Learner")];
    roles.into_iter().fold(class, |class, (persona, role)| {
        class.with(persona.subject, (persona.given, persona.family), role)
    })
}

impl Course {
    pub(crate) fn begin(tool: &Url) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let base: Url = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
        let platform = SimulatedPlatform::new(base.as_str(), &tool.join("/lti/launch").unwrap());
        let registered = Platform::new(platform.registration()).unwrap();
        let services = Services::new(&platform, tool);
        services.set_course(members());
        let activity = Arc::new(Mutex::new(Activity::Listed("1")));
        let trouble = Arc::default();
        let site = Site {
            base: base.clone(),
            platform,
            services: services.clone(),
            activity: activity.clone(),
            trouble: Arc::clone(&trouble),
            tool: tool.clone(),
        };
        let router = Router::new()
            .route("/keys", get(keys))
            .route("/course/{persona}/{language}/{pace}", get(course))
            .route("/storage/{manner}/{persona}", get(course_with_storage))
            .route("/frame/{manner}", get(storage::frame))
            .route("/authorize", get(authorize))
            .with_state(Arc::new(site))
            .merge(services.routes());
        listener.set_nonblocking(true).unwrap();
        let listener = TcpListener::from_std(listener).unwrap();
        Self {
            base,
            registered,
            services,
            activity,
            trouble,
            serving: tokio::spawn(async move { axum::serve(listener, router).await.unwrap() }),
        }
    }

    /// As the service knows it.
    pub(crate) fn registered(&self) -> Platform {
        self.registered.clone()
    }

    /// From now on everybody opens this activity.
    pub(crate) fn choose(&self, activity: Activity) {
        *self.activity.lock().unwrap() = activity;
    }

    /// From now on every launch has this trouble.
    pub(crate) fn get_wrong(&self, trouble: Trouble) {
        *self.trouble.lock().unwrap() = trouble;
    }

    /// The activity as this person opens it in the course; the tool stands in a frame.
    pub(crate) fn activity(&self, persona: Persona, language: &str, pace: Pace) -> Url {
        let path = format!("/course/{}/{language}/{pace:?}", persona.subject);
        self.base.join(&path).unwrap()
    }

    /// The same in a platform that stores values for tools, in its own manner.
    pub(crate) fn activity_with_storage(&self, persona: Persona, manner: Manner) -> Url {
        let path = format!("/storage/{manner:?}/{}", persona.subject);
        self.base.join(&path).unwrap()
    }
}

impl Drop for Course {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn keys(State(site): State<Arc<Site>>) -> String {
    site.platform.key_set_json()
}

async fn course(
    State(site): State<Arc<Site>>,
    Path((subject, language, pace)): Path<(String, String, String)>,
) -> Html<String> {
    let target = site.tool.join("/lti/launch").unwrap();
    let fields = site
        .platform
        .login_form(target.as_str(), &format!("{subject} {language} {pace}"));
    let form = form(&site.tool.join("/lti/login").unwrap(), "tool", &fields);
    page(&format!(
        "<iframe name=\"tool\" title=\"Sprechzimmer\"></iframe>{form}{SEND}"
    ))
}

async fn course_with_storage(
    State(site): State<Arc<Site>>,
    Path((manner, subject)): Path<(String, String)>,
) -> Html<String> {
    let target = site.tool.join("/lti/launch").unwrap();
    let hint = format!("{subject} de {:?}", Pace::ByItself);
    let mut fields = site.platform.login_form(target.as_str(), &hint);
    fields.extend(storage::target(&manner).map(|frame| ("lti_storage_target".to_owned(), frame.to_owned())));
    let form = form(&site.tool.join("/lti/login").unwrap(), "tool", &fields);
    let storage = storage::around(&manner);
    page(&format!(
        "<iframe name=\"tool\" title=\"Sprechzimmer\"></iframe>{storage}{form}<script>window.ready.then(() => \
         document.getElementById('go').submit())</script>"
    ))
}

async fn authorize(State(site): State<Arc<Site>>, OriginalUri(uri): OriginalUri) -> Html<String> {
    let url = site.base.join(&uri.to_string()).unwrap();
    let request = site.platform.receive(&url).unwrap();
    let hint: Vec<&str> = request.login_hint().split(' ').collect();
    let [subject, language, pace] = hint[..] else {
        panic!("{hint:?}");
    };
    let people = [TEACHER, COLLEAGUE, PUPIL, MOTHER];
    let persona = people.into_iter().find(|persona| persona.subject == subject).unwrap();
    let presentation = json!({ "locale": language, "document_target": "iframe" });
    let claims = persona.claims().with(&claim("launch_presentation"), presentation);
    let activity = *site.activity.lock().unwrap();
    let claims = match activity {
        Activity::Listed(link) => site.services.offer(claims.at_link(link, "Sprechstunde")),
        Activity::Unlisted(link) => claims.at_link(link, "Sprechstunde"),
    };
    let trouble = *site.trouble.lock().unwrap();
    let answer = wrong(&site.platform, trouble, &request, claims);
    let form = form(&answer.redirect_uri, "_self", &answer.fields);
    if pace == format!("{:?}", Pace::ByHand) {
        return page(&form);
    }
    page(&(form + SEND))
}

fn wrong(
    platform: &SimulatedPlatform,
    trouble: Trouble,
    request: &AuthorizationRequest,
    claims: LaunchClaims,
) -> Answer {
    let now = now();
    match trouble {
        Trouble::Nothing => platform.answer(request, &claims, now),
        Trouble::Deployment => platform.answer(request, &claims.with(&claim("deployment_id"), "49"), now),
        Trouble::Clock => platform.answer(request, &claims, UnixTime::from_seconds(now.seconds() + 180)),
        Trouble::Key => {
            let header = json!({ "typ": "JWT", "alg": "RS256", "kid": "withdrawn" });
            let claims = platform.complete(&claims, request.nonce(), now);
            request.answered_with(platform.sign_with_header(Signer::Rs256, &header, &claims))
        }
    }
}

fn form(action: &Url, target: &str, fields: &[(String, String)]) -> String {
    let mut form = format!("<form id=\"go\" method=\"post\" action=\"{action}\" target=\"{target}\">");
    for (name, value) in fields {
        let value = value.replace('&', "&amp;").replace('"', "&quot;");
        write!(form, "<input type=\"hidden\" name=\"{name}\" value=\"{value}\">").unwrap();
    }
    form + "<button>Weiter</button></form>"
}

pub(crate) fn page(body: &str) -> Html<String> {
    Html(format!(
        "<!doctype html><html lang=\"de\"><head><meta charset=\"utf-8\"><title>Kurs</title>\
         <meta name=\"viewport\" content=\"width=device-width\">\
         <style>body {{ margin: 0 }} iframe {{ width: 100%; height: 40rem; border: 0 }}</style></head><body>{body}</body></html>"
    ))
}

#[expect(
    clippy::disallowed_methods,
    reason = "the service under test reads the real clock, so its platform must as well"
)]
fn now() -> UnixTime {
    std::time::SystemTime::now().into()
}
