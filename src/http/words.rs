//! Words that several pages share: role words, where somebody stands, and what is enforced.

use i18n_embed::fluent::FluentLanguageLoader;
use i18n_embed_fl::fl;

use crate::participant::{Participant, Standing, Title, Way};

/// A state as a word with its shape; `class` is one of the style sheet.
#[derive(Clone, Debug)]
pub(super) struct State {
    pub(super) class: &'static str,
    pub(super) word: String,
}

/// "Schülerin, Schüler"
pub(super) fn title(words: &FluentLanguageLoader, title: Title) -> String {
    match title {
        Title::Pupil => fl!(words, "title-pupil"),
        Title::Parent => fl!(words, "title-parent"),
        Title::Teacher => fl!(words, "title-teacher"),
        Title::Expert => fl!(words, "title-expert"),
        Title::Other => fl!(words, "title-other"),
    }
}

/// Where a participant stands, as the initiator reads it. A refusal has no reason.
pub(super) fn standing(words: &FluentLanguageLoader, participant: &Participant) -> State {
    let revoked = participant.way == Way::Link && participant.invitation.is_none();
    let (class, word) = match &participant.standing {
        Standing::TurnedAway { .. } => ("gone", fl!(words, "standing-turned-away")),
        _ if revoked => ("revoked", fl!(words, "standing-revoked")),
        Standing::Invited => ("invited", fl!(words, "standing-invited")),
        Standing::Declined { .. } => ("declined", fl!(words, "standing-declined")),
        Standing::Consented { .. } => ("consented", fl!(words, "standing-consented")),
        Standing::Waiting { .. } => ("waiting", fl!(words, "standing-waiting")),
        Standing::Admitted { .. } => ("inside", fl!(words, "standing-admitted")),
    };
    State { class, word }
}

/// "4 (Nur die Lehrkraft leitet), 6 (Sofort gelöscht)"
pub(super) fn rules(words: &FluentLanguageLoader, numbers: &[u8]) -> String {
    let titled = |number: &u8| {
        let title = match number {
            1 => fl!(words, "record-rule-1"),
            2 => fl!(words, "record-rule-2"),
            3 => fl!(words, "record-rule-3"),
            4 => fl!(words, "record-rule-4"),
            5 => fl!(words, "record-rule-5"),
            6 => fl!(words, "record-rule-6"),
            7 => fl!(words, "record-rule-7"),
            8 => fl!(words, "record-rule-8"),
            9 => fl!(words, "record-rule-9"),
            _ => fl!(words, "record-rule-10"),
        };
        format!("{number} ({title})")
    };
    numbers.iter().map(titled).collect::<Vec<_>>().join(", ")
}

/// What people call a video system: its own name in this school, or that of its kind.
pub(super) fn video_system(words: &FluentLanguageLoader, label: Option<&str>, kind: &str) -> String {
    match (label, kind) {
        (Some(label), _) => label.to_owned(),
        (None, "embedded") => fl!(words, "system-embedded"),
        (None, "bigbluebutton") => fl!(words, "system-bigbluebutton"),
        (None, "jitsi") => fl!(words, "system-jitsi"),
        (None, other) => other.to_owned(),
    }
}

/// What a setting of a video system means; `code` is that of `backend::Setting`.
pub(super) fn setting(words: &FluentLanguageLoader, code: &str) -> String {
    words.get(&format!("setting-{code}"))
}

#[cfg(test)]
mod tests {
    use crate::backend::{bigbluebutton, embedded, jitsi};
    use crate::page::Language;

    #[test]
    fn every_setting_of_a_video_system_has_words_in_every_language() {
        let settings = [&embedded::SETTINGS[..], &bigbluebutton::SETTINGS, &jitsi::SETTINGS].concat();
        for language in Language::ALL {
            for setting in &settings {
                let known = language.words().has(&format!("setting-{}", setting.code));
                assert!(known, "{} lacks {}", language.code(), setting.code);
            }
        }
    }
}
