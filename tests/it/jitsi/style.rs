//! The Lua of the module and of the tests has nothing that luacheck finds fault with.

use std::path::Path;
use std::process::Command;

#[test]
fn luacheck_finds_nothing() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let check = Command::new("luacheck")
        .args(["--no-color", "--config"])
        .arg(root.join("src/backend/jitsi/prosody/.luacheckrc"))
        .arg(root.join("src/backend/jitsi/prosody"))
        .arg(root.join("tests/it/jitsi/plugins"))
        .output()
        .expect("Debian's package lua-check is installed (make tools does it)");
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stdout));
}
