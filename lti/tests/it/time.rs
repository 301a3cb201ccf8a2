//! Points in time at both ends.

use std::time::{Duration, UNIX_EPOCH};

use lti13_tool::UnixTime;

#[test]
fn a_system_time_is_cut_to_whole_seconds_on_either_side_of_the_epoch() {
    assert_eq!(
        UnixTime::from(UNIX_EPOCH + Duration::from_millis(1999)),
        UnixTime::from_seconds(1)
    );
    assert_eq!(
        UnixTime::from(UNIX_EPOCH - Duration::from_secs(2)),
        UnixTime::from_seconds(-2)
    );
}

#[test]
fn times_stop_at_the_end_instead_of_wrapping() {
    assert_eq!(
        UnixTime::from_seconds(i64::MAX).plus(Duration::MAX),
        UnixTime::from_seconds(i64::MAX)
    );
    assert_eq!(
        UnixTime::from_seconds(i64::MIN).minus(Duration::MAX),
        UnixTime::from_seconds(i64::MIN)
    );
}
