//! The chart as a cluster gets it: rendered by helm over a matrix of values, and held against the schemas of Kubernetes,
//! the restricted profile for pods, and the configuration of the service itself.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that goes wrong should stop where it went wrong"
)]

mod admin;
mod metrics;
mod rendered;

use std::fs;
use std::path::Path;

use rendered::{Chart, MATRIX, Rendered};
use serde_json::{Value, json};
use sprechzimmer::config::{BackendKind, Config};

#[test]
fn helm_finds_no_fault_and_every_variant_fits_the_schemas_of_kubernetes() {
    for values in MATRIX {
        let linted = Chart::default().values(values).run(&["lint", "--strict"]);
        assert!(linted.is_ok(), "{values}: {linted:?}");
        let rendered = Chart::default().values(values).render();
        rendered.fits_the_schemas();
        assert!(rendered.all("StatefulSet").len() == 1, "{values}");
    }
}

/// <https://kubernetes.io/docs/concepts/security/pod-security-standards/>
#[test]
fn every_pod_keeps_the_restricted_profile() {
    for values in MATRIX {
        for pod in Chart::default().values(values).render().pods() {
            assert_eq!(pod["securityContext"]["runAsNonRoot"], true, "{values}");
            assert_eq!(
                pod["securityContext"]["seccompProfile"]["type"], "RuntimeDefault",
                "{values}"
            );
            assert_eq!(pod["automountServiceAccountToken"], false, "{values}");
            for forbidden in ["hostNetwork", "hostPID", "hostIPC"] {
                assert!(pod.get(forbidden).is_none(), "{values}");
            }
            for container in pod["containers"].as_array().unwrap() {
                let context = &container["securityContext"];
                assert_eq!(context["allowPrivilegeEscalation"], false, "{values}");
                assert_eq!(context["readOnlyRootFilesystem"], true, "{values}");
                assert_eq!(context["capabilities"], json!({ "drop": ["ALL"] }), "{values}");
                assert!(container["resources"]["limits"]["memory"].is_string(), "{values}");
                let ports = container["ports"].as_array().into_iter().flatten();
                let of_node = ports.filter(|port| port.get("hostPort").is_some()).count();
                // more than the profile allows, as the values and the notes say
                assert!(of_node == 0 || values == "sqlite-hostport", "{values}");
            }
            for volume in pod["volumes"].as_array().unwrap() {
                assert!(volume.get("hostPath").is_none(), "{values}");
            }
        }
    }
}

#[test]
fn the_configuration_is_one_that_the_service_takes() {
    for values in MATRIX {
        let rendered = Chart::default().values(values).render();
        let folder = tempfile::tempdir().unwrap();
        let config = configuration(&rendered, folder.path());
        assert_eq!(config.public_url.as_str(), "https://sprechzimmer.schule.example/");
        assert_eq!(config.school.officer.name, "Erika Mustermann", "{values}");
        assert!(mounted(&rendered, config.key_file.to_str().unwrap()), "{values}");
    }
}

#[test]
fn numbers_and_numbers_that_are_names_arrive_as_they_were_written() {
    let rendered = Chart::default().values("sqlite-hostport").render();
    let config = configuration(&rendered, Path::new("/"));
    assert_eq!(config.platforms[0].client_id().as_str(), "007");
    let text = rendered.configuration();
    assert!(text.contains("people = 4\n"), "{text}");
    assert!(
        config.database.starts_with("sqlite:/var/lib/sprechzimmer/"),
        "{}",
        config.database
    );
}

#[test]
fn browsers_are_told_the_way_to_the_relay_that_the_cluster_opens() {
    let announced = |values: &str| match &configuration_of(values).backends[0].kind {
        BackendKind::Embedded { udp, announce } => (udp.len(), announce.clone()),
        BackendKind::BigBlueButton(_) | BackendKind::Jitsi(_) => panic!("{values}"),
    };
    let both =
        |port: u16| ["udp", "tcp"].map(|transport| format!("turn:relay.schule.example:{port}?transport={transport}"));
    assert_eq!(announced("ten-lines"), (1, both(3478).to_vec()));
    assert_eq!(announced("sqlite-hostport"), (1, both(5349).to_vec()));
    let only_tls = vec!["turns:sprechzimmer.schule.example:443?transport=tcp".to_owned()];
    assert_eq!(announced("tls-passthrough"), (0, only_tls));

    let relay = Chart::default().values("ten-lines").render().one("Service", "-relay");
    let ports: Vec<_> = relay["spec"]["ports"].as_array().unwrap().iter().collect();
    assert_eq!(ports.len(), 2);
    assert!(ports.iter().all(|port| port["port"] == 3478), "{ports:?}");
    let pod = &Chart::default().values("sqlite-hostport").render().pods()[0];
    let host_ports: Vec<_> = pod["containers"][0]["ports"].as_array().unwrap().iter().collect();
    assert!(host_ports.iter().all(|port| port["hostPort"] == 5349), "{host_ports:?}");
    let passthrough = Chart::default().values("tls-passthrough").render();
    assert_eq!(passthrough.all("Service").len(), 1);
    assert_eq!(passthrough.all("TLSRoute").len(), 1);
}

#[test]
fn no_secret_stands_in_what_is_rendered_and_every_secret_it_names_is_mounted() {
    for values in MATRIX {
        let rendered = Chart::default().values(values).render();
        assert!(rendered.all("Secret").is_empty(), "{values}");
        let text = rendered.configuration();
        for line in text.lines().filter(|line| line.contains("/run/secrets/")) {
            let file = line.split('"').nth(1).unwrap();
            assert!(mounted(&rendered, file), "{values}: {file}");
        }
    }
}

#[test]
fn a_network_policy_lets_nothing_in_or_out_that_is_not_needed() {
    let behind_proxy = Chart::default()
        .values("tls-passthrough")
        .set("networkPolicy.ingressFrom[0].podSelector.matchLabels.app=gateway");
    let policy = behind_proxy.render().one("NetworkPolicy", "");
    assert_eq!(
        policy["spec"]["ingress"][0]["from"][0]["podSelector"]["matchLabels"]["app"],
        "gateway"
    );
    let outward = policy["spec"]["egress"].as_array().unwrap();
    let ports: Vec<&Value> = outward
        .iter()
        .flat_map(|rule| rule["ports"].as_array().unwrap())
        .map(|port| &port["port"])
        .collect();
    assert_eq!(ports, [53, 53, 443]);
    for inside in ["10.0.0.0/8", "192.168.0.0/16", "169.254.0.0/16"] {
        assert!(
            outward[1]["to"][0]["ipBlock"]["except"]
                .as_array()
                .unwrap()
                .contains(&json!(inside))
        );
    }
    let database = Chart::default()
        .values("postgres-gateway")
        .render()
        .one("NetworkPolicy", "");
    let rule = database["spec"]["egress"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(rule["ports"][0]["port"], 5432);
    assert_eq!(
        rule["to"][0]["podSelector"]["matchLabels"]["cnpg.io/cluster"],
        "sprechzimmer"
    );
}

#[test]
fn a_changed_configuration_starts_the_service_anew_and_nothing_else_does() {
    let sum = |chart: Chart| {
        chart.render().one("StatefulSet", "")["spec"]["template"]["metadata"]["annotations"]["checksum/configuration"]
            .clone()
    };
    let before = sum(Chart::default().values("ten-lines"));
    assert_eq!(before, sum(Chart::default().values("ten-lines").set("podLabels.a=b")));
    assert_ne!(
        before,
        sum(Chart::default().values("ten-lines").set("policy.grace=20 min"))
    );
}

#[test]
fn the_cluster_waits_longer_for_a_pod_than_the_service_waits_for_open_talks() {
    for chart in [Chart::default(), Chart::default().set("stopWithinMinutes=0")] {
        let rendered = chart.values("ten-lines").render();
        let grace = rendered.pods()[0]["terminationGracePeriodSeconds"].as_i64().unwrap();
        let waits = configuration(&rendered, Path::new("/")).stop_within;
        assert_eq!(grace, waits.as_secs() + 30);
    }
}

#[test]
fn each_of_several_pods_is_reached_by_a_name_of_its_own_that_it_tells_browsers() {
    let rendered = Chart::default().values("replicas-loadbalancer").render();
    let text = rendered.configuration().replace("{replica}", "school-sprechzimmer-2");
    let config = Config::parse(
        &text.replace("/run/secrets/database/url", &database_file()),
        Path::new("/"),
    )
    .unwrap();
    let host = "school-sprechzimmer-2.sprechzimmer.schule.example";
    assert_eq!(config.replica.name, "school-sprechzimmer-2");
    assert_eq!(config.replica.address.unwrap().host_str(), Some(host));
    let BackendKind::Embedded { announce, .. } = &config.backends[0].kind else {
        panic!("the room is built in");
    };
    assert_eq!(
        announce[0],
        "turn:school-sprechzimmer-2.relay.schule.example:3478?transport=udp"
    );
    let rules = rendered.one("Ingress", "")["spec"]["rules"].clone();
    let rule = rules
        .as_array()
        .unwrap()
        .iter()
        .find(|rule| rule["host"] == host)
        .unwrap();
    let behind = &rule["http"]["paths"][0]["backend"]["service"]["name"];
    assert_eq!(behind, "school-sprechzimmer-2");
    for service in ["-2", "-2-relay"] {
        let service = rendered.one("Service", service);
        let pod = &service["spec"]["selector"]["statefulset.kubernetes.io/pod-name"];
        assert_eq!(pod, "school-sprechzimmer-2");
    }
    let set = rendered.one("StatefulSet", "");
    assert!(set["spec"].get("replicas").is_none(), "the autoscaler says how many");
    let container = &rendered.pods()[0]["containers"][0];
    let arguments = container["args"].as_array().unwrap();
    assert_eq!(
        arguments[arguments.len() - 2..],
        [json!("--replica"), json!("$(POD_NAME)")]
    );
    let scaler = rendered.one("HorizontalPodAutoscaler", "");
    assert_eq!(
        (&scaler["spec"]["minReplicas"], &scaler["spec"]["maxReplicas"]),
        (&json!(3), &json!(4))
    );

    let over_tls = Chart::default().values("replicas-tls").render();
    let text = over_tls.configuration();
    assert!(
        text.contains("turns:{replica}.schule.example:443?transport=tcp"),
        "{text}"
    );
    assert_eq!(over_tls.all("TLSRoute").len(), 3, "one for all, one for each");
}

#[test]
fn mistakes_are_refused_in_words() {
    let refused = |settings: &[&str], words: &str| {
        let chart = settings
            .iter()
            .fold(Chart::default().values("ten-lines"), |chart, setting| {
                chart.set(setting)
            });
        let told = chart.run(&["template"]).expect_err(words);
        assert!(told.contains(words), "{settings:?}: {told}");
    };
    refused(&["host="], "host is missing");
    refused(&["host=https://a.example"], "write only the name");
    refused(&["school.name="], "school.name is missing");
    refused(&["school.officer.email="], "needs an email or a telephone");
    refused(&["ingress.tlsSecret="], "browsers give no camera without https");
    refused(&["route.enabled=true"], "switch one of them off");
    refused(
        &["route.enabled=true", "ingress.enabled=false"],
        "route.gateway.name is missing",
    );
    refused(&["relay.way=tls"], "tls.secret is missing");
    refused(&["relay.way=hostPort"], "nodeSelector is empty");
    refused(&["relay.way=carrierPigeon"], "/relay/way");
    refused(&["replicas=2"], "more than one replica needs PostgreSQL");
    refused(&["replicas=2", "database.secret=a"], "relay.host must hold {replica}");
    refused(
        &[
            "replicas=2",
            "database.secret=a",
            "relay.way=hostPort",
            "nodeSelector.a=b",
        ],
        "which leads to one node",
    );
    refused(
        &["replicas=2", "database.secret=a", "replicaHost=a.example"],
        "replicaHost must hold {replica}",
    );
    refused(&["replicas=0"], "/replicas");
    refused(&["ingres.enabled=true"], "additional properties 'ingres' not allowed");
    refused(&["secrets[0]=key"], "/secrets/0");
    refused(&["host=", "school.name=", "relay.way=tls"], "tls.secret is missing");
}

#[test]
fn whoever_installs_it_is_told_the_next_click() {
    let notes = |values: &str| Chart::default().values(values).notes();
    let first = notes("ten-lines");
    for told in [
        "create secret generic sprechzimmer-key",
        "helm test",
        "get service",
        "platform list",
    ] {
        assert!(first.contains(told), "{told}: {first}");
    }
    assert!(!first.contains("set relay.host"), "{first}");
    let same_name = Chart::default().values("ten-lines").set("relay.host=").notes();
    assert!(same_name.contains("set relay.host to a name of its own"), "{same_name}");
    assert!(notes("tls-passthrough").contains("must pass TLS through untouched"));
    assert!(notes("sqlite-hostport").contains("allows no ports of a node"));
}

/// A file with the address of a database, as a Secret brings it.
fn database_file() -> String {
    let file = std::env::temp_dir().join("sprechzimmer-chart-database-url");
    fs::write(&file, "postgres://sprechzimmer:secret@database/sprechzimmer").unwrap();
    file.to_str().unwrap().to_owned()
}

fn configuration_of(values: &str) -> Config {
    configuration(&Chart::default().values(values).render(), Path::new("/"))
}

/// Read by the service's own reader, with the secret that a cluster would mount.
fn configuration(rendered: &Rendered, folder: &Path) -> Config {
    let secret = folder.join("url");
    let mut text = rendered.configuration();
    for entry in ["/run/secrets/database/url", "/run/secrets/database/uri"] {
        if text.contains(entry) {
            fs::write(&secret, "postgresql://sprechzimmer:secret@database/sprechzimmer").unwrap();
            text = text.replace(entry, secret.to_str().unwrap());
        }
    }
    if !text.contains("[[platform]]") {
        text.push_str(
            "[[platform]]\nissuer = \"https://lms.example\"\nclient_id = \"1\"\nauthorization_url = \"https://lms.example/a\"\n\
             token_url = \"https://lms.example/t\"\nkeys_url = \"https://lms.example/k\"\ndeployments = [\"1\"]\n",
        );
    }
    Config::parse(&text, folder).unwrap_or_else(|problems| panic!("{problems:?}\n{text}"))
}

/// Whether a volume of the service brings this file.
fn mounted(rendered: &Rendered, file: &str) -> bool {
    let pods = rendered.pods();
    let mounts = pods[0]["containers"][0]["volumeMounts"].as_array().unwrap();
    let at = |mount: &&Value| Path::new(file).starts_with(mount["mountPath"].as_str().unwrap());
    let Some(mount) = mounts.iter().find(at) else {
        return false;
    };
    pods[0]["volumes"]
        .as_array()
        .unwrap()
        .iter()
        .any(|volume| volume["name"] == mount["name"] && volume.get("secret").is_some())
}
