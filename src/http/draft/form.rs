//! What somebody typed into the draft, kept as typed until it is right.

use i18n_embed::fluent::FluentLanguageLoader;
use i18n_embed_fl::fl;
use jiff::{SignedDuration, Timestamp};

use crate::consultation::{Plan, Refusal};
use crate::http::when::{When, WrongTime};
use crate::participant::{Title, Way};
use crate::private::Private;
use crate::roster::LONGEST_NAME;

/// How long a talk may be planned, in minutes.
pub(super) const LENGTHS: [u32; 7] = [15, 30, 45, 60, 75, 90, 120];
const USUAL_LENGTH: u32 = 45;
/// A new talk is proposed for so soon, so that there is time to hand out the links.
const LEAD: SignedDuration = SignedDuration::from_mins(15);
const STEP: i64 = 5 * 60;
/// Whoever takes a moment to fill in the form is not told that the time has passed.
const PATIENCE: SignedDuration = SignedDuration::from_mins(10);

/// The fields of the form, as typed.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    pub(super) date: String,
    pub(super) time: String,
    pub(super) minutes: u32,
    pub(super) name: Private<String>,
    pub(super) title: Option<Title>,
    pub(super) way: Option<Way>,
    /// Name of the video system.
    pub(super) system: Option<String>,
    /// What is looked for among those who can be picked.
    pub(super) search: Private<String>,
    /// Enter was pressed in a field, and no button.
    entered: bool,
    /// Who is ticked, as offered.
    pub(super) picks: Vec<String>,
    /// The role word beside each row.
    titles: Vec<(String, Title)>,
}

/// What is wrong; each has its field and its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mistake {
    Date,
    Time,
    Skipped,
    Past,
    Length,
    NameMissing,
    NameLong,
    NameTwice,
    TitleMissing,
    Full,
    Nobody,
    System,
}

/// A person as typed by name.
#[derive(Clone, Debug)]
pub(super) struct TypedPerson {
    pub(super) name: Private<String>,
    pub(super) title: Title,
    pub(super) way: Way,
}

impl Typed {
    /// What a new form proposes.
    pub(super) fn proposed(when: &When, now: Timestamp) -> Self {
        let soon = now.saturating_add(LEAD).unwrap_or(now).as_second();
        let rounded = (soon + STEP - 1).div_euclid(STEP) * STEP;
        let start = Timestamp::from_second(rounded).unwrap_or(now);
        Self::planned(
            when,
            Plan {
                start,
                minutes: USUAL_LENGTH,
            },
        )
    }

    pub(super) fn planned(when: &When, plan: Plan) -> Self {
        Self {
            date: when.date_field(plan.start),
            time: when.time_field(plan.start),
            minutes: plan.minutes,
            ..Self::default()
        }
    }

    /// Reads the pairs of the form; unknown ones are ignored, for a browser may add its own.
    pub(super) fn read(pairs: Vec<(String, String)>) -> Self {
        let mut typed = Self::default();
        for (field, value) in pairs {
            match field.as_str() {
                "date" => typed.date = value,
                "time" => typed.time = value,
                "minutes" => typed.minutes = value.parse().unwrap_or_default(),
                "name" => typed.name = Private::new(value),
                "title" => typed.title = Title::parse(&value),
                "way" => typed.way = way(&value),
                "system" => typed.system = Some(value),
                "search" => typed.search = Private::new(value),
                "enter" => typed.entered = true,
                "pick" => typed.picks.push(value),
                other => {
                    let title = other.strip_prefix("title-").zip(Title::parse(&value));
                    typed.titles.extend(title.map(|(row, title)| (row.to_owned(), title)));
                }
            }
        }
        typed
    }

    /// Whether somebody stands in the form who is not yet on the list.
    pub(super) fn names_somebody(&self) -> bool {
        !self.name.expose().trim().is_empty() || !self.picks.is_empty()
    }

    /// Whether Enter was pressed to search and for nothing else.
    pub(super) fn only_searches(&self) -> bool {
        self.entered && !self.search.expose().trim().is_empty() && !self.names_somebody()
    }

    /// The role word beside a row.
    pub(super) fn title_of(&self, row: &str) -> Option<Title> {
        let mut titles = self.titles.iter();
        titles.find(|(known, _)| known == row).map(|(_, title)| *title)
    }

    /// The planned time. What was kept before may stay although it has passed meanwhile, until the list is sealed.
    pub(super) fn plan(&self, when: &When, kept: Option<Plan>, now: Timestamp) -> Result<Plan, Mistake> {
        let start = when.read(&self.date, &self.time).map_err(|wrong| match wrong {
            WrongTime::Date => Mistake::Date,
            WrongTime::Time => Mistake::Time,
            WrongTime::Skipped => Mistake::Skipped,
        })?;
        if !LENGTHS.contains(&self.minutes) {
            return Err(Mistake::Length);
        }
        let plan = Plan {
            start,
            minutes: self.minutes,
        };
        if kept != Some(plan) && is_past(plan, now) {
            return Err(Mistake::Past);
        }
        Ok(plan)
    }

    /// The person typed by name, if any.
    pub(super) fn person(&self) -> Result<Option<TypedPerson>, Mistake> {
        let name = self.name.expose().split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            return Ok(None);
        }
        if name.chars().count() > LONGEST_NAME {
            return Err(Mistake::NameLong);
        }
        if name.chars().any(char::is_control) || !name.chars().any(char::is_alphanumeric) {
            return Err(Mistake::NameMissing);
        }
        Ok(Some(TypedPerson {
            name: Private::new(name),
            title: self.title.ok_or(Mistake::TitleMissing)?,
            way: self.way.unwrap_or(Way::Link),
        }))
    }
}

/// Whether a talk planned like this can no longer begin in time.
pub(super) fn is_past(plan: Plan, now: Timestamp) -> bool {
    now.duration_since(plan.start) > PATIENCE
}

impl Mistake {
    /// A refusal of the list itself; `None` for one that belongs to no field.
    pub(super) fn of(refusal: Refusal) -> Option<Self> {
        match refusal {
            Refusal::NameTwice => Some(Self::NameTwice),
            Refusal::Full => Some(Self::Full),
            Refusal::NobodyListed => Some(Self::Nobody),
            _ => None,
        }
    }

    /// The id of the field.
    pub(super) fn field(self) -> &'static str {
        match self {
            Self::Date | Self::Past => "date",
            Self::Time | Self::Skipped => "time",
            Self::Length => "minutes",
            Self::System => "system",
            Self::NameMissing | Self::NameLong | Self::NameTwice | Self::Full | Self::Nobody => "name",
            Self::TitleMissing => "title",
        }
    }

    pub(super) fn words(self, words: &FluentLanguageLoader) -> String {
        match self {
            Self::Date => fl!(words, "draft-wrong-date"),
            Self::Time => fl!(words, "draft-wrong-time"),
            Self::Skipped => fl!(words, "draft-wrong-skipped"),
            Self::Past => fl!(words, "draft-wrong-past"),
            Self::Length => fl!(words, "draft-wrong-length"),
            Self::NameMissing => fl!(words, "draft-wrong-name"),
            Self::NameLong => fl!(words, "draft-wrong-name-long", most = LONGEST_NAME),
            Self::NameTwice => fl!(words, "draft-wrong-name-twice"),
            Self::TitleMissing => fl!(words, "draft-wrong-title"),
            Self::Full => fl!(words, "draft-wrong-full"),
            Self::Nobody => fl!(words, "draft-wrong-nobody"),
            Self::System => fl!(words, "draft-wrong-system"),
        }
    }
}

fn way(code: &str) -> Option<Way> {
    match code {
        "launch" => Some(Way::Launch),
        "link" => Some(Way::Link),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;
    use crate::page::Language;

    fn when() -> When {
        When::new(Language::German, &TimeZone::get("Europe/Berlin").unwrap())
    }

    fn pairs(fields: &[(&str, &str)]) -> Typed {
        Typed::read(
            fields
                .iter()
                .map(|(field, value)| ((*field).to_owned(), (*value).to_owned()))
                .collect(),
        )
    }

    #[test]
    fn a_new_form_proposes_a_round_time_at_least_a_quarter_of_an_hour_ahead() {
        let now: Timestamp = "2026-11-24T12:46:10Z".parse().unwrap();
        let typed = Typed::proposed(&when(), now);
        assert_eq!((typed.date.as_str(), typed.time.as_str()), ("2026-11-24", "14:05"));
        assert_eq!(typed.minutes, 45);
    }

    #[test]
    fn a_time_that_has_passed_is_refused_unless_it_was_kept_before() {
        let now: Timestamp = "2026-11-24T13:00:00Z".parse().unwrap();
        let typed = pairs(&[("date", "2026-11-24"), ("time", "13:45"), ("minutes", "45")]);
        assert_eq!(typed.plan(&when(), None, now), Err(Mistake::Past));
        let plan = Plan {
            start: "2026-11-24T12:45:00Z".parse().unwrap(),
            minutes: 45,
        };
        assert_eq!(typed.plan(&when(), Some(plan), now), Ok(plan));
        assert!(is_past(plan, now));
    }

    #[test]
    fn a_length_that_is_not_offered_is_refused() {
        let now: Timestamp = "2026-11-24T12:00:00Z".parse().unwrap();
        let typed = pairs(&[("date", "2026-11-25"), ("time", "13:45"), ("minutes", "9999")]);
        assert_eq!(typed.plan(&when(), None, now), Err(Mistake::Length));
    }

    #[test]
    fn names_are_tidied_and_empty_long_or_invisible_ones_refused() {
        let named = |name: &str| pairs(&[("name", name), ("title", "pupil"), ("way", "launch")]).person();
        let person = named("  Mara   Beispiel ").unwrap().unwrap();
        assert_eq!(person.name.expose(), "Mara Beispiel");
        assert_eq!((person.title, person.way), (Title::Pupil, Way::Launch));
        assert!(named("   ").unwrap().is_none());
        assert_eq!(named(&"x".repeat(81)).err(), Some(Mistake::NameLong));
        assert_eq!(named("…").err(), Some(Mistake::NameMissing));
        assert_eq!(pairs(&[("name", "Mara")]).person().err(), Some(Mistake::TitleMissing));
    }

    #[test]
    fn every_chosen_row_brings_the_role_word_beside_it() {
        let typed = pairs(&[
            ("title-b", "parent"),
            ("pick", "a"),
            ("pick", "b"),
            ("title-a", "pupil"),
        ]);
        assert_eq!(typed.picks, ["a", "b"]);
        assert_eq!(typed.title_of("a"), Some(Title::Pupil));
        assert_eq!(typed.title_of("b"), Some(Title::Parent));
        assert_eq!(typed.title_of("c"), None);
    }

    #[test]
    fn enter_searches_only_where_nothing_else_is_typed() {
        assert!(pairs(&[("enter", ""), ("search", "mia")]).only_searches());
        assert!(!pairs(&[("search", "mia")]).only_searches());
        assert!(!pairs(&[("enter", ""), ("search", " ")]).only_searches());
        assert!(!pairs(&[("enter", ""), ("search", "mia"), ("name", "Mara")]).only_searches());
        assert!(!pairs(&[("enter", ""), ("search", "mia"), ("pick", "a")]).only_searches());
    }
}
