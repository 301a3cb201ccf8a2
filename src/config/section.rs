//! One table of the file: every key that is asked for is known, and what nobody asked for is a mistake.

use std::cell::RefCell;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::{Given, Notes};

/// Words in unknown keys that show that somebody wants to switch a rule off.
const RULES: [&str; 8] = [
    "waiting",
    "lobby",
    "consent",
    "record",
    "moderat",
    "erase",
    "delet",
    "retention",
];

pub(super) struct Section<'file> {
    /// As `school` or `platform[2]`; empty for the whole file.
    path: String,
    offset: usize,
    table: &'file DeTable<'file>,
    asked: RefCell<Vec<&'static str>>,
    pub(super) notes: &'file Notes<'file>,
}

impl<'file> Section<'file> {
    pub(super) fn root(table: &'file DeTable<'file>, notes: &'file Notes<'file>) -> Self {
        Self {
            path: String::new(),
            offset: 0,
            table,
            asked: RefCell::default(),
            notes,
        }
    }

    pub(super) fn text(&self, key: &'static str) -> Option<Given<'file, String>> {
        let given = self.given(key)?;
        match given.value.as_str() {
            Some(text) if !text.trim().is_empty() => Some(given.with(text.trim().to_owned())),
            Some(_) => wrong(&given, "is empty"),
            None => wrong(&given, "must be a text in quotation marks"),
        }
    }

    /// A text that must be there; `example` says what to write.
    pub(super) fn required(&self, key: &'static str, example: &str) -> Option<Given<'file, String>> {
        if !self.has(key) {
            self.missing(key, &format!("{key} = \"{example}\""));
        }
        self.text(key)
    }

    pub(super) fn flag(&self, key: &'static str) -> Option<Given<'file, bool>> {
        let given = self.given(key)?;
        match given.value.as_bool() {
            Some(flag) => Some(given.with(flag)),
            None => wrong(&given, "must be true or false, without quotation marks"),
        }
    }

    pub(super) fn number(&self, key: &'static str) -> Option<Given<'file, usize>> {
        let given = self.given(key)?;
        let number = given.value.as_integer().and_then(|digits| digits.as_str().parse().ok());
        match number {
            Some(number) => Some(given.with(number)),
            None => wrong(&given, "must be a whole number without quotation marks"),
        }
    }

    /// A list of texts, each with its own place.
    pub(super) fn list(&self, key: &'static str) -> Option<Vec<Given<'file, String>>> {
        let given = self.given(key)?;
        let Some(items) = given.value.as_array() else {
            return wrong(&given, "must be a list, as [\"one\", \"two\"]");
        };
        let texts = items.iter().map(|item| {
            let here = Given {
                value: item.get_ref(),
                offset: item.span().start,
                key: given.key.clone(),
                notes: given.notes,
            };
            match here.value.as_str() {
                Some(text) => Some(here.with(text.to_owned())),
                None => wrong(&here, "must hold texts in quotation marks only"),
            }
        });
        texts.collect::<Vec<_>>().into_iter().collect()
    }

    /// A table below this one.
    pub(super) fn section(&self, key: &'static str) -> Option<Section<'file>> {
        let given = self.given(key)?;
        match given.value.as_table() {
            Some(table) => Some(given.section(table)),
            None => wrong(
                &given,
                "must be a table of its own, begun by its name in square brackets",
            ),
        }
    }

    /// The tables of a list, begun by `[[key]]`.
    pub(super) fn sections(&self, key: &'static str) -> Vec<Section<'file>> {
        let Some(given) = self.given(key) else {
            return Vec::new();
        };
        let message = "must be begun by its name in double square brackets, once for each";
        let Some(items) = given.value.as_array() else {
            given.refuse(message);
            return Vec::new();
        };
        let numbered = items.iter().zip(1..).filter_map(|(item, number)| {
            let here = Given {
                value: item.get_ref(),
                offset: item.span().start,
                key: format!("{}[{number}]", given.key),
                notes: given.notes,
            };
            match here.value.as_table() {
                Some(table) => Some(here.section(table)),
                None => wrong(&here, message),
            }
        });
        numbered.collect()
    }

    pub(super) fn has(&self, key: &'static str) -> bool {
        self.table.contains_key(key)
    }

    /// Notes that a key is missing in this table; `line` is what to write.
    pub(super) fn missing(&self, key: &str, line: &str) {
        let message = format!("is missing; write for instance: {line}");
        self.notes.add(self.offset, &self.name(key), message);
    }

    /// Notes a problem of the table as a whole.
    pub(super) fn refuse(&self, message: &str) {
        self.notes.add(self.offset, &self.path, message);
    }

    /// Notes a problem of the value that stands under `key`.
    pub(super) fn refuse_at(&self, key: &str, message: &str) {
        let offset = self.table.get(key).map_or(self.offset, |value| value.span().start);
        self.notes.add(offset, &self.name(key), message);
    }

    /// Everything was asked for: what is left was written by mistake.
    pub(super) fn close(&self) {
        let asked = self.asked.borrow();
        for key in self.table.keys() {
            let name = key.get_ref().as_ref();
            if !asked.contains(&name) {
                self.notes
                    .add(key.span().start, &self.name(name), unknown(name, &asked));
            }
        }
    }

    fn given(&self, key: &'static str) -> Option<Given<'file, &'file DeValue<'file>>> {
        self.asked.borrow_mut().push(key);
        self.notes.ask(&self.name(key));
        let value: &'file Spanned<DeValue<'file>> = self.table.get(key)?;
        Some(Given {
            value: value.get_ref(),
            offset: value.span().start,
            key: self.name(key),
            notes: self.notes,
        })
    }

    fn name(&self, key: &str) -> String {
        if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        }
    }
}

impl<'file> Given<'file, &'file DeValue<'file>> {
    fn with<T>(self, value: T) -> Given<'file, T> {
        Given {
            value,
            offset: self.offset,
            key: self.key,
            notes: self.notes,
        }
    }

    fn section(self, table: &'file DeTable<'file>) -> Section<'file> {
        Section {
            path: self.key,
            offset: self.offset,
            table,
            asked: RefCell::default(),
            notes: self.notes,
        }
    }
}

fn wrong<T, U>(given: &Given<'_, T>, message: &str) -> Option<U> {
    given.refuse(message);
    None
}

fn unknown(name: &str, asked: &[&str]) -> String {
    let near = asked
        .iter()
        .map(|known| (strsim::jaro_winkler(name, known), known))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|one, other| one.0.total_cmp(&other.0));
    if let Some((_, known)) = near {
        format!("is not known; did you mean {known}?")
    } else if RULES.iter().any(|word| name.contains(word)) {
        "is not known: the rules for counselling by video are built in and cannot be set or switched off".to_owned()
    } else {
        format!("is not known; known here are: {}", asked.join(", "))
    }
}
