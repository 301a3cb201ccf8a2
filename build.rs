//! Rebuilds when words or pages change: both are checked at compile time.

fn main() {
    println!("cargo::rerun-if-changed=locales");
    println!("cargo::rerun-if-changed=templates");
    println!("cargo::rerun-if-changed=i18n.toml");
}
