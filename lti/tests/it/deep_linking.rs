//! Deep Linking beyond the certification: what is sent, what a platform makes of it, and what is never shown.

mod request;

use std::collections::BTreeSet;

use lti13_tool::testing::{LaunchClaims, PlacedLink, Placement, claim};
use lti13_tool::{
    DeepLinkingError, DeepLinkingRequest, DeepLinkingResponse, Error, Frame, Icon, KeySet, Launch, LinkItem, Message,
    ToolKey, Window,
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::properties::json_value;
use crate::world::{LAUNCH_URL, NOW, World, launch_url, tool_key};

const RECORDING: &str = include_str!("../fixtures/moodle-4.5-deep-linking.json");

fn recording() -> Value {
    serde_json::from_str(RECORDING).unwrap()
}

/// The request that a launch brings.
pub(crate) fn asked(launch: Launch) -> DeepLinkingRequest {
    let request = match launch.into_message() {
        Message::DeepLinking(request) => Some(*request),
        _ => None,
    };
    request.unwrap()
}

fn settings(changes: &Value) -> Value {
    let mut settings = World::new().lms.deep_linking_settings();
    for (name, value) in changes.as_object().unwrap().clone() {
        settings[name] = value;
    }
    settings
}

fn request_with(world: &World, settings: Value) -> Result<DeepLinkingRequest, Error> {
    let launch = world.launch(&LaunchClaims::teacher("3").choosing(settings))?;
    Ok(asked(launch))
}

fn request(changes: &Value) -> DeepLinkingRequest {
    request_with(&World::new(), settings(changes)).unwrap()
}

fn place(world: &World, response: DeepLinkingResponse) -> Placement {
    let keys = KeySet::parse(ToolKey::key_set([tool_key()])).unwrap();
    let form = response.sign(tool_key(), [5; 16], NOW).unwrap();
    world.lms.place(&form.jwt, &keys, NOW).unwrap()
}

fn link() -> LinkItem {
    LinkItem::new(launch_url())
}

/// The simulated platform makes of the recorded items what the recorded Moodle made of them.
#[test]
fn the_simulated_platform_places_links_as_moodle_does() {
    let world = World::new();
    for case in recording()["answers"].as_array().unwrap() {
        let claims = json!({
            "iss": "simulated-client",
            "aud": "https://lms.example",
            "iat": NOW.seconds(),
            "exp": NOW.seconds() + 300,
            "nonce": "n",
            claim("message_type"): "LtiDeepLinkingResponse",
            claim("version"): "1.3.0",
            claim("deployment_id"): "1",
            "https://purl.imsglobal.org/spec/lti-dl/claim/content_items": case["items"],
        });
        let keys = KeySet::parse(ToolKey::key_set([tool_key()])).unwrap();
        let placed = world.lms.place(&tool_key().sign(&claims).unwrap(), &keys, NOW).unwrap();
        let rows = case["rows"].as_array().unwrap();
        assert_eq!(placed.links.len(), rows.len(), "{}", case["case"]);
        for (link, row) in placed.links.iter().zip(rows) {
            assert_eq!(link.title, row["name"]);
            assert_eq!(link.url.clone().unwrap_or_default(), row["toolurl"]);
            let lines = |text: &str| text.lines().map(str::to_owned).collect::<BTreeSet<_>>();
            let kept = row["instructorcustomparameters"].as_str().unwrap();
            // Moodle's text field drops what could be a tag
            assert_eq!(lines(&link.custom.replace("<>", "")), lines(kept), "{}", case["case"]);
        }
    }
}

#[test]
fn a_second_line_would_be_a_second_parameter_so_no_item_has_one() {
    let smuggled = PlacedLink {
        title: String::new(),
        text: String::new(),
        url: None,
        custom: "b=z1\nc=eingeschmuggelt".to_owned(),
    };
    assert_eq!(smuggled.parameters()["c"], "eingeschmuggelt", "as in the recording");
    for value in ["z1\nc=x", "z1\rc=x", "z1\u{2028}c=x", " x", "x\0"] {
        let outcome = request(&json!({})).answer(vec![link().with_custom("b", value)]);
        assert_eq!(outcome.unwrap_err(), DeepLinkingError::CustomInvalid, "{value:?}");
    }
    for name in ["", "B", "a b", "a=b", "ä"] {
        let outcome = request(&json!({})).answer(vec![link().with_custom(name, "x")]);
        assert_eq!(outcome.unwrap_err(), DeepLinkingError::CustomInvalid, "{name:?}");
    }
}

#[test]
fn an_item_carries_what_the_tool_wishes() {
    let item = link()
        .titled("Gespräch")
        .with_text("Am Dienstag")
        .with_icon(Icon {
            url: "https://tool.example/icon.png".parse().unwrap(),
            width: 32,
            height: 32,
        })
        .in_window(Window {
            target_name: Some("gespraech".to_owned()),
        })
        .in_frame(Frame {
            width: 700,
            height: 500,
        })
        .with_custom("session", "a=b");
    let world = World::new();
    let placed = place(&world, request(&json!({})).answer(vec![item, link()]).unwrap());
    let sent = &placed.claims["https://purl.imsglobal.org/spec/lti-dl/claim/content_items"];
    assert_eq!(
        sent[0],
        json!({
            "type": "ltiResourceLink",
            "url": LAUNCH_URL,
            "title": "Gespräch",
            "text": "Am Dienstag",
            "icon": { "url": "https://tool.example/icon.png", "width": 32, "height": 32 },
            "window": { "targetName": "gespraech" },
            "iframe": { "width": 700, "height": 500 },
            "custom": { "session": "a=b" },
        })
    );
    assert_eq!(sent[1], json!({ "type": "ltiResourceLink", "url": LAUNCH_URL }));
    let launch = world
        .launch(&LaunchClaims::learner("4").by_link("9", &placed.links[0]))
        .unwrap();
    assert_eq!(launch.custom("session"), Some("a=b"));
}

#[test]
fn what_the_platform_does_not_take_is_not_sent() {
    let several = || vec![link(), link()];
    let cases = [
        (
            json!({ "accept_multiple": false }),
            several(),
            DeepLinkingError::SeveralNotAccepted,
        ),
        (
            json!({ "accept_multiple": null }),
            several(),
            DeepLinkingError::SeveralNotAccepted,
        ),
        (
            json!({ "accept_types": ["html"] }),
            vec![link()],
            DeepLinkingError::LinksNotAccepted,
        ),
        (
            json!({ "accept_types": [] }),
            vec![link()],
            DeepLinkingError::LinksNotAccepted,
        ),
    ];
    for (changes, items, expected) in cases {
        let request = request(&changes);
        assert_eq!(request.clone().answer(items).unwrap_err(), expected);
        assert!(request.answer(Vec::new()).is_ok(), "nothing can always be sent");
    }
}

#[test]
fn an_item_leads_to_the_tool_only_and_has_a_name_on_one_line() {
    let answer = |item: LinkItem| request(&json!({})).answer(vec![item]).unwrap_err();
    for foreign in [
        "https://tool.example.evil/",
        "http://tool.example/",
        "https://lms.example/",
        "data:text/html,x",
    ] {
        assert_eq!(
            answer(LinkItem::new(foreign.parse().unwrap())),
            DeepLinkingError::UrlForeign,
            "{foreign}"
        );
    }
    let icon = Icon {
        url: "https://other.example/icon.png".parse().unwrap(),
        width: 1,
        height: 1,
    };
    assert_eq!(answer(link().with_icon(icon)), DeepLinkingError::UrlForeign);
    for title in ["", "  ", "a\nb", &"x".repeat(256)] {
        assert_eq!(answer(link().titled(title)), DeepLinkingError::TextInvalid, "{title:?}");
    }
    assert_eq!(
        answer(link().with_text("x".repeat(5000))),
        DeepLinkingError::TextInvalid
    );
}

#[test]
fn cancelling_brings_the_browser_back_with_a_sentence() {
    let response = request(&json!({ "data": "x" }))
        .cancel()
        .with_message("Nichts ausgewählt.")
        .with_error_message("Keine Berechtigung.")
        .with_log("cancelled")
        .with_error_log("no right");
    let placed = place(&World::new(), response);
    assert!(placed.links.is_empty());
    assert_eq!(
        placed.claims["https://purl.imsglobal.org/spec/lti-dl/claim/content_items"],
        json!([])
    );
    assert_eq!(placed.message.as_deref(), Some("Nichts ausgewählt."));
    assert_eq!(placed.error_message.as_deref(), Some("Keine Berechtigung."));
    assert_eq!(placed.data, Some(json!("x")), "also then");
    for (name, line) in [("log", "cancelled"), ("errorlog", "no right")] {
        assert_eq!(
            placed.claims[format!("https://purl.imsglobal.org/spec/lti-dl/claim/{name}")],
            line
        );
    }
}

#[test]
fn without_data_none_is_sent() {
    let placed = place(&World::new(), request(&json!({})).cancel());
    assert_eq!(placed.data, None);
}

#[test]
fn neither_the_session_key_nor_the_platforms_data_is_shown() {
    let settings = settings(&json!({
        "data": "GEHEIM",
        "title": "GEHEIM",
        "deep_link_return_url": "https://lms.example/back?sesskey=GEHEIM",
    }));
    let launch = World::new()
        .launch(&LaunchClaims::teacher("3").choosing(settings))
        .unwrap();
    let shown = format!("{launch:?}");
    let request = asked(launch);
    let response = request
        .clone()
        .answer(vec![link().titled("GEHEIM")])
        .unwrap()
        .with_message("GEHEIM");
    let shown = format!("{shown} {request:?} {response:?}");
    let form = response.sign(tool_key(), [5; 16], NOW).unwrap();
    let shown = format!("{shown} {form:?}");
    assert!(!shown.contains("GEHEIM"), "{shown}");
    assert!(!shown.contains(&form.jwt), "{shown}");
}

#[test]
fn a_request_survives_being_stored() {
    let request = request(&json!({ "data": "Ä\u{7f}\"\\", "accept_media_types": ["a/b"] }));
    let stored = serde_json::to_string(&request).unwrap();
    assert_eq!(serde_json::from_str::<DeepLinkingRequest>(&stored).unwrap(), request);
}

proptest! {
    #[test]
    fn data_comes_back_byte_for_byte(data in any::<String>()) {
        let world = World::new();
        let placed = place(&world, request(&json!({ "data": data.clone() })).answer(vec![link()]).unwrap());
        prop_assert_eq!(placed.data, Some(json!(data)));
    }

    #[test]
    fn any_settings_are_read_or_refused(
        changes in proptest::collection::hash_map(
            prop_oneof![
                Just("accept_types"), Just("accept_media_types"), Just("accept_multiple"), Just("auto_create"),
                Just("accept_presentation_document_targets"), Just("deep_link_return_url"), Just("title"), Just("data"),
            ],
            json_value(), 0..6,
        ),
        whole in proptest::option::of(json_value()),
    ) {
        let settings = whole.unwrap_or_else(|| settings(&json!(changes)));
        let outcome = request_with(&World::new(), settings);
        let _ = format!("{outcome:?}");
        if let Ok(request) = outcome {
            prop_assert!(World::new().platform.has_host(request.return_url()));
            prop_assert!(request.cancel().sign(tool_key(), [1; 16], NOW).is_ok());
        }
    }

    #[test]
    fn what_is_sent_is_what_a_launch_brings_back(name in "[a-z0-9_]{1,12}", value in any::<String>(), title in any::<String>()) {
        let world = World::new();
        let item = link().titled(title.clone()).with_custom(&name, value.clone());
        if let Ok(response) = request(&json!({})).answer(vec![item]) {
            let placed = place(&world, response);
            let launch = world.launch(&LaunchClaims::learner("4").by_link("9", &placed.links[0])).unwrap();
            prop_assert_eq!(launch.custom(&name), Some(value.as_str()));
            prop_assert_eq!(&placed.links[0].title, &title);
            prop_assert_eq!(placed.links[0].parameters().as_object().unwrap().len(), 1);
        }
    }
}
