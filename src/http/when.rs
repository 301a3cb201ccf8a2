//! Times as people read and write them: in the school's zone, with the weekday.

use i18n_embed::fluent::FluentLanguageLoader;
use i18n_embed_fl::fl;
use jiff::civil::{Date, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp, ZonedDateTime};

use crate::page::Language;

/// Writes and reads times for one reader.
#[derive(Clone, Debug)]
pub(super) struct When {
    words: &'static FluentLanguageLoader,
    zone: TimeZone,
}

/// Why a typed time is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WrongTime {
    Date,
    Time,
    /// The hour that is skipped when summer time begins.
    Skipped,
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

    /// The value of a date field.
    pub(super) fn date_field(&self, at: Timestamp) -> String {
        self.local(at).strftime("%Y-%m-%d").to_string()
    }

    /// The value of a time field.
    pub(super) fn time_field(&self, at: Timestamp) -> String {
        self.local(at).strftime("%H:%M").to_string()
    }

    /// Reads a date and a time field. An hour that comes twice, when summer time ends, is the first one.
    pub(super) fn read(&self, date: &str, time: &str) -> Result<Timestamp, WrongTime> {
        let date: Date = date.trim().parse().map_err(|_| WrongTime::Date)?;
        let time: Time = time.trim().parse().map_err(|_| WrongTime::Time)?;
        let moment = self.zone.to_ambiguous_zoned_datetime(date.to_datetime(time));
        if matches!(moment.offset(), AmbiguousOffset::Gap { .. }) {
            return Err(WrongTime::Skipped);
        }
        let moment = moment.compatible().map_err(|_| WrongTime::Date)?;
        Ok(moment.timestamp())
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

    #[test]
    fn what_the_fields_show_is_read_back_as_the_same_time() {
        let when = berlin(Language::German);
        let at: Timestamp = "2026-07-01T22:30:00Z".parse().unwrap();
        assert_eq!(when.read(&when.date_field(at), &when.time_field(at)), Ok(at));
        assert_eq!(when.date_field(at), "2026-07-02");
    }

    #[test]
    fn the_skipped_hour_is_no_time_and_the_doubled_one_is_the_first() {
        let when = berlin(Language::German);
        assert_eq!(when.read("2027-03-28", "02:30"), Err(WrongTime::Skipped));
        assert_eq!(
            when.read("2026-10-25", "02:30"),
            Ok("2026-10-25T00:30:00Z".parse().unwrap())
        );
    }

    #[test]
    fn a_day_that_does_not_exist_and_half_a_time_are_named() {
        let when = berlin(Language::German);
        assert_eq!(when.read("2026-02-30", "10:00"), Err(WrongTime::Date));
        assert_eq!(when.read("2026-02-20", "25:00"), Err(WrongTime::Time));
        assert_eq!(when.read("", ""), Err(WrongTime::Date));
    }
}
