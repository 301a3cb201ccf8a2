//! The school and its data-protection officer.

use jiff::tz::TimeZone;

use super::section::Section;
use super::{Officer, School};

pub(super) fn school(root: &Section<'_>) -> Option<School> {
    let Some(section) = root.section("school") else {
        if !root.has("school") {
            root.missing("school", "[school] with name and [school.officer] below it");
        }
        return None;
    };
    let name = section.required("name", "Gymnasium Musterstadt");
    let zone = section.text("time_zone");
    let time_zone = match zone {
        Some(given) => given.read(|name| time_zone(&name)),
        None if section.has("time_zone") => None,
        None => time_zone("Europe/Berlin").ok(),
    };
    let officer = officer(&section);
    section.close();
    Some(School {
        name: name?.value,
        time_zone: time_zone?,
        officer: officer?,
    })
}

fn officer(school: &Section<'_>) -> Option<Officer> {
    let Some(section) = school.section("officer") else {
        if !school.has("officer") {
            school.missing(
                "officer",
                "[school.officer] with name and email or telephone of the data-protection officer",
            );
        }
        return None;
    };
    let name = section.required("name", "Erika Mustermann");
    let email = section.text("email").map(|given| given.read(email));
    let telephone = section.text("telephone").map(|given| given.read(telephone));
    if !section.has("email") && !section.has("telephone") {
        section.missing("email", "email = \"datenschutz@schule.example\" (or telephone)");
    }
    section.close();
    Some(Officer {
        name: name?.value,
        email: email.flatten(),
        telephone: telephone.flatten(),
    })
}

fn time_zone(name: &str) -> Result<TimeZone, String> {
    TimeZone::get(name).map_err(|_| "is not a time zone; write for instance \"Europe/Berlin\"".to_owned())
}

fn email(text: String) -> Result<String, String> {
    let parts: Vec<&str> = text.split('@').collect();
    let strange =
        |character: char| character.is_whitespace() || character.is_control() || "<>,;\"?&".contains(character);
    if parts.len() == 2 && parts.iter().all(|part| !part.is_empty()) && !text.contains(strange) {
        Ok(text)
    } else {
        Err("is not an e-mail address".to_owned())
    }
}

fn telephone(text: String) -> Result<String, String> {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let usual = |character: char| character.is_ascii_digit() || "+-/() ".contains(character);
    if digits >= 3 && text.chars().all(usual) {
        Ok(text)
    } else {
        Err("is not a telephone number; write for instance \"+49 89 1234567\"".to_owned())
    }
}
