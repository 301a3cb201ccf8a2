//! What a launch says about language, container, way back and names.

use lti13_tool::testing::{LaunchClaims, claim};
use lti13_tool::{DocumentTarget, Launch};
use serde_json::{Value, json};

use crate::world::World;

fn launch(presentation: Value) -> Launch {
    let claims = LaunchClaims::teacher("3").with(&claim("launch_presentation"), presentation);
    World::new().launch(&claims.with("locale", "fr")).unwrap()
}

#[test]
fn the_way_back_is_an_address_of_the_web_or_none() {
    let return_url = |url: &str| {
        let launch = launch(json!({ "return_url": url }));
        launch.presentation().return_url().map(ToString::to_string)
    };
    assert_eq!(
        return_url("https://lms.example/back?a=b"),
        Some("https://lms.example/back?a=b".to_owned())
    );
    for url in ["javascript:alert(1)", "data:text/html,x", "/back", ""] {
        assert_eq!(return_url(url), None, "{url}");
    }
}

#[test]
fn the_language_is_that_of_the_frame_then_that_of_the_person() {
    assert_eq!(
        launch(json!({ "locale": "de_du" })).presentation().locale(),
        Some("de_du")
    );
    assert_eq!(launch(json!({})).presentation().locale(), Some("fr"));
    for odd in ["de\r\nX: y", "<b>", &"x".repeat(36)] {
        assert_eq!(launch(json!({ "locale": odd })).presentation().locale(), None, "{odd}");
    }
}

#[test]
fn the_container_is_one_of_three_or_unknown() {
    let target = |target: &str| {
        launch(json!({ "document_target": target }))
            .presentation()
            .document_target()
    };
    assert_eq!(target("frame"), Some(DocumentTarget::Frame));
    assert_eq!(target("iframe"), Some(DocumentTarget::Iframe));
    assert_eq!(target("window"), Some(DocumentTarget::Window));
    assert_eq!(target("embed"), None);
}

#[test]
fn a_name_that_is_only_a_placeholder_is_none() {
    let claims = LaunchClaims::teacher("3")
        .with("name", "-")
        .with("given_name", " ")
        .with("family_name", " Muster ");
    let launch = World::new().launch(&claims).unwrap();
    assert_eq!((&launch.name().full, &launch.name().given), (&None, &None));
    assert_eq!(launch.name().family.as_deref(), Some("Muster"));
}
