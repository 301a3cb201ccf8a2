//! Times as people read them: in the school's zone, with the weekday.

use i18n_embed::fluent::FluentLanguageLoader;
use i18n_embed_fl::fl;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};

use crate::page::Language;

/// Writes and reads times for one reader.
#[derive(Clone, Debug)]
pub(super) struct When {
    words: &'static FluentLanguageLoader,
    zone: TimeZone,
}

impl When {
    pub(super) fn new(language: Language, zone: &TimeZone) -> Self {
        Self {
            words: language.words(),
            zone: zone.clone(),
        }
    }

    /// "Dienstag, 24. November, 14:00 Uhr"
    pub(super) fn moment(&self, at: Timestamp) -> String {
        let at = self.local(at);
        fl!(
            self.words,
            "when-moment",
            weekday = self.weekday(&at),
            day = at.day(),
            month = self.month(&at),
            time = at.strftime("%H:%M").to_string()
        )
    }

    /// "Dienstag, 24. November 2026, 14:02:31 Uhr (+01:00)": for a record, which somebody may read years later.
    pub(super) fn exact(&self, at: Timestamp) -> String {
        let at = self.local(at);
        fl!(
            self.words,
            "when-exact",
            weekday = self.weekday(&at),
            day = at.day(),
            month = self.month(&at),
            year = at.year().to_string(),
            time = at.strftime("%H:%M:%S").to_string(),
            offset = at.strftime("%:z").to_string()
        )
    }

    /// "14:00 Uhr"
    pub(super) fn time(&self, at: Timestamp) -> String {
        fl!(
            self.words,
            "when-time",
            time = self.local(at).strftime("%H:%M").to_string()
        )
    }

    /// "45 Minuten"
    pub(super) fn minutes(&self, minutes: u32) -> String {
        fl!(self.words, "when-minutes", minutes = minutes)
    }

    fn local(&self, at: Timestamp) -> ZonedDateTime {
        at.to_zoned_datetime(self.zone.clone())
    }

    fn weekday(&self, at: &ZonedDateTime) -> String {
        fl!(self.words, "when-weekday", number = at.weekday().to_monday_one_offset())
    }

    fn month(&self, at: &ZonedDateTime) -> String {
        fl!(self.words, "when-month", number = at.month())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn berlin(language: Language) -> When {
        When::new(language, &TimeZone::get("Europe/Berlin").unwrap())
    }

    #[test]
    fn a_moment_stands_in_the_schools_zone_with_its_weekday() {
        let at: Timestamp = "2026-11-24T13:00:31Z".parse().unwrap();
        assert_eq!(berlin(Language::German).moment(at), "Dienstag, 24. November, 14:00 Uhr");
        assert_eq!(berlin(Language::English).moment(at), "Tuesday, 24 November, 14:00");
        assert_eq!(
            berlin(Language::German).exact(at),
            "Dienstag, 24. November 2026, 14:00:31 Uhr (+01:00)"
        );
        let sunday: Timestamp = "2026-03-01T09:00:00Z".parse().unwrap();
        assert_eq!(berlin(Language::German).moment(sunday), "Sonntag, 1. März, 10:00 Uhr");
    }
}
