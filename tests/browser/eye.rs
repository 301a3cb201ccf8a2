//! Looks at every page as axe-core, a telephone, a desk and a narrow screen see it, and keeps pictures in `target/screens`.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use serde_json::{Value, json};

use crate::person::Person;

const WIDTHS: [(&str, u32, u32); 2] = [("phone", 390, 844), ("desk", 1280, 900)];
const SCHEMES: [&str; 2] = ["light", "dark"];
/// WCAG 2.2, 1.4.10: nothing needs to be scrolled sideways.
const NARROW: u32 = 320;
const CHECK: &str = "
const wanted = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
return axe.run(document, { runOnly: { type: 'tag', values: wanted }, resultTypes: ['violations'], iframes: false })
  .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary}`)));";
const TOO_WIDE: &str = "
if (document.documentElement.scrollWidth <= window.innerWidth) return [];
const wide = [...document.body.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1);
return [`${document.documentElement.scrollWidth} wide: ${wide.slice(0, 5).map((one) => one.outerHTML.slice(0, 120)).join(' | ')}`];";

/// Whether a walk through the pages also looks at them.
pub(crate) enum Eye {
    Closed,
    Open(Sight),
}

/// What was seen.
pub(crate) struct Sight {
    axe: String,
    language: &'static str,
    found: Mutex<Vec<String>>,
}

impl Eye {
    pub(crate) fn open(language: &'static str) -> Self {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/node_modules/axe-core/axe.min.js");
        let axe = std::fs::read_to_string(&file).unwrap_or_else(|error| {
            panic!(
                "{}: {error}; run `make tools`, which fetches axe-core from npm",
                file.display()
            )
        });
        Self::Open(Sight {
            axe,
            language,
            found: Mutex::default(),
        })
    }

    /// Looks at the page that stands in front of this person.
    pub(crate) async fn look(&self, person: &Person, name: &str) {
        if let Self::Open(sight) = self {
            sight.look(person, name).await;
        }
    }

    /// Everything that was found.
    pub(crate) fn found(&self) -> Vec<String> {
        match self {
            Self::Closed => Vec::new(),
            Self::Open(sight) => sight.found.lock().unwrap().clone(),
        }
    }
}

impl Sight {
    async fn look(&self, person: &Person, name: &str) {
        for (screen, width, height) in WIDTHS {
            for scheme in SCHEMES {
                let view = format!("{name}-{}-{screen}-{scheme}", self.language);
                set(person, (width, height), scheme).await;
                if person.ask("return typeof axe === 'undefined'").await {
                    person.driver.execute(self.axe.as_str(), []).await.unwrap();
                }
                self.note(&view, person.ask(CHECK).await);
                picture(person, &view, (width, height)).await;
            }
        }
        set(person, (NARROW, 640), "light").await;
        self.note(&format!("{name}-{}-narrow", self.language), person.ask(TOO_WIDE).await);
        picture(person, &format!("{name}-{}-narrow", self.language), (NARROW, 640)).await;
        let [_, (_, width, height)] = WIDTHS;
        set(person, (width, height), "light").await;
    }

    fn note(&self, view: &str, problems: Vec<String>) {
        for problem in problems {
            eprintln!("{view}: {problem}");
            self.found.lock().unwrap().push(format!("{view}: {problem}"));
        }
    }
}

/// Where the pictures are.
pub(crate) fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screens");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

async fn set(person: &Person, (width, height): (u32, u32), scheme: &str) {
    let features: Value = json!([
        { "name": "prefers-color-scheme", "value": scheme },
        // a colour on its way to another one is nobody's contrast
        { "name": "prefers-reduced-motion", "value": "reduce" },
    ]);
    let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
    person.command("Emulation.setDeviceMetricsOverride", size).await;
    person
        .command("Emulation.setEmulatedMedia", json!({ "features": features }))
        .await;
}

/// The whole page, however long it is.
async fn picture(person: &Person, view: &str, (width, height): (u32, u32)) {
    let content: u32 = person.ask("return document.documentElement.scrollHeight").await;
    let size = json!({ "width": width, "height": content.max(height), "deviceScaleFactor": 1, "mobile": false });
    person.command("Emulation.setDeviceMetricsOverride", size).await;
    let file = folder().join(format!("{view}.png"));
    person.driver.screenshot(&file).await.unwrap();
}
