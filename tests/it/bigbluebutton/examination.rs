//! The self-test tells which rule a server does not keep, and clear words about a server that is none.

use std::sync::Arc;
use std::time::Duration;

use rcgen::{CertificateParams, KeyPair};
use sprechzimmer::backend::Backend;
use sprechzimmer::backend::bigbluebutton::Algorithm;
use sprechzimmer::backend::examination::Outcome;
use sprechzimmer::config::BigBlueButtonSettings;
use sprechzimmer::demo::bigbluebutton::{Habit, Mood};
use sprechzimmer::id::RoomId;
use sprechzimmer::private::Private;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

use crate::world::bigbluebutton::Server;
use crate::world::{AUNT, World, until};

async fn examine(settings: &BigBlueButtonSettings) -> Outcome {
    Backend::BigBlueButton(settings.backend())
        .examine(&RoomId::new([5; 16]), jiff::Timestamp::UNIX_EPOCH)
        .await
}

/// Why the steps failed that did.
pub(super) fn failures(outcome: &Outcome) -> String {
    let failed = outcome.steps.iter().filter_map(|step| step.failed.as_deref());
    failed.collect::<Vec<_>>().join("; ")
}

#[tokio::test]
async fn a_good_server_keeps_every_rule_and_no_throwaway_room() {
    for algorithm in Algorithm::ALL {
        let server = Server::accepting(&[algorithm]).await;
        let mut settings = server.settings(None);
        settings.checksum = algorithm;
        let outcome = examine(&settings).await;
        assert_eq!(failures(&outcome), "", "{algorithm:?}");
        assert!(outcome.broken_rules().is_empty(), "{:?}", outcome.lacks());
        assert_eq!(server.fake.rooms(), 0);
        for query in server.fake.calls("join") {
            assert!(
                query.contains("fullName=Selbsttest") || query.contains("fullName=Jemand"),
                "{query}"
            );
        }
    }
}

#[tokio::test]
async fn a_balancer_in_front_is_followed_one_step_and_no_more() {
    let server = Server::start().await;
    server.fake.acquire(Habit::Balancer);
    let outcome = examine(&server.settings(None)).await;
    assert_eq!(failures(&outcome), "");
    assert!(outcome.broken_rules().is_empty());
}

#[tokio::test]
async fn what_a_server_does_not_keep_is_named_by_the_rule() {
    let cases = [
        (Habit::NoLobby, &[3, 4][..]),
        (Habit::NobodyIsAGuest, &[4]),
        (Habit::IgnoresCreateTime, &[2]),
        (Habit::NeverEnds, &[3, 5, 6]),
        (Habit::Records, &[2, 3, 4, 5, 6, 8, 9]),
        (Habit::WrongEcho, &[2, 3, 4, 5, 6, 8, 9]),
    ];
    for (habit, rules) in cases {
        let server = Server::start().await;
        server.fake.acquire(habit);
        let outcome = examine(&server.settings(None)).await;
        assert_eq!(outcome.broken_rules(), rules, "{habit:?}: {}", failures(&outcome));
    }
}

#[tokio::test]
async fn a_server_that_lacks_something_is_refused_at_the_opening_and_nothing_is_lost() {
    let (world, server) = World::with_bigbluebutton().await;
    server.fake.acquire(Habit::NobodyIsAGuest);
    let mut world = world;
    world.crash();
    world.restart(|_| {}).await;
    let talk = world.sealed(&[AUNT]).await;
    let page = talk.try_to_open().await;
    assert_eq!(page.status, 409, "{}", page.text());
    assert!(page.text().contains("4 ("), "{}", page.text());
    assert!(talk.get("").await.has("a[href$='/opening']"), "it stays as it is");
    assert_eq!(server.fake.rooms(), 0);
    let ready = world.browser().get("/readyz").await;
    assert!(ready.body.contains("video system bbb, rule 4"), "{}", ready.body);
}

#[tokio::test]
async fn a_server_that_fails_while_the_room_is_made_costs_one_click_and_leaves_no_room() {
    let (world, server) = World::with_bigbluebutton().await;
    until("the self-test", async || {
        (world.browser().get("/readyz").await.status == 200).then_some(())
    })
    .await;
    let moods = [
        Mood::Broken,
        Mood::WebPage,
        Mood::InvalidXml,
        Mood::Empty,
        Mood::InternalError,
    ];
    for mood in moods {
        let talk = world.sealed(&[AUNT]).await;
        server.fake.set("getMeetingInfo", Some(mood));
        let page = talk.try_to_open().await;
        assert_eq!(page.status, 503, "{mood:?}: {}", page.text());
        assert!(page.text().contains("Es ist nichts verloren"), "{}", page.text());
        server.fake.set("getMeetingInfo", None);
        talk.open().await;
        talk.end().await;
        talk.proof().await;
    }
    until("the rooms that were begun are gone", async || {
        (server.fake.rooms() == 0).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_wrong_secret_or_algorithm_is_called_so() {
    let server = Server::accepting(&[Algorithm::Sha1]).await;
    let outcome = examine(&server.settings(None)).await;
    assert!(
        failures(&outcome).contains("the secret is wrong, or the checksum algorithm"),
        "{}",
        failures(&outcome)
    );
    let mut settings = server.settings(None);
    settings.checksum = Algorithm::Sha1;
    assert_eq!(failures(&examine(&settings).await), "");
    settings.secret = Private::new("another-secret".to_owned());
    assert!(failures(&examine(&settings).await).contains("the secret is wrong"));
    server.fake.set("getMeetings", Some(Mood::Unauthorized));
    assert!(
        failures(&examine(&settings).await).contains("the secret is wrong"),
        "as a balancer says it"
    );
}

#[tokio::test]
async fn whatever_is_no_bigbluebutton_is_told_apart() {
    let server = Server::start().await;
    let cases = [
        (Mood::WebPage, "a web page answers instead of the interface"),
        (Mood::Redirect, "leads elsewhere by a redirect"),
        (Mood::Broken, "answers with status 500"),
        (Mood::InvalidXml, "cannot be understood"),
        (Mood::Empty, "cannot be understood"),
    ];
    for (mood, words) in cases {
        server.fake.set("", Some(mood));
        let outcome = examine(&server.settings(None)).await;
        assert!(failures(&outcome).contains(words), "{mood:?}: {}", failures(&outcome));
        assert_eq!(outcome.broken_rules(), [2, 3, 4, 5, 6, 8, 9], "nothing was shown");
    }
    let mut settings = server.settings(None);
    settings.url.set_path("/moodle/api/");
    let outcome = examine(&settings).await;
    assert!(
        failures(&outcome).contains("a web page answers"),
        "{}",
        failures(&outcome)
    );
}

#[tokio::test]
async fn a_server_that_answers_after_half_a_minute_is_called_slow_and_not_waited_for() {
    let server = Server::start().await;
    server.fake.set("", Some(Mood::Slow(Duration::from_secs(30))));
    let examined = tokio::time::timeout(Duration::from_secs(20), examine(&server.settings(None))).await;
    let outcome = examined.expect("the patience is shorter");
    assert!(
        failures(&outcome).contains("does not answer in time"),
        "{}",
        failures(&outcome)
    );
}

#[tokio::test]
async fn an_expired_certificate_is_called_so() {
    let key = KeyPair::generate().unwrap();
    let mut expired = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    expired.not_after = rcgen::date_time_ymd(2020, 1, 1);
    let certificate = expired.self_signed(&key).unwrap();
    let tls = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivateKeyDer::Pkcs8(key.serialize_der().into()),
        )
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let acceptor = TlsAcceptor::from(Arc::new(tls));
    let serving = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let _ = acceptor.accept(stream).await;
        }
    });
    let server = Server::start().await;
    let mut settings = server.settings(None);
    settings.url = format!("https://localhost:{port}/bigbluebutton/api/").parse().unwrap();
    let outcome = examine(&settings).await;
    assert!(
        failures(&outcome).contains("the certificate of the backend has expired"),
        "{}",
        failures(&outcome)
    );
    serving.abort();
}
