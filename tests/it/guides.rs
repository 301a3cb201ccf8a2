//! The guides for registering by hand hold every value as the running service has it, and commands that exist.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::world::World;

/// What stands in the guides in place of an administrator's own address.
const EXAMPLE: &str = "https://sprechzimmer.example.org";
const GUIDES: [&str; 5] = ["moodle", "ilias", "canvas", "brightspace", "other"];

fn read(name: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("lti").join(name);
    std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The tool as it describes itself, with the address of the guides.
async fn configuration(world: &World) -> (String, Value) {
    let text = world.browser().get("/lti/configuration.json").await.body;
    let domain = world.url.as_str().trim_start_matches("http://").trim_end_matches('/');
    let own = EXAMPLE.trim_start_matches("https://");
    let text = text
        .replace(world.url.as_str().trim_end_matches('/'), EXAMPLE)
        .replace(domain, own);
    let value = serde_json::from_str(&text).unwrap();
    (text, value)
}

#[tokio::test]
async fn every_guide_names_every_address_of_the_service() {
    let world = World::start().await;
    let (_, tool) = configuration(&world).await;
    let icon = &tool["extensions"][0]["settings"]["icon_url"];
    let values = [
        &tool["oidc_initiation_url"],
        &tool["target_link_uri"],
        &tool["public_jwk_url"],
        icon,
    ];
    for guide in GUIDES {
        let text = read(&format!("{guide}.md"));
        for value in values {
            let cell = format!("`{}`", value.as_str().unwrap());
            assert!(text.contains(&cell), "{cell} is not in lti/{guide}.md");
        }
        // and no address that leads nowhere
        for (at, _) in text.match_indices(EXAMPLE) {
            let rest = &text[at + EXAMPLE.len()..];
            let path: String = rest.chars().take_while(|c| !matches!(c, '`' | '\n' | ' ')).collect();
            if !path.is_empty() && path != "/lti/launch" {
                let status = world.browser().get(&path).await.status;
                assert!(matches!(status, 200 | 400), "{path} in lti/{guide}.md: {status}");
            }
        }
    }
}

#[tokio::test]
async fn the_file_for_canvas_is_what_the_service_serves() {
    let world = World::start().await;
    let (_, tool) = configuration(&world).await;
    let kept: Value = serde_json::from_str(&read("canvas.json")).unwrap();
    assert_eq!(kept, tool);
}

#[test]
fn every_command_of_the_guides_has_the_options_of_the_program_and_all_that_are_needed() {
    let help = Command::new(env!("CARGO_BIN_EXE_sprechzimmer"))
        .args(["platform", "add", "--help"])
        .output()
        .unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    for guide in GUIDES {
        let text = read(&format!("{guide}.md"));
        for word in text
            .split_whitespace()
            .map(|word| word.trim_matches(['`', '.', ',', ':']))
        {
            let is_option = word.starts_with("--") && word.len() > 3;
            assert!(
                !is_option || help.contains(&format!("{word} ")),
                "{word} in lti/{guide}.md"
            );
        }
        for needed in [
            "name",
            "issuer",
            "client-id",
            "authorization-url",
            "token-url",
            "keys-url",
            "deployment",
        ] {
            assert!(
                text.contains(&format!("--{needed} ")),
                "--{needed} is not in lti/{guide}.md"
            );
        }
    }
}
