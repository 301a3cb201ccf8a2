//! A person that a page offers to be picked: sealed for this one draft, so that the page carries no lasting mark of anybody
//! and nobody can be put on the list who was not offered.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use lti13_tool::PersonName;
use serde::{Deserialize, Serialize};

use crate::id::{ConsultationId, PersonTag, hex};
use crate::participant::Title;
use crate::roster::Member;
use crate::vault::Vault;

#[derive(Serialize, Deserialize)]
struct Sealed {
    person: [u8; 32],
    name: String,
    title: String,
}

/// What the form carries for a member.
pub(super) fn seal(vault: &Vault, draft: &ConsultationId, member: &Member) -> Option<String> {
    let plain = serde_json::to_vec(&Sealed {
        person: member.person.0,
        name: member.name.expose().clone(),
        title: member.title.code().to_owned(),
    });
    Some(URL_SAFE_NO_PAD.encode(vault.seal(&place(draft), &plain.ok()?)))
}

/// The member again; `None` for what was not offered in this draft.
pub(super) fn open(vault: &Vault, draft: &ConsultationId, pick: &str) -> Option<Member> {
    let sealed = URL_SAFE_NO_PAD.decode(pick).ok()?;
    let plain = vault.open(&place(draft), &sealed).ok()?;
    let sealed: Sealed = serde_json::from_slice(&plain).ok()?;
    Member::new(
        PersonTag(sealed.person),
        &PersonName::whole(&sealed.name),
        Title::parse(&sealed.title)?,
    )
}

/// A name for the row of a person in this one draft.
pub(super) fn row(vault: &Vault, draft: &ConsultationId, person: &PersonTag) -> String {
    let tag = vault.tag("row", &[draft.as_str(), &hex(&person.0)]);
    hex(tag.get(..8).unwrap_or_default())
}

fn place(draft: &ConsultationId) -> String {
    format!("pick|{draft}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pick_counts_in_its_own_draft_only_and_cannot_be_made_up() {
        let vault = Vault::parse(&Vault::key_line(1, &[7; 32])).unwrap();
        let [own, other] = [[1; 16], [2; 16]].map(ConsultationId::new);
        let member = Member::new(
            PersonTag([9; 32]),
            &PersonName::whole("Jo \"Quote\" Beispiel"),
            Title::Parent,
        )
        .unwrap();
        let pick = seal(&vault, &own, &member).unwrap();
        assert_eq!(open(&vault, &own, &pick), Some(member.clone()));
        assert_eq!(open(&vault, &other, &pick), None);
        assert_eq!(open(&vault, &own, &pick[1..]), None);
        assert_eq!(open(&vault, &own, "AAAA"), None);
        assert_ne!(row(&vault, &own, &member.person), row(&vault, &other, &member.person));
    }
}
