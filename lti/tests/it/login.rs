//! Login initiation: what is read, and what is refused.

use lti13_tool::{Error, LoginRequest, Platform};

use crate::world::{LAUNCH_URL, World};

fn fields<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("iss", "https://lms.example"),
        ("login_hint", "3"),
        ("target_link_uri", LAUNCH_URL),
    ];
    fields.extend(more);
    fields
}

fn refusal(fields: Vec<(&str, &str)>) -> Error {
    LoginRequest::parse(fields).unwrap_err()
}

#[test]
fn the_three_required_parameters_are_enough_and_others_are_ignored() {
    let login = LoginRequest::parse(fields(&[("canvas_region", "eu"), ("canvas_region", "us")])).unwrap();
    assert_eq!(login.issuer(), "https://lms.example");
    assert_eq!(login.target_link_uri().as_str(), LAUNCH_URL);
    assert!(login.client_id().is_none() && login.deployment_id().is_none() && login.storage_target().is_none());
}

#[test]
fn each_required_parameter_is_missed_by_its_name() {
    for name in ["iss", "login_hint", "target_link_uri"] {
        let without = fields(&[]).into_iter().filter(|(field, _)| *field != name).collect();
        assert_eq!(refusal(without), Error::ParameterMissing(name));
        let empty = fields(&[])
            .into_iter()
            .map(|(field, value)| (field, if field == name { "" } else { value }));
        assert_eq!(refusal(empty.collect()), Error::ParameterMissing(name));
    }
}

#[test]
fn a_parameter_that_is_there_twice_is_refused() {
    assert_eq!(
        refusal(fields(&[("iss", "https://evil.example")])),
        Error::ParameterRepeated("iss")
    );
}

#[test]
fn a_target_that_is_no_address_and_an_id_that_is_too_long_are_refused() {
    let without_target: Vec<_> = fields(&[])
        .into_iter()
        .filter(|(field, _)| *field != "target_link_uri")
        .collect();
    let relative = without_target
        .into_iter()
        .chain([("target_link_uri", "/launch")])
        .collect();
    assert_eq!(refusal(relative), Error::ParameterInvalid("target_link_uri"));
    assert_eq!(
        refusal(fields(&[("client_id", &"x".repeat(256))])),
        Error::ParameterInvalid("client_id")
    );
    assert_eq!(
        refusal(fields(&[("lti_deployment_id", "ä")])),
        Error::ParameterInvalid("lti_deployment_id")
    );
}

#[test]
fn a_form_larger_than_any_platforms_is_refused_before_it_is_read() {
    let large = "x".repeat(100_000);
    assert_eq!(refusal(fields(&[("other", &large)])), Error::FormTooLarge);
    assert_eq!(
        LoginRequest::parse(vec![("a", "b"); 1000]).unwrap_err(),
        Error::FormTooLarge
    );
    assert_eq!(
        LoginRequest::from_urlencoded("a=b&".repeat(100_000)).unwrap_err(),
        Error::FormTooLarge
    );
    assert_eq!(
        refusal(fields(&[("lti_message_hint", &large[..20_000])])),
        Error::ParameterInvalid("lti_message_hint")
    );
}

#[test]
fn canvas_may_name_the_deployment_in_its_own_way() {
    let login = LoginRequest::parse(fields(&[("deployment_id", "7:abc")])).unwrap();
    assert_eq!(login.deployment_id().unwrap().as_str(), "7:abc");
    let login = LoginRequest::parse(fields(&[("deployment_id", "7:abc"), ("lti_deployment_id", "8:def")])).unwrap();
    assert_eq!(login.deployment_id().unwrap().as_str(), "8:def");
}

#[test]
fn the_storage_target_of_the_platform_is_handed_on() {
    let login = LoginRequest::parse(fields(&[("lti_storage_target", "_parent")])).unwrap();
    assert_eq!(login.storage_target(), Some("_parent"));
}

#[test]
fn the_platform_is_found_by_issuer_then_client_then_deployment() {
    let lms = World::new().lms;
    let registered = [
        lms.clone().with_client_id("one").with_deployment("1").platform(),
        lms.clone().with_client_id("two").with_deployment("1").platform(),
        lms.clone().with_client_id("two").with_deployment("2").platform(),
    ];
    let choose = |more: &[(&str, &str)]| {
        let login = LoginRequest::parse(fields(more)).unwrap();
        Platform::choose(&registered, &login).map(|platform| {
            (
                platform.client_id().as_str().to_owned(),
                platform.deployments()[0].as_str().to_owned(),
            )
        })
    };
    assert_eq!(choose(&[("client_id", "one")]), Ok(("one".to_owned(), "1".to_owned())));
    assert_eq!(
        choose(&[("client_id", "two"), ("lti_deployment_id", "2")]),
        Ok(("two".to_owned(), "2".to_owned()))
    );
    assert_eq!(
        choose(&[("lti_deployment_id", "2")]),
        Ok(("two".to_owned(), "2".to_owned()))
    );
    assert_eq!(choose(&[("client_id", "two")]), Err(Error::PlatformAmbiguous));
    assert_eq!(choose(&[]), Err(Error::PlatformAmbiguous));
    assert_eq!(choose(&[("client_id", "three")]), Err(Error::ClientUnknown));
    assert_eq!(
        choose(&[("lti_deployment_id", "3")]),
        Err(Error::LoginDeploymentUnknown)
    );
    assert_eq!(
        choose(&[("client_id", "one"), ("lti_deployment_id", "2")]),
        Ok(("one".to_owned(), "1".to_owned())),
        "whether a deployment is accepted is decided on the signed token"
    );
}

#[test]
fn an_issuer_is_compared_byte_by_byte() {
    let registered = [World::new().platform];
    for issuer in [
        "https://lms.example/",
        "https://LMS.example",
        "http://lms.example",
        "https://lms.example.evil",
    ] {
        let form = [("iss", issuer), ("login_hint", "3"), ("target_link_uri", LAUNCH_URL)];
        let login = LoginRequest::parse(form).unwrap();
        assert_eq!(
            Platform::choose(&registered, &login).unwrap_err(),
            Error::IssuerUnknown,
            "{issuer}"
        );
    }
}
