//! Platforms that store values for the tool by messages between windows, as they should and as they should not.

use axum::extract::Path;
use axum::response::Html;

use crate::chromium::Habit;
use crate::course;
use crate::talk::{START, Stage};
use crate::world::TEACHER;

/// What stands there when no launch is possible in the frame.
const OWN_WINDOW: &str = "[data-launch-failed] a";
/// Long after every timeout of ours.
const LATE: u32 = 5000;

/// The platform's page, or its frame, has removed one value.
const FORGOTTEN: &str = "return [window, ...document.querySelectorAll('iframe[hidden]')]
    .some((place) => (place.contentWindow ?? place).gone?.size === 1)";

/// How a platform stores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    /// The page around the tool answers, as in Brightspace.
    Around,
    /// A frame beside the tool answers, as in Canvas.
    Beside,
    /// A frame beside the tool answers, which only the capabilities name, as in Blackboard.
    Unannounced,
    /// The page around answers to the old names only, as in Sakai.
    Legacy,
    /// Never answers, as Moodle.
    Silent,
    /// Stores well, but gives too late.
    Late,
    /// Gives something else than was stored.
    Lying,
    /// Lets a page of another origin answer with the right value under the right id.
    Stranger,
}

/// `lti_storage_target` of the login.
pub(crate) fn target(manner: &str) -> Option<&'static str> {
    match manner {
        "Beside" => Some("post_message_forwarding"),
        "Unannounced" | "Silent" => None,
        _ => Some("_parent"),
    }
}

/// What stands around the tool's frame. `window.ready` is kept when it can be asked.
pub(crate) fn around(manner: &str) -> String {
    let name = if manner == "Beside" {
        "post_message_forwarding"
    } else {
        "lti_storage_frame"
    };
    let frame = match manner {
        "Beside" | "Unannounced" => {
            format!("<iframe name=\"{name}\" title=\"\" hidden src=\"/frame/{manner}\"></iframe>")
        }
        "Stranger" => "<iframe name=\"stranger\" title=\"\" hidden sandbox=\"allow-scripts\" srcdoc=\"<script>\
             onmessage = ({ data }) => parent.frames.tool.postMessage(data, '*')</script>\"></iframe>"
            .to_owned(),
        _ => String::new(),
    };
    let beside = !frame.is_empty() && manner != "Stranger";
    let own = if beside {
        format!("frame: '{name}'")
    } else {
        String::new()
    };
    format!(
        "{frame}<script>
         const manner = '{manner}', capable = [{{ subject: 'lti.put_data', {own} }}, {{ subject: 'lti.get_data', {own} }}];
         window.ready = new Promise((done) => addEventListener('load', done));
         </script>{}",
        answers(if beside { "['lti.capabilities']" } else { "['lti.capabilities', 'lti.put_data', 'lti.get_data']" })
    )
}

/// The frame that stores.
pub(crate) async fn frame(Path(manner): Path<String>) -> Html<String> {
    course::page(&format!(
        "<script>const manner = '{manner}', capable = [];</script>{}",
        answers("['lti.put_data', 'lti.get_data']")
    ))
}

/// The platform's half of the specification, for these messages.
fn answers(subjects: &str) -> String {
    format!(
        "<script>
         const stored = new Map(), old = 'org.imsglobal.';
         window.gone = new Set();
         addEventListener('message', ({{ data, source, origin }}) => {{
           const legacy = String(data?.subject).startsWith(old);
           const subject = String(data?.subject).replace(old, '');
           if (manner === 'Silent' || !{subjects}.includes(subject) || legacy !== (manner === 'Legacy')) return;
           const answer = {{ subject: data.subject + '.response', message_id: data.message_id, key: data.key }};
           if (subject === 'lti.capabilities') {{
             answer.supported_messages = capable.map((one) => ({{ ...one, subject: (legacy ? old : '') + one.subject }}));
           }}
           if (subject === 'lti.put_data') {{
             if (data.value === null) window.gone.add(data.key);
             stored.set(origin + data.key, answer.value = data.value);
           }}
           if (subject === 'lti.get_data') answer.value = manner === 'Lying' ? 'something else' : stored.get(origin + data.key);
           const get = subject === 'lti.get_data';
           if (get && manner === 'Stranger') return frames.stranger.postMessage(answer, '*');
           setTimeout(() => source?.postMessage(answer, origin), get && manner === 'Late' ? {LATE} : 0);
         }});
         </script>"
    )
}

/// Opens the activity where the tool's frame can store nothing by itself, and waits for this.
async fn launch(manner: Manner, expected: &str) {
    let stage = Stage::begin().await;
    let teacher = stage.person("de", Habit::WithoutStorageInFrames).await;
    let activity = stage.world.course.activity_with_storage(TEACHER, manner);
    teacher.go(activity.as_str()).await;
    teacher.see_in_frame(expected).await;
    let own: String = teacher
        .ask("try { sessionStorage.length; return 'usable' } catch { return 'blocked' }")
        .await;
    assert_eq!(own, "blocked", "else this shows nothing about the platform's storage");
    if expected == START {
        teacher.driver.enter_default_frame().await.unwrap();
        teacher
            .until_script("that the platform was told to forget it", FORGOTTEN)
            .await;
        teacher.see_in_frame(START).await;
        teacher.click(START).await;
        teacher.follow_into_new_tab().await;
        teacher.arrive("/passkey/new").await;
    }
    teacher.driver.quit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_around_the_frame_keeps_the_login_as_in_brightspace() {
    launch(Manner::Around, START).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frame_of_the_platform_keeps_the_login_as_in_canvas() {
    launch(Manner::Beside, START).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_platform_that_announces_nothing_is_asked_what_it_can_as_in_blackboard() {
    launch(Manner::Unannounced, START).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_old_names_of_the_messages_are_understood_as_in_sakai() {
    launch(Manner::Legacy, START).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_platform_without_storage_leads_to_an_own_window_as_in_moodle() {
    launch(Manner::Silent, OWN_WINDOW).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_comes_too_late_counts_for_nothing() {
    launch(Manner::Late, OWN_WINDOW).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_platform_that_gives_something_else_is_not_believed_and_asked_once() {
    launch(Manner::Lying, OWN_WINDOW).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_right_value_from_another_origin_is_not_believed() {
    launch(Manner::Stranger, OWN_WINDOW).await;
}
