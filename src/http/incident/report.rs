//! The report: what the service saw, in plain text, without a name and without anything that was said.

use i18n_embed_fl::fl;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::app::App;
use crate::consultation::{Consultation, Phase};
use crate::error::Failure;
use crate::http::when::When;
use crate::id::IncidentId;
use crate::page::Frame;
use crate::participant::Standing;

/// What may have happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Stranger,
    Recorded,
    Link,
    Technical,
    Other,
}

impl Kind {
    pub(super) const ALL: &'static [Self] = &[Self::Stranger, Self::Recorded, Self::Link, Self::Technical, Self::Other];

    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Stranger => "stranger",
            Self::Recorded => "recorded",
            Self::Link => "link",
            Self::Technical => "technical",
            Self::Other => "other",
        }
    }

    pub(super) fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }

    pub(super) fn words(self, page: &Frame) -> String {
        match self {
            Self::Stranger => fl!(page.words, "incident-kind-stranger"),
            Self::Recorded => fl!(page.words, "incident-kind-recorded"),
            Self::Link => fl!(page.words, "incident-kind-link"),
            Self::Technical => fl!(page.words, "incident-kind-technical"),
            Self::Other => fl!(page.words, "incident-kind-other"),
        }
    }
}

/// One report, ready to print or to send by one's own mail program.
#[derive(Debug)]
pub(super) struct Report {
    /// Label and value of each line.
    pub(super) facts: Vec<(String, String)>,
    /// A `mailto:` address with the text in it; only if the officer has an address.
    pub(super) mail: Option<String>,
}

impl Report {
    pub(super) async fn of(app: &App, of: &Consultation, id: &IncidentId, page: &Frame) -> Result<Self, Failure> {
        let (kind, at) = app.store.incident(id, &of.id).await?;
        let when = When::new(page.language, &app.config.school.time_zone);
        let words = page.words;
        let kind = Kind::parse(&kind).unwrap_or(Kind::Other).words(page);
        let mut facts = vec![
            (fl!(words, "incident-fact-what"), kind),
            (fl!(words, "incident-fact-when"), when.exact(at)),
            (fl!(words, "incident-fact-school"), page.school.clone()),
            (fl!(words, "incident-fact-consultation"), of.id.to_string()),
            (fl!(words, "incident-fact-report"), id.to_string()),
            (fl!(words, "incident-fact-planned"), when.exact(of.plan.start)),
        ];
        if let Phase::Open(opened) = &of.phase {
            facts.push((fl!(words, "incident-fact-opened"), when.exact(opened.at)));
        }
        let backend = app.backends.named(&of.backend)?.kind().to_owned();
        let all = app.store.incidents(&of.id).await?.len();
        facts.extend([
            (fl!(words, "incident-fact-backend"), backend),
            (fl!(words, "incident-fact-people"), people(of, page)),
            (fl!(words, "incident-fact-so-far"), all.to_string()),
        ]);
        let mail = app
            .config
            .school
            .officer
            .email
            .as_deref()
            .map(|to| mail(to, &facts, page));
        Ok(Self { facts, mail })
    }
}

/// Counts only.
fn people(of: &Consultation, page: &Frame) -> String {
    let count = |standing: fn(&Standing) -> bool| {
        of.participants
            .iter()
            .filter(|participant| standing(&participant.standing))
            .count()
    };
    fl!(
        page.words,
        "incident-people",
        invited = of.participants.len(),
        waiting = count(|standing| matches!(standing, Standing::Waiting { .. })),
        admitted = count(|standing| matches!(standing, Standing::Admitted { .. }))
    )
}

fn mail(to: &str, facts: &[(String, String)], page: &Frame) -> String {
    let lines: Vec<String> = facts.iter().map(|(label, value)| format!("{label}: {value}")).collect();
    let body = format!(
        "{}\r\n\r\n{}\r\n",
        fl!(page.words, "incident-mail-intro"),
        lines.join("\r\n")
    );
    let subject = fl!(page.words, "incident-mail-subject");
    // RFC 6068: the text of a mail address in a link is percent-encoded, lines end with CRLF
    let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    format!(
        "mailto:{}?subject={}&body={}",
        encode_address(to),
        encode(&subject),
        encode(&body)
    )
}

fn encode_address(address: &str) -> String {
    let parts: Vec<String> = address
        .split('@')
        .map(|part| utf8_percent_encode(part, ADDRESS).to_string())
        .collect();
    parts.join("@")
}

/// What an address may hold unencoded, besides letters and digits.
const ADDRESS: &percent_encoding::AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'-').remove(b'_').remove(b'+');
