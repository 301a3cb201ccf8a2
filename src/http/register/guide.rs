//! What an administrator does in their own learning platform, before and after the registration.

use i18n_embed::fluent::FluentLanguageLoader;
use i18n_embed_fl::fl;

/// The learning platforms whose way is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Make {
    Moodle,
    Ilias,
    Canvas,
    Brightspace,
    Other,
}

/// Steps, in the platform's own words.
pub(super) struct Guide {
    pub(super) id: &'static str,
    pub(super) name: String,
    pub(super) steps: Vec<String>,
}

impl Make {
    pub(super) const ALL: [Self; 5] = [Self::Moodle, Self::Ilias, Self::Canvas, Self::Brightspace, Self::Other];

    /// By `product_family_code`.
    pub(super) fn of(product: &str) -> Self {
        match product {
            "moodle" => Self::Moodle,
            "ilias" => Self::Ilias,
            "canvas" => Self::Canvas,
            "desire2learn" | "brightspace" => Self::Brightspace,
            _ => Self::Other,
        }
    }

    /// Where the link is entered.
    pub(super) fn before(self, l: &FluentLanguageLoader) -> Guide {
        let steps = match self {
            Self::Moodle => vec![fl!(l, "register-moodle-where"), fl!(l, "register-moodle-paste")],
            Self::Ilias => vec![fl!(l, "register-ilias-where"), fl!(l, "register-ilias-paste")],
            Self::Canvas => vec![fl!(l, "register-canvas-where"), fl!(l, "register-canvas-paste")],
            Self::Brightspace => vec![
                fl!(l, "register-brightspace-where"),
                fl!(l, "register-brightspace-paste"),
            ],
            Self::Other => vec![fl!(l, "register-other-where")],
        };
        self.guide(l, steps)
    }

    /// What is left to do when the registration is done.
    pub(super) fn after(self, l: &FluentLanguageLoader) -> Guide {
        let steps = match self {
            Self::Moodle => vec![
                fl!(l, "register-moodle-activate"),
                fl!(l, "register-moodle-chooser"),
                fl!(l, "register-moodle-window"),
            ],
            Self::Ilias => vec![fl!(l, "register-ilias-activate"), fl!(l, "register-ilias-use")],
            Self::Canvas => vec![fl!(l, "register-canvas-activate"), fl!(l, "register-canvas-use")],
            Self::Brightspace => vec![
                fl!(l, "register-brightspace-activate"),
                fl!(l, "register-brightspace-use"),
            ],
            Self::Other => vec![fl!(l, "register-other-activate"), fl!(l, "register-other-use")],
        };
        self.guide(l, steps)
    }

    fn guide(self, l: &FluentLanguageLoader, steps: Vec<String>) -> Guide {
        let (id, name) = match self {
            Self::Moodle => ("moodle", "Moodle".to_owned()),
            Self::Ilias => ("ilias", "ILIAS".to_owned()),
            Self::Canvas => ("canvas", "Canvas".to_owned()),
            Self::Brightspace => ("brightspace", "Brightspace".to_owned()),
            Self::Other => ("other", fl!(l, "register-other")),
        };
        Guide { id, name, steps }
    }
}
