//! An administrative command in the cluster: as confined as the service, on the same database.

use serde_json::{Value, json};

use crate::rendered::Chart;

fn job(values: &str) -> Value {
    let chart = Chart::default().values(values);
    let rendered = chart
        .set("admin={after-restore,--records,/run/secrets/records/records.jsonl}")
        .render();
    rendered.fits_the_schemas();
    rendered.one("Job", "-admin")["spec"]["template"]["spec"].clone()
}

#[test]
fn a_command_runs_as_the_service_does_on_its_database() {
    for values in ["ten-lines", "sqlite-hostport", "cloudnative-pg"] {
        let pod = job(values);
        let container = &pod["containers"][0];
        assert_eq!(container["args"][0], "admin");
        assert_eq!(container["args"][1], "after-restore");
        assert_eq!(pod["securityContext"]["runAsNonRoot"], true);
        assert_eq!(container["securityContext"]["capabilities"], json!({ "drop": ["ALL"] }));
        assert_eq!(container["securityContext"]["readOnlyRootFilesystem"], true);
    }
    let claim = |values: &str| {
        let volumes = job(values)["volumes"].as_array().unwrap().clone();
        let database = volumes.into_iter().find(|volume| volume["name"] == "database").unwrap();
        database["persistentVolumeClaim"]["claimName"].clone()
    };
    let service = Chart::default().values("ten-lines").render().one("StatefulSet", "");
    let (name, template) = (
        &service["metadata"]["name"],
        &service["spec"]["volumeClaimTemplates"][0],
    );
    let own = format!(
        "{}-{}-0",
        template["metadata"]["name"].as_str().unwrap(),
        name.as_str().unwrap()
    );
    assert_eq!(claim("ten-lines"), own.as_str());
    assert_eq!(claim("sqlite-hostport"), "sprechzimmer-data");
    assert!(Chart::default().values("ten-lines").render().all("Job").is_empty());
}
