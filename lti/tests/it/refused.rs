//! Every refusal of an answer: that it happens, and that it happens in the order of the specification.

use lti13_tool::testing::{LaunchClaims, Signer, SimulatedPlatform, claim};
use lti13_tool::{Error, Launch, LaunchResponse, NonceUse, Platform};
use serde_json::{Value, json};

use crate::world::{NOW, World, code, launch_url};

/// A launch, of which every part can be spoiled.
struct Attempt {
    world: World,
    /// Another platform than the one the login was begun with.
    other: Option<Platform>,
    state: Option<&'static str>,
    header: Value,
    signer: Signer,
    claims: LaunchClaims,
    nonce: NonceUse,
}

impl Attempt {
    fn good() -> Self {
        let signer = Signer::Rs256;
        let claims = LaunchClaims::teacher("3");
        Self {
            world: World::new(),
            other: None,
            state: None,
            header: signer.header(),
            signer,
            claims,
            nonce: NonceUse::First,
        }
    }

    fn claim(&mut self, name: &str, value: impl Into<Value>) {
        self.claims = self.claims.clone().with(name, value);
    }

    fn outcome(self) -> Result<Launch, Error> {
        let lms = &self.world.lms;
        let (request, pending) = self.world.begin();
        let claims = lms.complete(&self.claims, request.nonce(), NOW);
        let token = lms.sign_with_header(self.signer, &self.header, &claims);
        let state = self.state.unwrap_or(request.state()).to_owned();
        let response = LaunchResponse::parse([("id_token", token), ("state", state)])?;
        let platform = self.other.as_ref().unwrap_or(&self.world.platform);
        response
            .verify(pending, platform, &self.world.keys, NOW)?
            .spend(self.nonce)
    }
}

type Spoil = fn(&mut Attempt);

const ORDER: [(&str, Spoil); 19] = [
    ("state_mismatch", |attempt| attempt.state = Some("another")),
    ("platform_mismatch", |attempt| attempt.other = Some(other_platform())),
    ("kid_unknown", |attempt| attempt.header["kid"] = json!("another")),
    ("algorithm_refused", |attempt| attempt.header["alg"] = json!("RS512")),
    ("signature_wrong", |attempt| attempt.signer = Signer::ForeignRs256),
    ("iss_wrong", |attempt| attempt.claim("iss", "https://lms.example/")),
    ("aud_wrong", |attempt| attempt.claim("aud", "another")),
    ("azp_wrong", |attempt| attempt.claim("azp", "another")),
    ("expired", |attempt| attempt.claim("exp", NOW.seconds() - 60)),
    ("iat_future", |attempt| attempt.claim("iat", NOW.seconds() + 61)),
    ("nonce_wrong", |attempt| attempt.claim("nonce", "another")),
    ("nonce_spent", |attempt| attempt.nonce = NonceUse::Seen),
    ("version_wrong", |attempt| attempt.claim(&claim("version"), "1.3")),
    ("message_type_unsupported", |attempt| {
        attempt.claim(&claim("message_type"), "LtiStartProctoring");
    }),
    ("deployment_id_unknown", |attempt| {
        attempt.claim(&claim("deployment_id"), "2");
    }),
    ("sub_invalid", |attempt| attempt.claim("sub", "x".repeat(256))),
    ("roles_invalid", |attempt| attempt.claim(&claim("roles"), "Instructor")),
    ("resource_link_id_invalid", |attempt| {
        attempt.claim(&claim("resource_link"), json!({ "id": "x".repeat(256) }));
    }),
    ("target_link_uri_foreign", |attempt| {
        attempt.claim(&claim("target_link_uri"), "https://evil.example/");
    }),
];

fn other_platform() -> Platform {
    SimulatedPlatform::new("https://other.example", &launch_url()).platform()
}

#[test]
fn the_checks_come_in_the_order_of_the_specification() {
    for (position, (expected, _)) in ORDER.iter().enumerate() {
        let mut attempt = Attempt::good();
        for (_, spoil) in &ORDER[position..] {
            spoil(&mut attempt);
        }
        assert_eq!(code(attempt.outcome()), *expected, "everything from here on is wrong");
    }
    assert_eq!(code(Attempt::good().outcome()), "accepted");
}

#[test]
fn a_login_begun_under_another_client_id_is_refused() {
    let mut attempt = Attempt::good();
    attempt.other = Some(attempt.world.lms.clone().with_client_id("another").platform());
    assert_eq!(code(attempt.outcome()), "platform_mismatch");
}

#[test]
fn a_nonce_is_kept_as_long_as_its_token_could_be_accepted() {
    let expires = |exp: i64, iat: i64| {
        let world = World::new();
        let (request, pending) = world.begin();
        let claims = LaunchClaims::teacher("3").with("exp", exp).with("iat", iat);
        let response = LaunchResponse::parse(world.lms.answer(&request, &claims, NOW).fields).unwrap();
        let unspent = response.verify(pending, &world.platform, &world.keys, NOW).unwrap();
        assert_eq!(unspent.nonce(), request.nonce());
        unspent.expires().seconds() - NOW.seconds()
    };
    let now = NOW.seconds();
    assert_eq!(expires(now + 60, now), 600, "as long as the login");
    assert_eq!(
        expires(now + 86_400, now + 30),
        600 + 60 + 30,
        "not as long as a platform would like"
    );
}

#[test]
fn each_fault_alone_is_refused() {
    for (expected, spoil) in ORDER {
        let mut attempt = Attempt::good();
        spoil(&mut attempt);
        let error = attempt.outcome().unwrap_err();
        assert_eq!(error.code(), expected);
        assert_eq!(error.http_status(), 401, "{expected}");
    }
}

fn with(name: &str, value: impl Into<Value>) -> &'static str {
    let mut attempt = Attempt::good();
    attempt.claim(name, value);
    code(attempt.outcome())
}

fn without(name: &str) -> &'static str {
    code(World::new().launch(&LaunchClaims::teacher("3").without(name)))
}

#[test]
fn each_claim_of_an_id_token_is_missed_by_its_name() {
    let expected = [
        ("iss", "iss_missing"),
        ("aud", "aud_missing"),
        ("exp", "exp_missing"),
        ("iat", "iat_missing"),
    ];
    for (name, code) in expected {
        assert_eq!(without(name), code);
        assert_eq!(with(name, Value::Null), code);
    }
    assert_eq!(without("nonce"), "nonce_missing");
    assert_eq!(with("nonce", ""), "nonce_missing");
    assert_eq!(with("nonce", 5), "nonce_missing");
    assert_eq!(without(&claim("target_link_uri")), "target_link_uri_missing");
}

#[test]
fn the_audience_may_be_a_list_and_then_the_authorized_party_decides() {
    let own = "simulated-client";
    assert_eq!(with("aud", json!([own])), "accepted");
    assert_eq!(with("aud", json!([own, "another"])), "azp_missing");
    assert_eq!(with("aud", json!([])), "aud_wrong");
    assert_eq!(with("aud", json!([own, 5])), "aud_wrong");
    assert_eq!(with("aud", json!({ "0": own })), "aud_wrong");
    assert_eq!(with("aud", "simulated-client "), "aud_wrong");
    assert_eq!(with("azp", own), "accepted");
    assert_eq!(with("azp", json!([own])), "azp_wrong");
    let mut several = Attempt::good();
    several.claim("aud", json!(["another", own]));
    several.claim("azp", own);
    assert_eq!(code(several.outcome()), "accepted");
}

#[test]
fn an_issuer_in_a_list_is_wrong() {
    assert_eq!(with("iss", json!(["https://lms.example"])), "iss_wrong");
}

#[test]
fn times_are_numbers_and_have_a_leeway_of_one_minute() {
    let now = NOW.seconds();
    assert_eq!(with("exp", now - 59), "accepted");
    assert_eq!(with("exp", now.to_string()), "exp_missing");
    assert_eq!(with("exp", json!(1.795_445_800e9)), "accepted");
    assert_eq!(with("exp", json!(-1e300)), "expired");
    assert_eq!(with("iat", now + 60), "accepted");
    assert_eq!(with("iat", now.to_string()), "iat_missing");
    assert_eq!(with("iat", json!(1e300)), "iat_future");
    assert_eq!(with("iat", now - 659), "accepted");
    assert_eq!(with("iat", now - 660), "iat_old");
    assert_eq!(with("nbf", now + 60), "accepted");
    assert_eq!(with("nbf", now + 61), "nbf_future");
    assert_eq!(with("nbf", "soon"), "nbf_future");
}

#[test]
fn the_leeway_can_be_set_but_not_beyond_five_minutes() {
    let mut attempt = Attempt::good();
    attempt.world.platform = attempt.world.platform.with_leeway(std::time::Duration::from_hours(1));
    assert_eq!(attempt.world.platform.leeway().as_secs(), 300);
    attempt.claim("exp", NOW.seconds() - 299);
    assert_eq!(code(attempt.outcome()), "accepted");
}

#[test]
fn the_deployment_must_be_the_one_that_the_login_named() {
    let mut attempt = Attempt::good();
    let mut registration = attempt.world.lms.registration();
    registration.deployments.push("2".to_owned());
    attempt.world.platform = Platform::new(registration).unwrap();
    attempt.claim(&claim("deployment_id"), "2");
    assert_eq!(code(attempt.outcome()), "deployment_id_mismatch");
}

#[test]
fn a_message_of_another_kind_is_not_understood_and_says_so() {
    let request = LaunchClaims::teacher("3")
        .with(&claim("message_type"), "LtiSubmissionReviewRequest")
        .without(&claim("resource_link"))
        .without(&claim("target_link_uri"));
    assert_eq!(code(World::new().launch(&request)), "message_type_unsupported");
}

#[test]
fn a_null_claim_is_a_missing_claim_and_an_odd_optional_one_is_none() {
    assert_eq!(with(&claim("roles"), Value::Null), "roles_missing");
    assert_eq!(with("sub", Value::Null), "sub_missing");
    assert_eq!(with("sub", 3), "sub_invalid");
    let mut odd = Attempt::good();
    for name in ["name", "locale", "email"] {
        odd.claim(name, json!({ "a": [1] }));
    }
    for name in ["custom", "context", "launch_presentation", "lis"] {
        odd.claim(&claim(name), json!([]));
    }
    let launch = odd.outcome().unwrap();
    assert!(launch.context().is_none() && launch.name().full.is_none() && launch.custom("a").is_none());
}

#[test]
fn a_platforms_own_refusal_is_told_by_its_code_only() {
    let (request, _) = World::new().begin();
    let answer = request.refused_with("login_required", "user 3 Lena Lehrkraft is logged out");
    let error = LaunchResponse::parse(answer.fields).unwrap_err();
    let Error::Refused(refusal) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(
        (refusal.code(), refusal.state()),
        ("login_required", Some(request.state()))
    );
    assert!(!format!("{error} {error:?}").contains("Lena"));
    let odd = LaunchResponse::parse(request.refused_with("Lena-Lehrkraft", "").fields).unwrap_err();
    assert_eq!(odd.to_string(), "the platform refused the launch: unknown_error");
}

#[test]
fn an_answer_without_its_parts_is_refused() {
    let parse = |fields: &[(&str, &str)]| LaunchResponse::parse(fields.to_vec()).unwrap_err();
    assert_eq!(parse(&[("state", "x")]), Error::ParameterMissing("id_token"));
    assert_eq!(parse(&[("id_token", "x")]), Error::ParameterMissing("state"));
    assert_eq!(
        parse(&[("id_token", "a.b.c"), ("state", "x"), ("state", "y")]),
        Error::ParameterRepeated("state")
    );
}
