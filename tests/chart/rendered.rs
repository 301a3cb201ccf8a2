//! Runs helm, and reads what it renders.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The values in `helm/ci`.
pub(crate) const MATRIX: [&str; 8] = [
    "ten-lines",
    "sqlite-hostport",
    "postgres-gateway",
    "tls-passthrough",
    "tls-ingress",
    "cloudnative-pg",
    "replicas-loadbalancer",
    "replicas-tls",
];

/// The chart with values of one's choice.
#[derive(Default)]
pub(crate) struct Chart(Vec<String>);

/// What a cluster would be given.
pub(crate) struct Rendered {
    text: String,
    objects: Vec<Value>,
}

impl Chart {
    /// A file of `helm/ci`.
    pub(crate) fn values(mut self, name: &str) -> Self {
        let file = root().join(format!("helm/ci/{name}.yaml"));
        self.0
            .extend(["--values".to_owned(), file.to_str().unwrap().to_owned()]);
        self
    }

    /// One value more, as on the command line.
    pub(crate) fn set(mut self, value: &str) -> Self {
        self.0.extend(["--set".to_owned(), value.to_owned()]);
        self
    }

    /// What helm answers, or what it says against it.
    pub(crate) fn run(&self, command: &[&str]) -> Result<String, String> {
        self.run_in(&root().join("helm"), command)
    }

    fn run_in(&self, chart: &Path, command: &[&str]) -> Result<String, String> {
        let mut helm = Command::new(tool("helm"));
        helm.arg(command[0]).arg(chart).args(&command[1..]);
        helm.args(&self.0);
        let output = helm.output().expect("`make tools` builds helm");
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        if output.status.success() {
            Ok(text(&output.stdout))
        } else {
            Err(text(&output.stdout) + &text(&output.stderr))
        }
    }

    pub(crate) fn render(&self) -> Rendered {
        self.render_in(&root().join("helm"))
    }

    fn render_in(&self, chart: &Path) -> Rendered {
        let text = self.run_in(chart, &["template", "--name-template", "school"]);
        let text = text.unwrap_or_else(|told| panic!("{told}"));
        let objects = serde_saphyr::from_multiple(&text).unwrap();
        Rendered { text, objects }
    }

    /// What is shown after an installation. Helm renders it for a cluster only, so a copy of the chart carries it as an object.
    pub(crate) fn notes(&self) -> String {
        let folder = tempfile::tempdir().unwrap();
        let copied = Command::new("cp")
            .arg("-R")
            .arg(root().join("helm"))
            .arg(folder.path())
            .status();
        assert!(copied.unwrap().success());
        let shown = "kind: Notes\nmetadata: { name: notes }\ntext: {{ include (print $.Template.BasePath \"/NOTES.txt\") . | toJson }}\n";
        let chart = folder.path().join("helm");
        fs::write(chart.join("templates/notes.yaml"), shown).unwrap();
        let rendered = self.render_in(&chart);
        rendered.one("Notes", "")["text"].as_str().unwrap().to_owned()
    }
}

impl Rendered {
    pub(crate) fn all(&self, kind: &str) -> Vec<&Value> {
        self.objects.iter().filter(|object| object["kind"] == kind).collect()
    }

    /// The one whose name ends so.
    pub(crate) fn one(&self, kind: &str, ending: &str) -> Value {
        let ends = |object: &&&Value| object["metadata"]["name"].as_str().unwrap().ends_with(ending);
        let found: Vec<_> = self.all(kind);
        (*found.iter().find(ends).unwrap()).clone()
    }

    /// The service's, then the one of `helm test`.
    pub(crate) fn pods(&self) -> Vec<Value> {
        let service = self.one("StatefulSet", "")["spec"]["template"]["spec"].clone();
        let test = self.one("Pod", "-check")["spec"].clone();
        vec![service, test]
    }

    /// The file that the service reads.
    pub(crate) fn configuration(&self) -> String {
        self.one("ConfigMap", "")["data"]["sprechzimmer.toml"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    pub(crate) fn fits_the_schemas(&self) {
        fit(&self.text).unwrap();
    }
}

/// Whether objects are as Kubernetes and the operators want them, or what is wrong with them.
pub(crate) fn fit(objects: &str) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rendered.yaml");
    fs::write(&file, objects).unwrap();
    let mut validate = Command::new(tool("kubectl-validate"));
    validate.arg(&file).arg("--local-crds").arg(tool("schemas"));
    let output = validate.output().expect("`make tools` builds kubectl-validate");
    let told = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    output.status.success().then_some(()).ok_or(told)
}

pub(crate) fn tool(name: &str) -> PathBuf {
    root().join("target/tools").join(name)
}

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
