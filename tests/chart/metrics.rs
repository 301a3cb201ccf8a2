//! What the chart makes of the numbers: who may ask for them, what wakes somebody up, and what is shown.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use serde_json::Value;
use sprechzimmer::config::Config;

use crate::rendered::{Chart, fit, root, tool};

/// Where the service names its numbers.
const SOURCES: [&str; 2] = ["src/metrics.rs", "src/app/counters.rs"];
/// What the format adds to a name, by its kind.
const ENDINGS: [&str; 5] = ["_total", "_bucket", "_sum", "_count", "_info"];

/// Every name that begins as ours do, wherever it stands.
fn names(text: &str) -> BTreeSet<String> {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    let ours = words.filter(|word| word.starts_with("sprechzimmer_"));
    ours.map(|word| {
        let ending = ENDINGS.iter().find_map(|ending| word.strip_suffix(ending));
        ending.unwrap_or(word).to_owned()
    })
    .collect()
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap()
}

#[test]
fn every_number_that_an_alert_or_the_dashboard_asks_for_is_one_that_the_service_tells() {
    let told: BTreeSet<String> = SOURCES.iter().flat_map(|file| names(&read(file))).collect();
    assert!(
        told.contains("sprechzimmer_deletion_seconds") && told.len() > 12,
        "{told:?}"
    );
    let alerts = names(&read("helm/alerts.yaml"));
    let shown = names(&read("helm/dashboard.json"));
    assert!(alerts.len() >= 5 && alerts.is_subset(&told), "{alerts:?} of {told:?}");
    assert_eq!(&told - &shown, BTreeSet::new(), "told, but not shown on the dashboard");
    assert_eq!(&shown - &told, BTreeSet::new(), "shown, but not told");
}

#[test]
fn prometheus_reads_the_alerts_and_they_wake_somebody_up_in_time_and_not_before() {
    for arguments in [
        ["check", "rules", "helm/alerts.yaml"],
        ["test", "rules", "tests/chart/alerts.yaml"],
    ] {
        let mut promtool = Command::new(tool("promtool"));
        let output = promtool.args(arguments).current_dir(root()).output();
        let output = output.expect("`make tools` fetches promtool");
        let told = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && told.contains("SUCCESS"), "{told}");
    }
}

#[test]
fn the_dashboard_is_one_and_no_two_of_its_panels_share_a_place() {
    let dashboard: Value = serde_json::from_str(&read("helm/dashboard.json")).unwrap();
    let mut taken = BTreeSet::new();
    for panel in dashboard["panels"].as_array().unwrap() {
        let at = |key: &str| panel["gridPos"][key].as_u64().unwrap();
        for column in at("x")..at("x") + at("w") {
            for row in at("y")..at("y") + at("h") {
                assert!(column < 24 && taken.insert((column, row)), "{}", panel["title"]);
            }
        }
    }
}

#[test]
fn without_a_word_there_are_no_numbers_and_no_port_for_them() {
    let rendered = Chart::default().values("ten-lines").render();
    assert!(!rendered.configuration().contains("metrics_listen"));
    for kind in ["ServiceMonitor", "PrometheusRule"] {
        assert!(rendered.all(kind).is_empty(), "{kind}");
    }
    assert_eq!(rendered.all("ConfigMap").len(), 1);
    let policy = rendered.one("NetworkPolicy", "").to_string();
    assert!(!policy.contains("metrics"), "{policy}");
}

#[test]
fn prometheus_finds_the_service_of_the_numbers_and_nobody_outside_reaches_it() {
    let rendered = Chart::default().values("cloudnative-pg").render();
    let service = rendered.one("Service", "-metrics");
    let monitor = rendered.one("ServiceMonitor", "");
    let labels = service["metadata"]["labels"].as_object().unwrap();
    for (label, value) in monitor["spec"]["selector"]["matchLabels"].as_object().unwrap() {
        assert_eq!(labels.get(label), Some(value), "{label}");
    }
    let pages = rendered.one("Service", "sprechzimmer");
    assert!(pages["metadata"]["labels"].get("app.kubernetes.io/component").is_none());
    assert_eq!(monitor["metadata"]["labels"]["release"], "prometheus");
    assert_eq!(
        monitor["spec"]["endpoints"][0]["port"],
        service["spec"]["ports"][0]["name"]
    );
    assert_eq!(service["spec"]["clusterIP"], "None");

    let policy = rendered.one("NetworkPolicy", "");
    let inward = policy["spec"]["ingress"].as_array().unwrap();
    let numbers = inward
        .iter()
        .find(|rule| rule["ports"][0]["port"] == "metrics")
        .unwrap();
    let from = &numbers["from"][0]["namespaceSelector"]["matchLabels"];
    assert_eq!(from["kubernetes.io/metadata.name"], "monitoring");
    let outward = policy["spec"]["egress"][1]["ports"].clone();
    assert_eq!(outward, serde_json::json!([{ "port": 443 }, { "port": 8443 }]));

    let container = &rendered.pods()[0]["containers"][0];
    let ports = container["ports"].as_array().unwrap();
    let port = ports.iter().find(|port| port["name"] == "metrics").unwrap()["containerPort"].clone();
    assert!(
        rendered
            .configuration()
            .contains(&format!("metrics_listen = \"0.0.0.0:{port}\"")),
        "{}",
        rendered.configuration()
    );
    assert_eq!(
        container["env"],
        serde_json::json!([{ "name": "RUST_LOG", "value": "warn" }])
    );

    let rules = rendered.one("PrometheusRule", "")["spec"]["groups"].clone();
    let alerts: Value = serde_saphyr::from_str(&read("helm/alerts.yaml")).unwrap();
    assert_eq!(rules, alerts["groups"], "the alerts arrive as they were tested");
    let dashboard = rendered.one("ConfigMap", "-dashboard");
    assert_eq!(dashboard["metadata"]["labels"]["grafana_dashboard"], "1");
    let shown: Value = serde_json::from_str(dashboard["data"]["sprechzimmer.json"].as_str().unwrap()).unwrap();
    assert_eq!(shown["uid"], "sprechzimmer");
}

/// The database that stands in the example, in a comment: the chart does not make it.
#[test]
fn the_database_of_the_example_is_one_that_cloudnative_pg_takes() {
    let example = fs::read_to_string(root().join("helm/ci/cloudnative-pg.yaml")).unwrap();
    let lines = example.lines().filter_map(|line| line.strip_prefix("#   "));
    let cluster: String = lines.flat_map(|line| [line, "\n"]).collect();
    fit(&cluster).unwrap();
    let wrong = cluster.replace("instances: 3", "instances: three");
    assert!(fit(&wrong).unwrap_err().contains("instances"));
    // it makes the Secret that the values name
    let named = "metadata: { name: sprechzimmer-db }";
    assert!(
        cluster.contains(named) && example.contains("secret: sprechzimmer-db-app"),
        "{example}"
    );
}

#[test]
fn the_address_of_the_database_is_taken_from_the_entry_that_its_operator_writes() {
    let text = Chart::default().values("cloudnative-pg").render().configuration();
    assert!(
        text.contains("database_url_file = \"/run/secrets/database/uri\""),
        "{text}"
    );
}

#[test]
fn numbers_that_are_asked_for_but_not_served_are_refused_in_words() {
    let chart = Chart::default().values("ten-lines").set("metrics.rules.enabled=true");
    let told = chart.run(&["template"]).unwrap_err();
    assert!(
        told.contains("metrics.rules.enabled is true, but metrics.enabled is false"),
        "{told}"
    );
    let chart = Chart::default().values("ten-lines").set("metrics.port=8080");
    assert!(chart.run(&["template"]).unwrap_err().contains("/metrics/port"));
}

/// So that a name in the chart is one of the configuration.
#[test]
fn the_setting_is_one_that_the_service_knows() {
    let problems = Config::parse("metrics_listen = \"somewhere\"", root()).unwrap_err();
    let problem = problems.iter().find(|problem| problem.key == "metrics_listen").unwrap();
    assert!(problem.message.contains("is not an address with a port"), "{problem}");
}
