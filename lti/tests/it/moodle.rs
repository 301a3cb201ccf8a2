//! Launches as a real Moodle 4.5.6 sent them, checked with its real keys at the time of the recording.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use lti13_tool::{
    DocumentTarget, Error, KeySet, Launch, LaunchResponse, LoginRequest, Message, NonceUse, Pending, Platform,
    Registration, Role, RolePattern, UnixTime,
};
use serde_json::{Value, json};
use url::Url;

const RECORDING: &str = include_str!("../fixtures/moodle-4.5.json");
const ISSUER: &str = "http://localhost:8100";

fn recording() -> Value {
    serde_json::from_str(RECORDING).unwrap()
}

struct Recorded {
    response: LaunchResponse,
    pending: Pending,
    platform: Platform,
    keys: KeySet,
    issued: UnixTime,
}

/// A recorded launch; its login is put together from what Moodle returned of it.
fn recorded(persona: &str, tool: &str) -> Recorded {
    let recording = recording();
    let launches = recording["launches"].as_array().unwrap();
    let launch = launches
        .iter()
        .find(|launch| launch["persona"] == persona && launch["tool"] == tool)
        .unwrap();
    let text = |name: &str| launch[name].as_str().unwrap().to_owned();
    let claims = text("id_token").split('.').nth(1).unwrap().to_owned();
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap();
    let issued = claims["iat"].as_i64().unwrap();
    let pending = json!({
        "issuer": ISSUER,
        "client_id": claims["aud"],
        "deployment_id": null,
        "origin": "http://127.0.0.1:8200",
        "state": text("state"),
        "nonce": claims["nonce"],
        "expires": issued + 300,
    });
    Recorded {
        response: LaunchResponse::parse([("id_token", text("id_token")), ("state", text("state"))]).unwrap(),
        pending: serde_json::from_value(pending).unwrap(),
        platform: moodle(claims["aud"].as_str().unwrap()),
        keys: KeySet::parse(recording["key_set"].to_string()).unwrap(),
        issued: UnixTime::from_seconds(issued),
    }
}

fn moodle(client_id: &str) -> Platform {
    Platform::new(Registration {
        issuer: ISSUER.to_owned(),
        client_id: client_id.to_owned(),
        authorization_url: format!("{ISSUER}/mod/lti/auth.php"),
        token_url: format!("{ISSUER}/mod/lti/token.php"),
        token_audience: None,
        keys_url: format!("{ISSUER}/mod/lti/certs.php"),
        deployments: vec!["1".to_owned(), "2".to_owned()],
        hosts: Vec::new(),
    })
    .unwrap()
}

impl Recorded {
    fn launch_at(self, now: UnixTime) -> Result<Launch, Error> {
        self.response
            .verify(self.pending, &self.platform, &self.keys, now)?
            .spend(NonceUse::First)
    }

    fn launch(self) -> Launch {
        let issued = self.issued;
        self.launch_at(issued).unwrap()
    }
}

fn roles(launch: &Launch) -> Vec<String> {
    launch
        .roles()
        .iter()
        .map(|role: Role| role.to_string().rsplit('/').next().unwrap().to_owned())
        .collect()
}

#[test]
fn the_teachers_launch_is_read_whole() {
    let launch = recorded("lehrkraft", "open").launch();
    assert_eq!(
        (launch.issuer(), launch.client_id().as_str()),
        (ISSUER, "P9Eia1bTnDX6Dch")
    );
    assert_eq!((launch.deployment_id().as_str(), launch.subject().as_str()), ("1", "3"));
    assert_eq!(launch.name().full.as_deref(), Some("Lena Lehrkraft"));
    let context = launch.context().unwrap();
    assert_eq!((context.id.as_str(), context.label.as_deref()), ("2", Some("BER7A")));
    let Message::ResourceLink(link) = launch.message() else {
        panic!("{launch:?}")
    };
    assert_eq!(
        (link.id.as_str(), link.title.as_deref()),
        ("1", Some("Beratung (eingebettet)"))
    );
    assert_eq!(
        launch.target_link_uri().unwrap().as_str(),
        "http://127.0.0.1:8200/launch"
    );
    assert_eq!(launch.presentation().locale(), Some("en"));
    assert_eq!(launch.presentation().document_target(), Some(DocumentTarget::Iframe));
    assert!(
        launch
            .presentation()
            .return_url()
            .unwrap()
            .query()
            .unwrap()
            .contains("sesskey=")
    );
    assert_eq!(launch.custom("placement"), Some("eins"));
    assert_eq!(launch.custom("user_image"), Some("$User.image"));
    assert_eq!(launch.custom("result_sourcedid"), None, "Moodle's null is no value");
}

#[test]
fn the_tool_without_names_gets_none() {
    let launch = recorded("lehrkraft", "private").launch();
    assert_eq!((launch.subject().as_str(), launch.deployment_id().as_str()), ("3", "2"));
    assert_eq!(launch.name(), &lti13_tool::PersonName::default());
}

#[test]
fn each_persona_has_the_roles_that_moodle_gives() {
    let expected: [(&str, &[&str]); 8] = [
        ("lehrkraft", &["membership#Instructor"]),
        ("lehrkraft2", &["membership#Instructor"]),
        ("beide1", &["membership#Instructor"]),
        ("schueler1", &["membership#Learner"]),
        ("eltern3", &["membership#Learner"]),
        ("manager1", &["membership#Instructor"]),
        (
            "admin",
            &["membership#Instructor", "person#Administrator", "person#Administrator"],
        ),
        ("schulleitung", &["person#Administrator", "person#Administrator"]),
    ];
    for (persona, names) in expected {
        let launch = recorded(persona, "open").launch();
        assert_eq!(roles(&launch), names, "{persona}");
        assert_eq!(launch.roles().unknown(), 0, "{persona}");
    }
}

#[test]
fn the_head_of_school_is_no_teacher_of_the_course() {
    let launch = recorded("schulleitung", "open").launch();
    assert!(
        !launch
            .roles()
            .allowed_by(&["membership#Instructor".parse::<RolePattern>().unwrap()])
    );
}

#[test]
fn a_recorded_launch_is_refused_two_minutes_later_and_long_before() {
    let minutes = |count: i64| UnixTime::from_seconds(recorded("lehrkraft", "open").issued.seconds() + 60 * count);
    let gap = |minutes_later| match recorded("lehrkraft", "open").launch_at(minutes(minutes_later)) {
        Err(Error::Expired(gap) | Error::IssuedInFuture(gap)) => gap,
        other => panic!("{other:?}"),
    };
    assert_eq!((gap(2).seconds_ahead(), gap(-2).seconds_ahead()), (-120, 120));
    assert_eq!(gap(2).to_string(), "120 s behind this clock");
    assert!(
        recorded("lehrkraft", "open").launch_at(minutes(-1)).is_ok(),
        "within the allowed clock difference"
    );
}

#[test]
fn one_persons_token_does_not_answer_another_persons_login() {
    let pupil = Recorded {
        pending: recorded("lehrkraft", "open").pending,
        ..recorded("schueler1", "open")
    };
    let issued = pupil.issued;
    assert_eq!(pupil.launch_at(issued).unwrap_err(), Error::StateMismatch);
}

#[test]
fn the_recorded_login_leads_to_the_request_that_moodle_accepted() {
    let form = recording()["login_form"].as_str().unwrap().to_owned();
    let login = LoginRequest::from_urlencoded(&form).unwrap();
    assert_eq!(
        (login.issuer(), login.client_id().unwrap().as_str()),
        (ISSUER, "P9Eia1bTnDX6Dch")
    );
    assert_eq!(
        (login.deployment_id().unwrap().as_str(), login.storage_target()),
        ("1", None)
    );
    let registered = [moodle("f52bOfwuCnkxMFz"), moodle("P9Eia1bTnDX6Dch")];
    let platform = Platform::choose(&registered, &login).unwrap();
    let launch_url: Url = "http://127.0.0.1:8200/launch".parse().unwrap();
    let (url, pending) = login
        .begin(platform, &launch_url, [1; 32], UnixTime::from_seconds(0))
        .unwrap();
    let parameter = |name: &str| {
        url.query_pairs()
            .find(|(field, _)| field == name)
            .map(|(_, value)| value.into_owned())
    };
    assert!(url.as_str().starts_with("http://localhost:8100/mod/lti/auth.php?"));
    let expected = [
        ("scope", "openid"),
        ("response_type", "id_token"),
        ("response_mode", "form_post"),
        ("prompt", "none"),
        ("client_id", "P9Eia1bTnDX6Dch"),
        ("redirect_uri", "http://127.0.0.1:8200/launch"),
        ("login_hint", "3"),
        ("lti_message_hint", r#"{"cmid":4,"launchid":"ltilaunch2_1220798514"}"#),
        ("state", pending.state()),
    ];
    for (name, value) in expected {
        assert_eq!(parameter(name).as_deref(), Some(value), "{name}");
    }
    assert!(parameter("nonce").is_some_and(|nonce| nonce.len() == 43 && nonce != pending.state()));
}
