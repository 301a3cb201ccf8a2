//! Roles that look like more than they are.

use lti13_tool::{InvalidRolePattern, Role, RolePattern, Roles, Vocabulary};

const LIS: &str = "http://purl.imsglobal.org/vocab/lis/v2/";
const TEST_USER: &str = "http://purl.imsglobal.org/vocab/lti/system/person#TestUser";

fn roles(paths: &[&str]) -> Roles {
    let uris: Vec<String> = paths.iter().map(|path| format!("{LIS}{path}")).collect();
    uris.iter().map(String::as_str).collect()
}

fn pattern(text: &str) -> RolePattern {
    text.parse().unwrap()
}

#[test]
fn a_learner_with_the_sub_role_instructor_is_a_learner() {
    let roles = roles(&["membership/Learner#Instructor"]);
    assert!(!roles.allowed_by(&[pattern("membership#Instructor")]));
    let role = roles.iter().next().unwrap();
    assert_eq!(
        (role.vocabulary(), role.principal(), role.sub_role()),
        (Vocabulary::Context, "Learner", Some("Instructor"))
    );
}

#[test]
fn roles_of_institution_and_system_give_nothing_in_a_course() {
    let roles = roles(&[
        "institution/person#Instructor",
        "institution/person#Mentor",
        "institution/person#Administrator",
        "system/person#Administrator",
        "person#Administrator",
    ]);
    assert_eq!(roles.unknown(), 0);
    for principal in ["Instructor", "Mentor", "Administrator", "Member", "Learner"] {
        assert!(
            !roles.allowed_by(&[pattern(&format!("membership#{principal}"))]),
            "{principal}"
        );
    }
}

#[test]
fn a_sub_role_does_not_imply_its_principal_nor_the_principal_a_sub_role() {
    let grader = roles(&["membership/Instructor#Grader"]);
    assert!(!grader.allowed_by(&[pattern("membership#Instructor")]));
    assert!(grader.allowed_by(&[
        pattern("membership#Instructor"),
        pattern("membership/Instructor#Grader")
    ]));
    assert!(!roles(&["membership#Instructor"]).allowed_by(&[pattern("membership/Instructor#Grader")]));
}

#[test]
fn a_test_user_is_allowed_nothing_whatever_else_it_is() {
    let uri = format!("{LIS}membership#Instructor");
    let roles: Roles = [uri.as_str(), TEST_USER].into_iter().collect();
    assert!(roles.test_user() && !roles.allowed_by(&[pattern("membership#Instructor")]));
    assert!(roles.contains(Role::parse(&uri).unwrap()));
}

#[test]
fn near_misses_of_a_role_are_unknown() {
    let near = [
        "https://purl.imsglobal.org/vocab/lis/v2/membership#Instructor",
        "http://purl.imsglobal.org/vocab/lis/v2/membership#instructor",
        "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor ",
        "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor#Instructor",
        "http://purl.imsglobal.org/vocab/lis/v2/membership/Instructor#Nobody",
        "http://purl.imsglobal.org/vocab/lis/v2/membership/#Instructor",
        "http://purl.imsglobal.org/vocab/lis/v2//membership#Instructor",
        "http://purl.imsglobal.org/vocab/lis/v1/membership#Instructor",
        "http://evil.example/membership#Instructor",
        "evil http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor",
        "membership#Instructor",
        "instructor",
        "Instructor,Learner",
        "",
    ];
    for text in near {
        assert_eq!(Role::parse(text), None, "{text}");
    }
}

#[test]
fn the_deprecated_forms_are_read_as_what_they_meant() {
    let same = [
        ("Mentor", "membership#Mentor"),
        ("urn:lti:role:ims/lis/Instructor", "membership#Instructor"),
        ("urn:lti:role:ims/lis/Instructor/Grader", "membership/Instructor#Grader"),
        ("urn:lti:instrole:ims/lis/Instructor", "institution/person#Instructor"),
        ("urn:lti:sysrole:ims/lis/SysAdmin", "system/person#SysAdmin"),
        (
            "http://purl.imsglobal.org/vocab/lis/v2/person#SysAdmin",
            "system/person#SysAdmin",
        ),
        (
            "http://purl.imsglobal.org/vocab/lis/v2/person#Administrator",
            "institution/person#Administrator",
        ),
    ];
    for (deprecated, path) in same {
        assert_eq!(
            Role::parse(deprecated),
            Role::parse(&format!("{LIS}{path}")),
            "{deprecated}"
        );
        assert!(Role::parse(deprecated).is_some(), "{deprecated}");
    }
}

#[test]
fn every_role_is_written_as_it_was_read() {
    let paths = [
        "system/person#SysSupport",
        "institution/person#ProspectiveStudent",
        "membership#ContentDeveloper",
        "membership/Officer#Vice-Chair",
        "membership/Mentor#ExternalLearningFacilitator",
        "membership/Instructor#TeachingAssistantSectionAssociation",
    ];
    for path in paths {
        let uri = format!("{LIS}{path}");
        assert_eq!(Role::parse(&uri).unwrap().to_string(), uri);
    }
    assert_eq!(Role::parse(TEST_USER).unwrap().to_string(), TEST_USER);
}

#[test]
fn a_configuration_can_name_context_roles_only() {
    assert_eq!(
        pattern(&format!("{LIS}membership#Instructor")),
        pattern("membership#Instructor")
    );
    for text in ["institution/person#Faculty", "system/person#Administrator"] {
        assert_eq!(
            text.parse::<RolePattern>(),
            Err(InvalidRolePattern::NotContext),
            "{text}"
        );
    }
    for text in [
        "Instructor",
        "membership#Teacher",
        "membership/Instructor",
        "*",
        "",
        TEST_USER,
    ] {
        assert_eq!(text.parse::<RolePattern>(), Err(InvalidRolePattern::Unknown), "{text}");
    }
}
