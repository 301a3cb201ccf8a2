//! The page of the documentation on video systems, in Markdown.

use std::collections::BTreeSet;

use super::{Adapter, System, all};
use crate::backend::profile::{DEMANDS, Demand, lacking, rules};

/// The whole page, as it stands in `docs/video-systems.md`.
pub fn page() -> String {
    let mut lines = vec![
        "# Video systems, and what each would need to be accepted".to_owned(),
        String::new(),
        "This page is written by `sprechzimmer backend systems`; a test fails when it and the code differ.".to_owned(),
        String::new(),
        "A video system is accepted only if it keeps every rule that is asked of it on a server, where no browser and no moderator \
         can change it. There is no switch to accept one that does not. What its maker says counts only as far as a self-test with \
         throwaway rooms has seen it, and what is not known counts as the worst."
            .to_owned(),
        String::new(),
        "Rules 1 (consent) and 10 (incidents) are kept by Sprechzimmer itself in front of every video system.".to_owned(),
        String::new(),
    ];
    lines.extend(overview());
    lines.extend(demands());
    for system in all() {
        lines.extend(section(system));
    }
    lines.join("\n").trim_end().to_owned() + "\n"
}

fn overview() -> Vec<String> {
    let rules = rules();
    let heads: Vec<String> = rules.iter().map(|rule| format!("rule {rule}")).collect();
    let mut lines = vec![
        format!("| video system | in this version | {} |", heads.join(" | ")),
        format!("|---|---|{}", "---|".repeat(rules.len())),
    ];
    for system in all() {
        let broken: BTreeSet<u8> = lacking(&system.guarantees).iter().map(|demand| demand.rule).collect();
        let marks: Vec<&str> = rules
            .iter()
            .map(|rule| if broken.contains(rule) { "no" } else { "yes" })
            .collect();
        lines.push(format!(
            "| {} | {} | {} |",
            system.name,
            verdict(system),
            marks.join(" | ")
        ));
    }
    lines.push(String::new());
    lines
}

fn verdict(system: &System) -> String {
    match system.adapter {
        Adapter::Kind(kind) => format!("`kind = \"{kind}\"`"),
        Adapter::None if lacking(&system.guarantees).is_empty() => "not yet".to_owned(),
        Adapter::None => "refused".to_owned(),
    }
}

fn demands() -> Vec<String> {
    let mut lines = vec!["## What is demanded".to_owned(), String::new()];
    lines.extend(DEMANDS.iter().map(line));
    lines.push(String::new());
    lines
}

fn line(demand: &Demand) -> String {
    format!("- rule {}: {}", demand.rule, demand.words)
}

fn section(system: &System) -> Vec<String> {
    let lacks = lacking(&system.guarantees);
    let mut lines = vec![format!("## {}", system.name), String::new()];
    lines.push(match (system.adapter, lacks.len()) {
        (Adapter::Kind(_), _) => "Used by this version, as long as its self-test succeeds.".to_owned(),
        (Adapter::None, 0) => "Could keep every rule; this version does not speak with it yet.".to_owned(),
        (Adapter::None, number) => format!(
            "Refused: {number} of {} demands are not met, or not known to be.",
            DEMANDS.len()
        ),
    });
    lines.push(String::new());
    lines.extend(system.known.iter().map(|known| format!("- {known}")));
    lines.push(String::new());
    if !lacks.is_empty() {
        lines.extend(["Not met, or not known:".to_owned(), String::new()]);
        lines.extend(lacks.iter().map(line));
        lines.push(String::new());
    }
    if !system.needs.is_empty() {
        lines.extend(["What it needs:".to_owned(), String::new()]);
        lines.extend(system.needs.iter().map(|need| format!("- {need}")));
        lines.push(String::new());
    }
    lines
}
