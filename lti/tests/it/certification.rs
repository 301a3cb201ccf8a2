//! The certification guide as a table, `lti/CERTIFICATION.md`: filled in by a run of the tests, and compared with one.
//!
//! Each case of the guide is a test whose name begins with its number, as `cert_b01_`. To write the table anew:
//! `CERTIFICATION=write cargo test -p lti13-tool --features testing --test it certification_table`

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

const FILE: &str = "CERTIFICATION.md";
const HEAD: &str = "# Certification guide\n\n\
    Every test for tools in the *LTI Advantage Conformance Certification Guide* (1EdTech, LTI 1.3, document version 3), with the test\n\
    of this crate that carries it out and its result. The guide gives names and no numbers; the numbers are this crate's own.\n\n\
    This file is written by a run of the tests and compared with one whenever they run:\n\n\
    ```sh\nCERTIFICATION=write cargo test -p lti13-tool --features testing --test it certification_table\n```\n\n\
    It is no certificate: that is given by 1EdTech alone, to its members. Assignment and Grade Services (§6.4) are left out.\n";

/// Chapter of the guide, letter of the numbers, and the names of its tests in their order.
const GUIDE: [(&str, char, &[&str]); 5] = [
    (
        "§6.1.1 Known \"bad\" payloads: refused",
        'b',
        &[
            "No KID Sent in JWT header",
            "Incorrect KID in JWT header",
            "Wrong LTI Version",
            "No LTI Version",
            "Invalid LTI message",
            "Missing LTI Claims",
            "Timestamps Incorrect",
            "messsage_type Claim Missing",
            "role Claim Missing",
            "deployment_id Claim Missing",
            "resource_link_id Claim Missing",
            "user Claim Missing",
        ],
    ),
    (
        "§6.1.2 Valid teacher launches: accepted",
        't',
        &[
            "Valid Instructor Launch",
            "Valid Instructor Launch with Roles",
            "Valid Instructor Launch Short Role",
            "Valid Instructor Launch Unknown Role",
            "Valid Instructor Launch No Role",
            "Valid Instructor Launch Email Only",
            "Valid Instructor Launch Names Only",
            "Valid Instructor No PII",
            "Valid Instructor Email Without Context",
        ],
    ),
    (
        "§6.1.3 Valid student launches: accepted",
        's',
        &[
            "Valid Student Launch",
            "Valid Student Launch with Roles",
            "Valid Student Launch Short Role",
            "Valid Student Launch Unknown Role",
            "Valid Student Launch No Role",
            "Valid Student Launch Email Only",
            "Valid Student Launch Names Only",
            "Valid Student No PII",
            "Valid Student Email Without Context",
        ],
    ),
    (
        "§6.2 Deep Linking",
        'd',
        &[
            "Send the Request Payload",
            "Receive the Response Payload",
            "Response Format Valid",
            "Response Timestamps Valid",
            "Signature Valid",
            "Required Claims Verified",
            "Affirm Response",
        ],
    ),
    (
        "§6.3 Names and Role Provisioning Services",
        'n',
        &[
            "Valid Instructor Launch",
            "Received Request",
            "Verify JSON Header",
            "Verify Bearer Token",
            "Verify Bearer Scope",
        ],
    ),
];

/// One test of a run: its path, and what the run says about it.
struct Outcome {
    test: String,
    result: String,
}

#[test]
fn the_certification_table_is_that_of_a_fresh_run() {
    let table = table(&run());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    if std::env::var_os("CERTIFICATION").is_some_and(|wish| wish == "write") {
        std::fs::write(&path, &table).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == table,
        "{FILE} is not what the tests say; write it anew with CERTIFICATION=write (see {})\n{table}",
        file!()
    );
}

/// Runs the tests of the guide in a process of their own.
fn run() -> Vec<Outcome> {
    let program = std::env::current_exe().unwrap();
    let output = Command::new(program)
        .args(["::cert_", "--color=never"])
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let outcomes: Vec<Outcome> = said.lines().filter_map(outcome).collect();
    assert!(!outcomes.is_empty(), "{said}");
    outcomes
}

/// Reads `test certification_invalid::cert_b01_no_kid ... ok`.
fn outcome(line: &str) -> Option<Outcome> {
    let (test, result) = line.strip_prefix("test ")?.split_once(" ... ")?;
    let result = match result {
        "ok" => "passed",
        other => other,
    };
    Some(Outcome {
        test: test.to_owned(),
        result: result.to_owned(),
    })
}

fn table(outcomes: &[Outcome]) -> String {
    let mut table = HEAD.to_owned();
    for (chapter, letter, names) in GUIDE {
        write!(
            table,
            "\n## {chapter}\n\n| no. | test of the guide | test of this crate | result |\n|---|---|---|---|\n"
        )
        .unwrap();
        for (position, name) in names.iter().enumerate() {
            row(&mut table, &number(letter, position + 1), name, outcomes);
        }
    }
    table
}

/// Names and Roles and Deep Linking have single digits.
fn number(letter: char, position: usize) -> String {
    match letter {
        'd' | 'n' => format!("{letter}{position}"),
        _ => format!("{letter}{position:02}"),
    }
}

fn row(table: &mut String, number: &str, name: &str, outcomes: &[Outcome]) {
    let own = |outcome: &&Outcome| outcome.test.contains(&format!("::cert_{number}_"));
    let mut own = outcomes.iter().filter(own).peekable();
    let shown = number.to_uppercase();
    if own.peek().is_none() {
        writeln!(table, "| {shown} | {name} | none | not tested |").unwrap();
    }
    for Outcome { test, result } in own {
        writeln!(table, "| {shown} | {name} | `{test}` | {result} |").unwrap();
    }
}

#[test]
fn a_table_tells_a_failed_and_a_missing_test() {
    let outcomes: Vec<_> = [
        "test a::cert_b01_x ... FAILED",
        "test a::cert_b02_y ... ok",
        "running 2 tests",
    ]
    .into_iter()
    .filter_map(outcome)
    .collect();
    let table = table(&outcomes);
    for row in [
        "| B01 | No KID Sent in JWT header | `a::cert_b01_x` | FAILED |",
        "| B02 | Incorrect KID in JWT header | `a::cert_b02_y` | passed |",
        "| B03 | Wrong LTI Version | none | not tested |",
    ] {
        assert!(table.contains(row), "{row}");
    }
    assert_eq!(table.matches("\n| B").count() + table.matches("\n| T").count(), 21);
}
