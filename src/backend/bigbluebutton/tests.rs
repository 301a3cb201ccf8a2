//! Every known answer is read as what it means, and no answer whatsoever breaks the reader.

use std::path::Path;

use proptest::prelude::*;

use super::answer::{Key, Part, Verdict, read};
use super::examination::throwaway::refusal;
use super::meeting::{self, GuestStatus, Made, Meeting};
use super::parameters::{Mark, meeting_id};
use crate::backend::order::shown as display_name;
use crate::backend::{BackendError, Who};
use crate::id::RoomId;

fn fixture(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/bigbluebutton");
    std::fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn told<T>(name: &str, take: impl FnOnce(Part<'_>) -> Result<T, BackendError>) -> Result<Verdict<T>, BackendError> {
    read(&fixture(name), take)
}

#[test]
fn a_room_that_was_made_is_told_from_one_that_was_there() {
    let Ok(Verdict::Success(made)) = told("create_success.xml", Made::read) else {
        panic!("made");
    };
    assert_eq!((made.create_time, made.minutes), (1_795_446_000_123, 90));
    assert_eq!((made.key, made.somebody_joined), (Key::None, false));
    let Ok(Verdict::Success(bare)) = told("create_success_no_passwords.xml", Made::read) else {
        panic!("made without passwords");
    };
    assert_eq!(bare, made);
    let Ok(Verdict::Success(twice)) = told("create_duplicateWarning.xml", Made::read) else {
        panic!("there already");
    };
    assert_eq!((twice.key, twice.somebody_joined), (Key::Duplicate, true));
}

#[test]
fn every_refusal_is_read_by_its_key() {
    let cases = [
        ("create_idNotUnique.xml", Key::NotUnique),
        ("create_voiceBridge_errors.xml", Key::Other),
        ("deleteRecordings_missingParamRecordID.xml", Key::Other),
        ("deleteRecordings_notFound.xml", Key::NotFound),
        ("end_notFound.xml", Key::NotFound),
        ("error_checksum.xml", Key::Checksum),
        ("error_checksum_missing.xml", Key::Checksum),
        ("error_checksum_recordings_and_old.xml", Key::Checksum),
        ("error_unsupportedContentType.xml", Key::Other),
        ("error_validation_meetingID_comma.xml", Key::Other),
        ("error_validation_meetingID_missing.xml", Key::Other),
        ("error_validation_meetingID_size.xml", Key::Other),
        ("error_validation_name_missing.xml", Key::Other),
        ("error_validation_name_size.xml", Key::Other),
        ("getMeetingInfo_notFound.xml", Key::NotFound),
        ("getMeetingInfo_notFound_scalelite_or_old.xml", Key::NotFound),
        ("join_guestDeniedAccess.xml", Key::GuestDenied),
        ("join_maxParticipantsReached.xml", Key::Other),
        ("join_mismatchCreateTimeParam.xml", Key::CreateTime),
        ("join_params_required.xml", Key::Other),
        ("join_wrong_password.xml", Key::Other),
        ("plugnmeet_end_absent.xml", Key::Other),
        ("scalelite_internalError.xml", Key::Other),
        ("scalelite_serverUnavailable.xml", Key::Other),
        ("scalelite_unsupportedRequest.xml", Key::Other),
        ("sendChatMessage_meetingNotFound.xml", Key::Other),
    ];
    for (name, key) in cases {
        assert_eq!(told(name, |_| Ok(())), Ok(Verdict::Failed(key)), "{name}");
    }
}

#[test]
fn what_is_not_the_interface_is_an_error_and_never_a_guess() {
    for name in ["proxy_error_page_200.http", "b3scale_join_unknown_404.http"] {
        let text = String::from_utf8(fixture(name)).unwrap();
        let (_, body) = text.split_once("\n\n").unwrap();
        assert_eq!(read(body.as_bytes(), |_| Ok(())), Err(BackendError::WebPage), "{name}");
    }
    assert_eq!(
        told("error_apiNotEnabled_double.txt", |_| Ok(())),
        Err(BackendError::Garbled)
    );
    for text in [
        "",
        "<response/>",
        "<response><returncode>MAYBE</returncode></response>",
        "<a/>",
        "\u{feff}",
        "Unauthorized",
    ] {
        assert_eq!(read(text.as_bytes(), |_| Ok(())), Err(BackendError::Garbled), "{text}");
    }
    let entity = "<!DOCTYPE r [<!ENTITY a \"SUCCESS\">]><response><returncode>&a;</returncode></response>";
    assert_eq!(
        read(entity.as_bytes(), |_| Ok(())),
        Err(BackendError::Garbled),
        "no DTD is read"
    );
    assert_eq!(
        told("create_success.xml", Meeting::read),
        Err(BackendError::Garbled),
        "half of it is missing"
    );
}

#[test]
fn a_room_is_seen_with_everybody_in_it() {
    let cases = [
        ("getMeetingInfo_full_3.0.xml", 3, 1),
        ("getMeetingInfo_created_empty.xml", 0, 0),
        ("getMeetingInfo_customdata.xml", 1, 1),
        ("getMeetingInfo_only_teacher_guests_waiting.xml", 1, 1),
        ("getMeetingInfo_teacher_left.xml", 2, 0),
        ("getMeetingInfo_violation_duplicate_user.xml", 3, 1),
        ("getMeetingInfo_violation_second_moderator.xml", 3, 2),
        ("getMeetingInfo_violation_unknown_user.xml", 3, 1),
        ("getMeetingInfo_violation_dial_in.xml", 3, 1),
    ];
    for (name, people, moderators) in cases {
        let Ok(Verdict::Success(seen)) = told(name, Meeting::read) else {
            panic!("{name}");
        };
        let leads = seen.attendees.iter().filter(|attendee| attendee.leads).count();
        assert_eq!((seen.attendees.len(), leads), (people, moderators), "{name}");
        assert!(!seen.recording && !seen.breakouts && !seen.is_breakout, "{name}");
    }
    let seen = |name| told(name, Meeting::read).unwrap().success().unwrap();
    assert!(seen("getMeetingInfo_violation_record_enabled.xml").recording);
    assert!(seen("getMeetingInfo_violation_breakout.xml").breakouts);
    assert!(seen("getMeetingInfo_is_breakout.xml").is_breakout);
    let room = RoomId::new([1; 16]);
    let by_telephone = &seen("getMeetingInfo_violation_dial_in.xml").attendees[2].user;
    assert_eq!(super::who(&room, by_telephone), Who::Telephone);
    for stranger in ["w_ftcrsyuh44oj", "", "p-", "p-8d11e0", "t-5f0c2a"] {
        assert_eq!(super::who(&room, stranger), Who::Unknown, "{stranger}");
    }
    let full = seen("getMeetingInfo_full_3.0.xml");
    assert_eq!(full.metadata[0].0, "endcallbackurl");
}

#[test]
fn lists_may_be_empty_in_more_than_one_way() {
    let listed = |name| told(name, meeting::list).unwrap().success().unwrap().len();
    assert_eq!(listed("getMeetings_list.xml"), 1);
    assert_eq!(listed("getMeetings_none.xml"), 0);
    assert_eq!(listed("getMeetings_none_no_element.xml"), 0);
    let kept = |name| told(name, meeting::recordings).unwrap().success().unwrap().len();
    assert_eq!(kept("getRecordings_none.xml"), 0);
    assert_eq!(kept("getRecordings_published.xml"), 1);
    assert_eq!(kept("getRecordings_processing_no_playback.xml"), 1);
    assert_eq!(
        kept("getRecordings_deleted.xml"),
        0,
        "what was deleted is kept no longer"
    );
    assert_eq!(
        told("deleteRecordings_success.xml", meeting::deleted),
        Ok(Verdict::Success(true))
    );
    assert_eq!(
        told("end_sentEndMeetingRequest.xml", |_| Ok(())),
        Ok(Verdict::Success(()))
    );
}

#[test]
fn whoever_waits_is_told_from_whoever_is_in() {
    let cases = [
        ("join_guest_WAIT_2.6_2.7.xml", GuestStatus::Waits),
        ("join_guest_WAIT_3.0.xml", GuestStatus::Waits),
        ("join_guest_ALLOW_lobby_not_active.xml", GuestStatus::Enters),
        ("join_moderator_ALLOW.xml", GuestStatus::Enters),
    ];
    for (name, status) in cases {
        assert_eq!(
            told(name, meeting::guest_status),
            Ok(Verdict::Success(status)),
            "{name}"
        );
    }
    for (name, is_a_server) in [
        ("api_root_2.7.xml", true),
        ("api_root_3.0.xml", true),
        ("api_root_scalelite.xml", false),
        ("api_root_plugnmeet.xml", false),
    ] {
        assert_eq!(
            told(name, meeting::is_a_server),
            Ok(Verdict::Success(is_a_server)),
            "{name}"
        );
    }
}

#[test]
fn a_join_that_leads_elsewhere_tells_why() {
    let from = "https://bbb.example.org/bigbluebutton/api/join".parse().unwrap();
    for (name, key) in [
        ("join_meetingForciblyEnded_302.http", Some(Key::NotFound)),
        ("join_success_302.http", None),
        ("join_validation_checksum_302.http", Some(Key::Checksum)),
        ("join_validation_fullName_302.http", Some(Key::Other)),
        ("join_validation_notfound_302.http", Some(Key::NotFound)),
    ] {
        let text = String::from_utf8(fixture(name)).unwrap();
        let location = text.lines().find_map(|line| line.strip_prefix("Location: ")).unwrap();
        assert_eq!(refusal(&from, location), key, "{name}");
    }
}

#[test]
fn no_answer_of_a_server_breaks_the_reader_and_each_says_whether_it_is_a_success() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/bigbluebutton");
    let mut seen = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "xml") {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let says = String::from_utf8_lossy(&bytes).contains("<returncode>SUCCESS");
        let verdict = read(&bytes, |part| Ok(part.key())).unwrap();
        assert_eq!(matches!(verdict, Verdict::Success(_)), says, "{}", path.display());
        seen += 1;
    }
    assert!(seen > 50, "{seen}");
}

#[test]
fn a_room_that_is_nested_without_end_is_refused_in_no_time() {
    let deep = format!(
        "<response>{}{}</response>",
        "<a>".repeat(100_000),
        "</a>".repeat(100_000)
    );
    assert_eq!(read(deep.as_bytes(), |_| Ok(())), Err(BackendError::Garbled));
    let wide = format!("<response>{}</response>", "<a/>".repeat(100_000));
    assert_eq!(read(wide.as_bytes(), |_| Ok(())), Err(BackendError::Garbled));
}

#[test]
fn a_room_is_known_there_by_an_id_that_is_no_beginning_of_another() {
    assert_eq!(
        meeting_id(&RoomId::new([0xff; 16])),
        "ffffffff-ffff-4fff-bfff-ffffffffffff"
    );
    assert_eq!(
        meeting_id(&RoomId::new([0; 16])),
        "00000000-0000-4000-8000-000000000000"
    );
}

#[test]
fn a_display_name_keeps_what_a_name_needs() {
    assert_eq!(display_name(" Zoë 👩\u{200d}👧\tÜnal "), "Zoë 👩\u{200d}👧 Ünal");
    assert_eq!(display_name("ליאורה כהן"), "ליאורה כהן");
    assert_eq!(display_name("Anna\u{202e}\u{0}\u{7}Maker"), "Anna Maker");
    assert_eq!(display_name("\u{1}\u{2}"), "Gast");
    assert_eq!(display_name(&"ä".repeat(500)).chars().count(), 200);
}

proptest! {
    #[test]
    fn no_bytes_break_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes, Meeting::read);
    }

    /// A known answer with a piece cut out and something else put in.
    #[test]
    fn no_change_of_a_known_answer_breaks_the_reader(from in 0_usize..2600, length in 0_usize..400, put in "[<>/a-z&;\"' ]{0,20}") {
        let mut bytes = fixture("getMeetingInfo_full_3.0.xml");
        let from = from.min(bytes.len());
        let to = (from + length).min(bytes.len());
        bytes.splice(from..to, put.bytes());
        if let Ok(Verdict::Success(seen)) = read(&bytes, Meeting::read) {
            prop_assert!(seen.attendees.len() <= 3);
        }
    }

    #[test]
    fn what_a_server_has_told_is_kept_as_it_is(create_time: u64, minutes: u32, internal in "[a-zA-Z0-9 _=-]{1,80}") {
        let mark = Mark { create_time, minutes, internal };
        prop_assert_eq!(Mark::parse(&mark.to_string()), Some(mark));
    }
}
