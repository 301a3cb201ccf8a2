//! The table of rules, video systems and tests in `docs/rules-tested.md`: nothing is missing in it, and nothing is made up.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use sprechzimmer::backend::profile::rules;

const TABLE: &str = include_str!("../../docs/rules-tested.md");
/// Demanded of every way in; it is our own tickets, addresses and tokens that keep it.
const PERSONAL: u8 = 7;

/// Each rule with its cells, one for each video system.
fn rows() -> Vec<(u8, Vec<&'static str>)> {
    let lines = TABLE.lines().filter_map(|line| line.strip_prefix("| "));
    let numbered = lines.filter_map(|line| {
        let mut cells = line.trim_end_matches(" |").split(" | ");
        let rule = cells.next()?.split(' ').next()?.parse().ok()?;
        Some((rule, cells.collect()))
    });
    numbered.collect()
}

#[test]
fn every_rule_has_a_test_that_tries_to_break_it_on_every_video_system() {
    let mut wanted: BTreeSet<u8> = rules().into_iter().collect();
    wanted.insert(PERSONAL);
    let rows = rows();
    let found: Vec<u8> = rows.iter().map(|(rule, _)| *rule).collect();
    assert_eq!(found, wanted.into_iter().collect::<Vec<_>>());
    for (rule, cells) in rows {
        assert_eq!(cells.len(), 3, "rule {rule}");
        for cell in cells {
            assert!(cell.contains("::"), "rule {rule} has no test: {cell}");
        }
    }
}

#[test]
fn every_test_that_is_named_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    for (_, cells) in rows() {
        let names = cells.iter().flat_map(|cell| cell.split('`'));
        for name in names.filter(|name| name.contains("::")) {
            let (file, test) = name.split_once("::").unwrap();
            let source = fs::read_to_string(root.join(format!("{file}.rs"))).unwrap_or_else(|_| panic!("{name}"));
            let declared = [format!("]\nasync fn {test}()"), format!("]\nfn {test}()")];
            assert!(declared.iter().any(|declared| source.contains(declared)), "{name}");
        }
    }
}
