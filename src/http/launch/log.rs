//! One line for each launch, accepted or refused: what an administrator or a certification wants to see, and no person.

use lti13_tool::{DeepLinkingRequest, Launch, Message};

use crate::app::random;
use crate::error::LaunchRefusal;
use crate::id::hex;

/// Somebody came in. The line says when, from where and by which message; nothing in it tells who, or to which course.
pub(super) fn accepted(launch: &Launch) {
    let reference = hex(&random::<4>());
    let message = match launch.message() {
        Message::ResourceLink(_) => "LtiResourceLinkRequest",
        Message::DeepLinking(_) => DeepLinkingRequest::MESSAGE_TYPE,
        _ => "other",
    };
    tracing::info!(
        reference,
        code = "accepted",
        clause = "Security Framework 1.0 §5.1.3",
        message,
        platform = launch.issuer(),
        "launch accepted"
    );
}

/// Somebody was refused. What the message itself says is not in the line: whoever sent it wrote it.
pub(in crate::http) fn refused(refusal: &LaunchRefusal, reference: &str) {
    let LaunchRefusal {
        code,
        clause,
        reason,
        platform,
        clock_ahead,
        ..
    } = refusal;
    tracing::warn!(reference, code, clause, reason, platform, clock_ahead, "launch refused");
}
