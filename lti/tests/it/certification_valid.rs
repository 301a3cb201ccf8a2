//! Valid launches of the LTI Advantage Conformance Certification Guide, §6.1.2 and §6.1.3: all must get in, with the right
//! they have and no more.

use lti13_tool::testing::{LaunchClaims, claim};
use lti13_tool::{Launch, RolePattern};

use crate::world::World;

const LIS: &str = "http://purl.imsglobal.org/vocab/lis/v2/";

fn launch(claims: &LaunchClaims) -> Launch {
    World::new().launch(claims).unwrap()
}

fn with_roles(roles: &[&str]) -> Launch {
    launch(
        &LaunchClaims::person("39890", roles)
            .named("Ada", "Beispiel")
            .with("email", "ada@schule.invalid"),
    )
}

fn uri(path: &str) -> String {
    format!("{LIS}{path}")
}

fn teaches(launch: &Launch) -> bool {
    launch
        .roles()
        .allowed_by(&["membership#Instructor".parse::<RolePattern>().unwrap()])
}

fn learns(launch: &Launch) -> bool {
    launch
        .roles()
        .allowed_by(&["membership#Learner".parse::<RolePattern>().unwrap()])
}

#[test]
fn cert_t01_valid_instructor_launch() {
    assert!(teaches(&with_roles(&[&uri("membership#Instructor")])));
}

#[test]
fn cert_t02_valid_instructor_launch_with_roles() {
    let roles = [
        "membership#Instructor",
        "institution/person#Staff",
        "institution/person#Other",
    ]
    .map(uri);
    let launch = with_roles(&roles.each_ref().map(String::as_str));
    assert!(teaches(&launch) && !learns(&launch));
    assert_eq!(launch.roles().iter().count(), 3);
}

#[test]
fn cert_t03_valid_instructor_launch_short_role() {
    assert!(teaches(&with_roles(&["Instructor"])));
}

#[test]
fn cert_t04_valid_instructor_launch_unknown_role() {
    let launch = with_roles(&[&uri("unknown/unknown#Helper")]);
    assert!(!teaches(&launch) && !learns(&launch));
    assert_eq!(launch.roles().unknown(), 1);
}

#[test]
fn cert_t05_valid_instructor_launch_no_role() {
    let launch = with_roles(&[""]);
    assert_eq!(launch.roles().iter().count(), 0);
    assert!(!teaches(&launch));
}

#[test]
fn cert_t06_valid_instructor_launch_email_only() {
    let launch = launch(&LaunchClaims::teacher("39890").with("email", "ada@schule.invalid"));
    assert!(teaches(&launch) && launch.name().full.is_none());
}

#[test]
fn cert_t07_valid_instructor_launch_names_only() {
    let launch = launch(&LaunchClaims::teacher("39890").named("Ada", "Beispiel"));
    assert_eq!(launch.name().full.as_deref(), Some("Ada Beispiel"));
    assert_eq!(
        (launch.name().given.as_deref(), launch.name().family.as_deref()),
        (Some("Ada"), Some("Beispiel"))
    );
}

#[test]
fn cert_t08_valid_instructor_no_pii() {
    let launch = launch(&LaunchClaims::teacher("39890").with("locale", "en-US"));
    assert_eq!(launch.subject().as_str(), "39890");
    assert_eq!(launch.name(), &lti13_tool::PersonName::default());
}

#[test]
fn cert_t09_valid_instructor_email_without_context() {
    let claims = LaunchClaims::teacher("39890")
        .with("email", "ada@schule.invalid")
        .without(&claim("context"));
    assert!(launch(&claims).context().is_none());
}

#[test]
fn cert_s01_valid_student_launch() {
    let launch = with_roles(&[&uri("membership#Learner")]);
    assert!(learns(&launch) && !teaches(&launch));
}

#[test]
fn cert_s02_valid_student_launch_with_roles() {
    let roles = [
        "membership#Learner",
        "institution/person#Student",
        "institution/person#Mentor",
    ]
    .map(uri);
    let launch = with_roles(&roles.each_ref().map(String::as_str));
    assert!(learns(&launch) && !teaches(&launch));
    assert!(!launch.roles().allowed_by(&["membership#Mentor".parse().unwrap()]));
}

#[test]
fn cert_s03_valid_student_launch_short_role() {
    let launch = with_roles(&["Learner"]);
    assert!(learns(&launch) && !teaches(&launch));
}

#[test]
fn cert_s04_valid_student_launch_unknown_role() {
    assert!(!learns(&with_roles(&[&uri("unknown/unknown#Helper")])));
}

#[test]
fn cert_s05_valid_student_launch_no_role() {
    assert!(!learns(&with_roles(&[""])));
    assert!(!learns(&with_roles(&[])));
}

#[test]
fn cert_s06_valid_student_launch_email_only() {
    assert!(learns(&launch(
        &LaunchClaims::learner("39890").with("email", "ben@schule.invalid")
    )));
}

#[test]
fn cert_s07_valid_student_launch_names_only() {
    assert!(learns(&launch(
        &LaunchClaims::learner("39890").named("Ben", "Beispiel")
    )));
}

#[test]
fn cert_s08_valid_student_no_pii() {
    assert!(learns(&launch(&LaunchClaims::learner("39890"))));
}

#[test]
fn cert_s09_valid_student_email_without_context() {
    let claims = LaunchClaims::learner("39890")
        .with("email", "ben@schule.invalid")
        .without(&claim("context"));
    assert!(learns(&launch(&claims)));
}
