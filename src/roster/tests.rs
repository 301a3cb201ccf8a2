//! What is used of a platform's list, whatever it holds.

use proptest::prelude::{Strategy, any, prop, proptest};
use serde_json::json;

use super::*;

/// As a platform lists somebody.
fn listed(id: &str, name: &str, roles: &[&str]) -> lti13_tool::Member {
    let service = json!({ "url": "https://lms.example/members", "context": "7" });
    let service: NamesAndRoles = serde_json::from_value(service).unwrap();
    let entry = json!({ "user_id": id, "name": name, "roles": roles });
    let body = json!({ "context": { "id": "7" }, "members": [entry] }).to_string();
    service.read(body.as_bytes(), []).unwrap().members.remove(0)
}

fn tag(id: &Subject) -> PersonTag {
    let mut bytes = [0; 32];
    for (place, byte) in bytes.iter_mut().zip(id.as_str().bytes()) {
        *place = byte;
    }
    PersonTag(bytes)
}

fn names(roster: &Roster) -> Vec<&str> {
    roster
        .members
        .iter()
        .map(|member| member.name.expose().as_str())
        .collect()
}

#[test]
fn somebody_listed_twice_stands_once_with_every_role() {
    let list = [
        listed("1", "Ada", &["Learner"]),
        listed("2", "Bo", &["Learner"]),
        listed("1", "Ada", &["Instructor"]),
    ];
    let roster = Roster::of(list, tag);
    assert_eq!(names(&roster), ["Ada", "Bo"]);
    assert_eq!(roster.members[0].title, Title::Teacher);
    assert_eq!(roster.members[0].person, tag(&"1".parse().unwrap()));
}

#[test]
fn only_who_is_active_and_somebody_can_be_picked() {
    let mut gone = listed("1", "Ada", &["Learner"]);
    gone.status = Status::Inactive;
    let preview = "http://purl.imsglobal.org/vocab/lti/system/person#TestUser";
    let test_user = listed("2", "Preview", &["Learner", preview]);
    let roster = Roster::of([gone, test_user, listed("3", "Cem", &[])], tag);
    assert_eq!(names(&roster), ["Cem"]);
    assert_eq!(roster.members[0].title, Title::Other);
}

#[test]
fn people_without_a_name_are_counted_and_not_shown() {
    let roster = Roster::of(
        [listed("1", "", &[]), listed("2", " … ", &[]), listed("3", "Dora", &[])],
        tag,
    );
    assert_eq!((names(&roster), roster.nameless), (vec!["Dora"], 2));
}

#[test]
fn a_role_word_is_suggested_by_whole_roles_of_the_course_only() {
    let title = |roles: &[&str]| Roster::of([listed("1", "Ada", roles)], tag).members[0].title;
    assert_eq!(title(&["Learner"]), Title::Pupil);
    assert_eq!(title(&["Instructor", "Learner"]), Title::Teacher);
    assert_eq!(title(&["Mentor"]), Title::Parent);
    let vocabulary = "http://purl.imsglobal.org/vocab/lis/v2/";
    assert_eq!(
        title(&[&format!("{vocabulary}membership/Learner#Instructor")]),
        Title::Pupil
    );
    assert_eq!(
        title(&[&format!("{vocabulary}institution/person#Instructor")]),
        Title::Other
    );
    assert_eq!(title(&["Teacher of everything"]), Title::Other);
}

#[test]
fn a_search_finds_by_parts_of_names_without_accents_and_capitals() {
    let roster = Roster::of(
        [
            listed("1", "Zoë Weiß-Ångström", &[]),
            listed("2", "İpek Yıldız", &[]),
            listed("3", "Müller, Jo", &[]),
        ],
        tag,
    );
    let found = |text: &str| {
        let search = Search::new(text);
        let members = roster.members.iter().filter(|member| member.matches(&search));
        members.map(|member| member.name.expose().as_str()).collect::<Vec<_>>()
    };
    assert_eq!(found("weiss zoe"), ["Zoë Weiß-Ångström"]);
    assert_eq!(found("ANGST"), ["Zoë Weiß-Ångström"]);
    assert_eq!(found("ipek yildiz"), ["İpek Yıldız"]);
    assert_eq!(found("muller"), ["Müller, Jo"]);
    assert_eq!(found("muller zoe"), Vec::<&str>::new());
    assert_eq!(found(" ").len(), 3);
}

#[test]
fn people_stand_by_family_name_and_by_the_last_word_where_there_is_none() {
    let mut parts = listed("1", "Bo von Zett", &[]);
    parts.name.family = Some("von Zett".to_owned());
    let roster = Roster::of(
        [parts, listed("2", "Cem Äpfel", &[]), listed("3", "Ada Zander", &[])],
        tag,
    );
    assert_eq!(names(&roster), ["Cem Äpfel", "Bo von Zett", "Ada Zander"]);
}

#[test]
fn a_name_that_would_turn_the_line_around_loses_the_sign() {
    let roster = Roster::of([listed("1", "Ada\u{202E}\n\u{200B}Beispiel", &[])], tag);
    assert_eq!(names(&roster), ["Ada Beispiel"]);
}

fn anybody() -> impl Strategy<Value = lti13_tool::Member> {
    let roles = prop::collection::vec("Learner|Instructor|Mentor|[A-Z]{0,4}", 0..3);
    ("[0-3]", any::<String>(), roles, any::<bool>()).prop_map(|(id, name, roles, active)| {
        let roles: Vec<&str> = roles.iter().map(String::as_str).collect();
        let mut member = listed(&id, &name, &roles);
        if !active {
            member.status = Status::Inactive;
        }
        member
    })
}

proptest! {
    #[test]
    fn whatever_is_listed_everybody_stands_once_and_can_be_read(list in prop::collection::vec(anybody(), 0..12)) {
        let roster = Roster::of(list.clone(), tag);
        let mut people: Vec<_> = roster.members.iter().map(|member| member.person.0).collect();
        people.sort_unstable();
        people.dedup();
        assert_eq!(people.len(), roster.members.len());
        for member in &roster.members {
            let name = member.name.expose();
            assert!(name.chars().any(char::is_alphanumeric) && name.chars().count() <= LONGEST_NAME);
            assert!(!name.chars().any(|letter| letter.is_control() || is_invisible(letter)));
            assert!(member.matches(&Search::new(name)), "everybody is found by their own name");
        }
        let active = list.iter().filter(|member| member.status == Status::Active);
        let mut active: Vec<_> = active.map(|member| member.id.clone()).collect();
        active.sort();
        active.dedup();
        assert_eq!(active.len(), roster.members.len() + roster.nameless);
    }
}
