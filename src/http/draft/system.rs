//! Where the talk will be: the video systems that the school allows here, of which the initiator chooses one.

use i18n_embed_fl::fl;

use super::form::{Mistake, Typed};
use crate::app::App;
use crate::backend::Configured;
use crate::http::guard::Moderator;
use crate::http::words;
use crate::page::Frame;

/// One that can be chosen.
pub(super) struct System {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) hint: String,
    pub(super) chosen: bool,
    /// It cannot be used at this moment; whoever has chosen it before may stay with it.
    pub(super) barred: bool,
}

/// All that can be chosen; none where there is no choice.
pub(super) fn offered(app: &App, moderator: &Moderator, page: &Frame, typed: &Typed) -> Vec<System> {
    let kept = &moderator.consultation().backend;
    let wished = typed.system.as_ref().unwrap_or(kept);
    let serving: Vec<&Configured> = app.backends.serving(&moderator.visit.platform).collect();
    if let [only] = serving.as_slice()
        && only.name == *kept
    {
        return Vec::new();
    }
    let system = |configured: &Configured| {
        let chosen = configured.name == *wished;
        let usable = configured.fitness(moderator.now).is_usable();
        System {
            label: words::video_system(page.words, configured.label.as_deref(), configured.backend.kind()),
            hint: hint(page, configured, usable),
            barred: !usable && !chosen,
            name: configured.name.clone(),
            chosen,
        }
    };
    serving.into_iter().map(system).collect()
}

/// What was chosen, or what was kept before. Neither a system that this learning platform may not use nor one that has gone from
/// the configuration is taken, and none is put in its place.
pub(super) fn chosen(app: &App, moderator: &Moderator, typed: &Typed) -> Result<String, Mistake> {
    let kept = &moderator.consultation().backend;
    let wished = typed.system.as_ref().unwrap_or(kept);
    let mut serving = app.backends.serving(&moderator.visit.platform);
    let found = serving.find(|configured| configured.name == *wished);
    let found = found.filter(|configured| configured.name == *kept || configured.fitness(moderator.now).is_usable());
    found.map(|configured| configured.name.clone()).ok_or(Mistake::System)
}

fn hint(page: &Frame, configured: &Configured, is_usable: bool) -> String {
    let l = page.words;
    if !is_usable {
        fl!(l, "system-barred")
    } else if configured.backend.is_elsewhere() {
        fl!(l, "system-elsewhere")
    } else {
        fl!(l, "system-here")
    }
}
