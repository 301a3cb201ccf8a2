//! A calendar file (RFC 5545) without any name: a time and the way in.

use jiff::{SignedDuration, Timestamp};

/// One entry of a calendar.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    /// Unique and without meaning.
    pub(super) uid: &'a str,
    pub(super) title: &'a str,
    pub(super) link: &'a str,
    pub(super) start: Timestamp,
    pub(super) minutes: u32,
}

const LONGEST_LINE: usize = 75;

impl Entry<'_> {
    pub(super) fn write(&self, now: Timestamp) -> String {
        let length = SignedDuration::from_mins(i64::from(self.minutes));
        let end = self.start.saturating_add(length).unwrap_or(self.start);
        let lines = [
            "BEGIN:VCALENDAR".to_owned(),
            "VERSION:2.0".to_owned(),
            "PRODID:-//Sprechzimmer//DE".to_owned(),
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}", self.uid),
            format!("DTSTAMP:{}", utc(now)),
            format!("DTSTART:{}", utc(self.start)),
            format!("DTEND:{}", utc(end)),
            format!("SUMMARY:{}", escape(self.title)),
            format!("DESCRIPTION:{}", escape(self.link)),
            format!("URL:{}", self.link),
            "CLASS:PRIVATE".to_owned(),
            "END:VEVENT".to_owned(),
            "END:VCALENDAR".to_owned(),
        ];
        lines.iter().map(|line| fold(line)).collect()
    }
}

fn utc(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// RFC 5545, section 3.3.11.
fn escape(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace(';', "\\;")
        .replace(',', "\\,")
        .replace('\n', "\\n")
}

/// RFC 5545, section 3.1: no line longer than 75 octets, and none cut inside a character.
fn fold(line: &str) -> String {
    let mut folded = String::with_capacity(line.len() + 8);
    let mut used = 0;
    for character in line.chars() {
        if used + character.len_utf8() > LONGEST_LINE {
            folded.push_str("\r\n ");
            used = 1;
        }
        folded.push(character);
        used += character.len_utf8();
    }
    folded + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written() -> String {
        let entry = Entry {
            uid: "0123456789abcdef0123456789abcdef",
            title: "Termin, vertraulich; nur für Sie",
            link: "https://beratung.gymnasium-am-stadtgarten.example/i#kx7Qm2kx7Qm2kx7Qm2kx7Qm2kx7Qm2kx7Qm2kx7Qm2k",
            start: "2026-11-24T13:00:00Z".parse().unwrap(),
            minutes: 45,
        };
        entry.write("2026-11-20T08:00:00Z".parse().unwrap())
    }

    #[test]
    fn times_are_utc_and_commas_are_escaped() {
        let text = written();
        assert!(text.contains("\r\nDTSTART:20261124T130000Z\r\nDTEND:20261124T134500Z\r\n"));
        assert!(text.contains("SUMMARY:Termin\\, vertraulich\\; nur für Sie\r\n"));
        assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"));
    }

    #[test]
    fn no_line_is_longer_than_75_octets_and_unfolding_gives_the_link_back() {
        let text = written();
        assert!(text.split("\r\n").all(|line| line.len() <= 75));
        let unfolded = text.replace("\r\n ", "");
        assert!(unfolded.contains("URL:https://beratung.gymnasium-am-stadtgarten.example/i#kx7Qm2kx7Qm2"));
    }
}
