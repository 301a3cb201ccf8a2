//! A school as every test has it: one platform, one video system, a key file and a database in a folder of its own.

use std::path::Path;

use lti13_tool::Platform;
use sprechzimmer::config::{BackendKind, BackendSettings, Config};
use sprechzimmer::vault::Vault;
use url::Url;

const CONFIGURATION: &str = r#"
public_url = "http://localhost:1"
key_file = "sprechzimmer.key"
database_file = "sprechzimmer.db"

[school]
name = "Gymnasium am Stadtgarten"
[school.officer]
name = "Frau Keller"
email = "datenschutz@schule.example"

[[platform]]
issuer = "http://127.0.0.1:1"
client_id = "unused"
authorization_url = "http://127.0.0.1:1/authorize"
token_url = "http://127.0.0.1:1/token"
keys_url = "http://127.0.0.1:1/keys"
deployments = ["1"]
"#;

/// The service at `url`, with its files in `folder`.
pub(crate) fn configuration(folder: &Path, url: &Url, platform: Platform, kind: BackendKind) -> Config {
    let mut config = Config::parse(CONFIGURATION, folder).unwrap();
    std::fs::write(&config.key_file, Vault::key_line(1, &[7; 32])).unwrap();
    config.public_url = url.clone();
    config.platforms = vec![platform];
    config.backends = vec![BackendSettings::new("embedded", kind)];
    config
}
