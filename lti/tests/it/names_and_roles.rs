//! The list of a course: which offer is believed, and what its pages say.

use lti13_tool::testing::{LaunchClaims, claim};
use lti13_tool::{Member, NamesAndRoles, NoRoster, RosterError, Status};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::world::{World, world_at};

const MOODLE: &str = "http://localhost:8100";

fn recording() -> Value {
    serde_json::from_str(include_str!("../fixtures/moodle-4.5-nrps.json")).unwrap()
}

fn offered(world: &World, claims: &LaunchClaims) -> Result<NamesAndRoles, NoRoster> {
    world.launch(claims).unwrap().names_and_roles().cloned()
}

fn offer(url: &str, context: &str) -> LaunchClaims {
    LaunchClaims::teacher("3")
        .in_course(context, "Beratung")
        .with_names_and_roles(json!({ "context_memberships_url": url, "service_versions": ["1.0", "2.0"] }))
}

/// The list of course 2 at an imaginary platform.
fn service() -> NamesAndRoles {
    let world = World::new();
    offered(&world, &offer("https://lms.example/course/2/members?a=b", "2")).unwrap()
}

fn moodle() -> NamesAndRoles {
    let world = world_at(MOODLE);
    let url = format!("{MOODLE}/mod/lti/services.php/CourseSection/2/bindings/1/memberships");
    offered(&world, &offer(&url, "2")).unwrap()
}

fn read(answer: &Value) -> Result<lti13_tool::MembershipPage, RosterError> {
    let link = answer.get("link").and_then(Value::as_str);
    moodle().read(answer["body"].as_str().unwrap().as_bytes(), link)
}

fn members(entries: &Value) -> Vec<Member> {
    let body = json!({ "id": "x", "context": { "id": "2" }, "members": entries });
    service().read(body.to_string().as_bytes(), []).unwrap().members
}

fn name(member: &Member) -> Option<&str> {
    member.name.full.as_deref()
}

#[test]
fn only_an_offer_of_this_platform_for_this_course_is_believed() {
    let world = World::new();
    let moodle_path = |course: &str| {
        format!("https://lms.example/mod/lti/services.php/CourseSection/{course}/bindings/1/memberships")
    };
    for (url, context, expected) in [
        ("https://lms.example/m", "2", None),
        ("http://lms.example/m", "2", Some(NoRoster::AddressInvalid)),
        ("https://a:b@lms.example/m", "2", Some(NoRoster::AddressInvalid)),
        ("file:///etc/passwd", "2", Some(NoRoster::AddressInvalid)),
        ("members", "2", Some(NoRoster::AddressInvalid)),
        ("https://evil.example/m", "2", Some(NoRoster::AddressForeign)),
        ("https://lms.example:8443/m", "2", Some(NoRoster::AddressForeign)),
        ("http://127.0.0.1/m", "2", Some(NoRoster::AddressForeign)),
        ("", "2", Some(NoRoster::NotOffered)),
        (&moodle_path("2"), "2", None),
        (&moodle_path("3"), "2", Some(NoRoster::OtherContext)),
        (&moodle_path("1"), "1", Some(NoRoster::SiteLevel)),
    ] {
        assert_eq!(offered(&world, &offer(url, context)).err(), expected, "{url}");
    }
}

#[test]
fn an_offer_without_version_two_course_or_address_is_none() {
    let world = World::new();
    let with = |offer: Value| LaunchClaims::teacher("3").with_names_and_roles(offer);
    for (claims, expected) in [
        (LaunchClaims::teacher("3"), NoRoster::NotOffered),
        (with(json!("https://lms.example/m")), NoRoster::NotOffered),
        (with(json!({ "service_versions": ["2.0"] })), NoRoster::NotOffered),
        (
            with(json!({ "context_memberships_url": "https://lms.example/m", "service_versions": ["1.0"] })),
            NoRoster::VersionMissing,
        ),
        (
            with(json!({ "context_memberships_url": "https://lms.example/m" })),
            NoRoster::VersionMissing,
        ),
        (
            offer("https://lms.example/m", "2").without(&claim("context")),
            NoRoster::NoContext,
        ),
    ] {
        let reason = offered(&world, &claims).unwrap_err();
        assert_eq!(reason, expected);
        assert!(reason.code().starts_with("roster_") && !reason.clause().is_empty());
    }
}

#[test]
fn the_first_page_names_the_activity_and_keeps_the_platforms_own_query() {
    let service = service();
    let link = "17".parse().unwrap();
    assert_eq!(
        service.first_page(Some(&link), 200).as_str(),
        "https://lms.example/course/2/members?a=b&rlid=17&limit=200"
    );
    assert_eq!(
        service.first_page(None, 5).as_str(),
        "https://lms.example/course/2/members?a=b&limit=5"
    );
}

#[test]
fn the_pages_that_moodle_sent_are_read_to_the_end() {
    let recording = recording();
    let pages: Vec<_> = recording["pages"].as_array().unwrap().iter().collect();
    let [first, second, last] = pages[..] else {
        panic!("three pages")
    };
    let page = read(&first["answer"]).unwrap();
    assert_eq!(page.next.as_ref().unwrap().as_str(), second["url"].as_str().unwrap());
    let ids: Vec<&str> = page.members.iter().map(|member| member.id.as_str()).collect();
    assert_eq!(ids, ["20", "8", "16"]);
    assert_eq!(name(&page.members[0]), Some("Bea Beide-Rollen"));
    assert!(
        page.members[0]
            .roles
            .contains(lti13_tool::Role::parse("Learner").unwrap())
    );
    assert_eq!(read(&last["answer"]).unwrap().next, None);
    // the next page has lost the role that was asked for, and is followed as it is
    let next = read(&recording["dropped_role"][0]["answer"]).unwrap().next.unwrap();
    assert!(!next.query().unwrap().contains("role"));
}

#[test]
fn names_that_moodle_withholds_are_none_and_the_message_array_of_a_link_disturbs_nobody() {
    let recording = recording();
    let page = read(&recording["nameless"]).unwrap();
    assert!(page.members.len() == 3 && page.members.iter().all(|member| name(member).is_none()));
    let page = read(&recording["link"]).unwrap();
    assert!(!page.members.is_empty() && page.skipped == 0);
}

#[test]
fn a_list_of_another_course_or_of_the_whole_school_is_refused() {
    let recording = recording();
    for answer in ["other_course", "site"] {
        assert_eq!(
            read(&recording[answer]).unwrap_err(),
            RosterError::ContextWrong,
            "{answer}"
        );
    }
    for answer in ["wrong_accept", "wrong_token"] {
        assert_eq!(
            read(&recording[answer]).unwrap_err(),
            RosterError::ContextMissing,
            "{answer}"
        );
    }
}

#[test]
fn an_entry_without_id_is_skipped_and_a_missing_status_is_active() {
    let body = json!({ "context": { "id": "2" }, "members": [
        { "user_id": "1", "roles": ["Instructor", "Mentor"] },
        { "user_id": "2", "status": "Inactive" },
        { "user_id": "3", "status": "Deleted", "roles": null },
        { "user_id": "4", "status": null, "name": "-", "email": "x@example.invalid" },
        { "user_id": "", "name": "Niemand" },
        { "user_id": 5 },
        { "name": "Niemand" },
        "Niemand",
        null,
    ] });
    let page = service().read(body.to_string().as_bytes(), []).unwrap();
    let seen: Vec<_> = page.members.iter().map(|one| (one.id.as_str(), one.status)).collect();
    let expected = [
        ("1", Status::Active),
        ("2", Status::Inactive),
        ("3", Status::Deleted),
        ("4", Status::Active),
    ];
    assert_eq!((seen.as_slice(), page.skipped), (expected.as_slice(), 5));
    assert_eq!(name(&page.members[3]), None);
    assert_eq!(page.members[0].roles.iter().count(), 2);
}

#[test]
fn somebody_listed_twice_is_one_person_with_every_role() {
    let mut listed = members(&json!([
        { "user_id": "1", "roles": ["Learner"], "status": "Inactive" },
        { "user_id": "1", "roles": ["Mentor"], "name": "Ada Beispiel" },
    ]));
    let second = listed.pop().unwrap();
    let first = &mut listed[0];
    first.merge(second);
    assert_eq!((first.status, name(first)), (Status::Active, Some("Ada Beispiel")));
    assert_eq!(first.roles.iter().count(), 2);
}

#[test]
fn the_next_page_stays_on_the_same_list() {
    let body = br#"{"context":{"id":"2"},"members":[]}"#;
    let follow = |target: &str| {
        let link = format!("<{target}>; rel=\"next\"");
        let page = service().read(body, [r#"<https://lms.example/d>; rel="differences""#, &link])?;
        Ok(page.next.unwrap().to_string())
    };
    for (target, expected) in [
        (
            "https://lms.example/course/2/members?p=2",
            Ok("https://lms.example/course/2/members?p=2"),
        ),
        (
            "https://lms.example/course/2/members/pages/2",
            Ok("https://lms.example/course/2/members/pages/2"),
        ),
        ("?p=2", Ok("https://lms.example/course/2/members?p=2")),
        (
            "https://evil.example/course/2/members?p=2",
            Err(RosterError::NextForeign),
        ),
        ("http://lms.example/course/2/members?p=2", Err(RosterError::NextForeign)),
        ("https://lms.example/course/3/members", Err(RosterError::NextForeign)),
        (
            "https://lms.example/course/2/members/../../3/members",
            Err(RosterError::NextForeign),
        ),
        (
            "https://lms.example/course/2/members/%2e%2e/%2e%2e/3/members",
            Err(RosterError::NextForeign),
        ),
        (
            "https://lms.example/course/2/members/..%2f..%2f3/members",
            Err(RosterError::NextForeign),
        ),
        ("https://lms.example/course/2/membersOf3", Err(RosterError::NextForeign)),
        (
            "https://a:b@lms.example/course/2/members?p=2",
            Err(RosterError::NextForeign),
        ),
        ("https://[", Err(RosterError::NextInvalid)),
    ] {
        assert_eq!(follow(target), expected.map(str::to_owned), "{target}");
    }
}

#[test]
fn what_is_no_list_is_refused_and_no_debug_shows_a_member() {
    for body in [
        "",
        "[]",
        "<html>",
        r#"{"context":{"id":"2"}}"#,
        r#"{"context":{"id":"2"},"members":{}}"#,
    ] {
        assert!(service().read(body.as_bytes(), []).is_err(), "{body}");
    }
    let large = vec![b' '; 4 * 1024 * 1024 + 1];
    assert_eq!(service().read(&large, []).unwrap_err(), RosterError::TooLarge);
    let shown = format!(
        "{:?}",
        members(&json!([{ "user_id": "GEHEIM", "name": "GEHEIM", "roles": ["GEHEIM"] }]))
    );
    assert!(!shown.contains("GEHEIM"), "{shown}");
}

proptest! {
    #[test]
    fn any_bytes_are_a_page_or_refused(bytes in vec(any::<u8>(), 0..2000), link in ".{0,200}") {
        let _ = service().read(&bytes, [link.as_str()]);
    }

    #[test]
    fn any_entries_are_members_or_skipped(entries in vec(crate::properties::json_value(), 0..8)) {
        let body = json!({ "context": { "id": "2" }, "members": entries });
        let page = service().read(body.to_string().as_bytes(), []).unwrap();
        prop_assert_eq!(page.members.len() + page.skipped, entries.len());
    }

    #[test]
    fn any_next_page_is_on_the_same_origin_below_the_same_path(target in "(https://(lms|evil)\\.example)?[a-z0-9/.%?&=:@#\\\\]{0,60}") {
        let link = format!("<{target}>; rel=next");
        if let Ok(page) = service().read(br#"{"context":{"id":"2"},"members":[]}"#, [link.as_str()])
            && let Some(next) = page.next
        {
            prop_assert_eq!(next.origin().ascii_serialization(), "https://lms.example");
            prop_assert!(next.path().starts_with("/course/2/members"), "{}", next);
        }
    }

    #[test]
    fn any_link_header_gives_back_the_target_that_was_put_in(
        target in "[!-;=?-~]{0,40}", before in "(<[a-z]{0,9}>; rel=\"(first|prev)\"(; title=\"[^\"\\\\]{0,9}\")?, ?){0,3}",
    ) {
        let header = format!("{before}<?{target}>; rel=\"next\"");
        let page = service().read(br#"{"context":{"id":"2"},"members":[]}"#, [header.as_str()]);
        let expected = service().url().join(&format!("?{target}")).unwrap();
        prop_assert_eq!(page.unwrap().next, Some(expected));
    }
}
