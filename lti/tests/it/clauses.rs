//! The table of the clauses, `lti/CLAUSES.md`, names what is there and nothing else.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The columns of one row.
struct Row {
    number: String,
    item: String,
    test: String,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder, as one text each.
fn sources(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            found.push((path, text));
        }
    }
    found
}

fn rows() -> Vec<Row> {
    let text = fs::read_to_string(root().join("CLAUSES.md")).unwrap();
    let cells = text
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| no."));
    cells
        .map(|line| {
            let cells: Vec<_> = line.trim_matches('|').split(" | ").map(str::trim).collect();
            assert_eq!(cells.len(), 5, "{line}");
            Row {
                number: cells[0].to_owned(),
                item: cells[3].to_owned(),
                test: cells[4].to_owned(),
            }
        })
        .collect()
}

/// What stands in backticks.
fn names(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

#[test]
fn every_item_and_every_test_of_the_table_is_there() {
    let code: String = sources(&root().join("src")).into_iter().map(|(_, text)| text).collect();
    let is_public = |name: &str| {
        let kinds = ["fn", "const fn", "struct", "enum", "const"];
        // identifiers and errors come from macros
        let made = [
            format!("    {name}, |"),
            format!("    {name}, \""),
            format!("    {name}("),
        ];
        kinds.iter().any(|kind| {
            let start = format!("pub {kind} {name}");
            let mut found = code.match_indices(&start);
            found.any(|(at, _)| {
                !code[at + start.len()..].starts_with(|next: char| next.is_alphanumeric() || next == '_')
            })
        }) || made.iter().any(|text| code.contains(text))
    };
    for Row { number, item, test } in rows() {
        for name in names(&item).flat_map(|name| name.split("::")) {
            assert!(is_public(name), "{number}: {name} is not public here");
        }
        for test in names(&test) {
            let (module, name) = test.split_once("::").unwrap();
            let text =
                fs::read_to_string(root().join("tests/it").join(module).with_extension("rs")).unwrap_or_default();
            assert!(
                text.contains(&format!("\n    fn {name}(")) || text.contains(&format!("\nfn {name}(")),
                "{number}: no test {test}"
            );
        }
        let covered = names(&item).next().is_some();
        assert_eq!(
            covered,
            names(&test).next().is_some(),
            "{number}: covered is what is tested"
        );
        assert!(
            covered || item.starts_with("none") || item.starts_with("caller"),
            "{number}: {item}"
        );
    }
}

#[test]
fn the_table_leaves_no_number_out() {
    let rows = rows();
    let numbers: BTreeSet<&str> = rows.iter().map(|row| row.number.as_str()).collect();
    assert_eq!(numbers.len(), rows.len(), "no number twice");
    for (prefix, last) in [("SEC", 28), ("COR", 23), ("DL", 9), ("NRP", 8), ("DR", 7)] {
        for number in 1..=last {
            let number = format!("{prefix}-{number:02}");
            assert!(numbers.contains(number.as_str()), "{number}");
        }
    }
}

/// Every one by itself: nobody reads the first line of a module in an editor.
#[test]
fn every_public_item_names_its_clause() {
    let mut lacking = Vec::new();
    for (path, text) in sources(&root().join("src")) {
        let mut documentation = String::new();
        for line in text.lines().map(str::trim) {
            if line.starts_with("///") {
                documentation.push_str(line);
            } else if !line.starts_with("#[") {
                if is_item(line) && !names_clause(&documentation) {
                    lacking.push(format!("{}: {line}", path.display()));
                }
                documentation.clear();
            }
        }
    }
    assert!(lacking.is_empty(), "without a clause:\n{}", lacking.join("\n"));
}

/// Functions, types, constants and fields that others can use; modules have their own first line.
fn is_item(line: &str) -> bool {
    line.strip_prefix("pub ")
        .is_some_and(|rest| !rest.starts_with("use ") && !rest.starts_with("mod ") && !rest.contains('$'))
}

fn names_clause(documentation: &str) -> bool {
    ["§", "RFC ", "App. ", "postMessages 0.1"]
        .iter()
        .any(|mark| documentation.contains(mark))
}
