//! Deep linking: what a teacher places in the course, and where a launch by a placed link leads.
//!
//! A placed link names its consultation by a secret of its own. Whoever edits the course can read and change it, and a copied
//! course carries it along; so it grants nothing: who somebody is, and whether they are on the list, is asked at every launch.

mod choice;
mod link;
mod offer;

pub(super) use choice::{answer, ask};
pub(super) use link::{Link, first_page, linked, listed, nowhere};
pub(super) use offer::{offer, withdraw};

use crate::app::App;
use crate::id::{CourseTag, hex};

/// Custom parameter with the secret of the consultation.
const CONSULTATION: &str = "sprechzimmer_consultation";
/// Custom parameter with a mark of the course: by it a copy is recognised when the consultation is long gone.
const COURSE: &str = "sprechzimmer_course";

/// Equal within a course, meaningless without our key.
fn mark(app: &App, course: &CourseTag) -> String {
    let tag = app.vault().tag("course of a link", &[&hex(&course.0)]);
    hex(tag.get(..8).unwrap_or_default())
}
