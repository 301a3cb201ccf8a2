//! The certificate of another server has expired: it is called so wherever somebody looks, and nothing is given up.

use std::fs;
use std::net::SocketAddr;

use jiff::SignedDuration;
use lti13_tool::{Platform, Registration};
use sprechzimmer::config::{BigBlueButtonSettings, Config};
use url::Url;

use crate::command::program;
use crate::databases::{both, sqlite};
use crate::roster::{drafting, part};
use crate::world::bigbluebutton::{Server, uses_as};
use crate::world::{AUNT, Authority, Container, Front, Issued, TEACHER, TRUSTED, UNCLE, World, until};

const DAY: SignedDuration = SignedDuration::from_hours(24);

fn address(url: &Url) -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], url.port().unwrap()))
}

/// A certificate of yesterday, and its renewal.
fn certificates() -> (Authority, Issued, Issued) {
    let authority = Authority::new();
    let (expired, renewed) = (authority.issue(-DAY * 90, -DAY), authority.issue_for(90));
    (authority, expired, renewed)
}

/// The way to it by TLS.
fn behind(server: &Server, issued: &Issued) -> (BigBlueButtonSettings, Front) {
    let mut settings = server.settings(None);
    let front = Front::of(address(&settings.url), issued);
    settings.url.set_scheme("https").unwrap();
    settings.url.set_host(Some("localhost")).unwrap();
    settings.url.set_port(Some(front.port)).unwrap();
    (settings, front)
}

/// The only video system is this one, and this authority the only one that is trusted.
fn uses(config: &mut Config, settings: BigBlueButtonSettings, authority: &Authority) {
    fs::write(config.key_file.with_file_name(TRUSTED), authority.pem()).unwrap();
    uses_as(config, settings);
}

/// What a command says here.
async fn said(world: &World, arguments: &'static [&str]) -> String {
    let mut command = program(world.folder.path(), arguments);
    command.env("SSL_CERT_FILE", TRUSTED);
    let output = tokio::task::spawn_blocking(move || command.output())
        .await
        .unwrap()
        .unwrap();
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

#[tokio::test]
async fn a_video_system_whose_certificate_has_expired_is_called_so_and_what_is_pending_is_done_when_it_is_renewed() {
    both("expired_video", async |database| {
        let (authority, expired, renewed) = certificates();
        let server = Server::start().await;
        let (settings, front) = behind(&server, &renewed);
        let world = World::program_with(database, |config| uses(config, settings, &authority)).await;
        let (open, next) = (world.opened(&[AUNT]).await, world.sealed(&[UNCLE]).await);
        assert_eq!(server.fake.rooms(), 1);

        front.present(&expired);
        until("the cockpit says so", async || {
            let page = open.get("").await.text();
            page.contains("Das Zertifikat des Videosystems ist abgelaufen. Wer im Raum ist")
                .then_some(())
        })
        .await;
        open.end().await;
        until("the deletion is pending, for this reason", async || {
            let said = said(&world, &["admin", "pending"]).await;
            said.contains("the certificate of the video system has expired")
                .then_some(())
        })
        .await;
        let page = open.get("").await.text();
        assert!(
            page.contains("Das Zertifikat des Videosystems ist abgelaufen."),
            "{page}"
        );
        let ready = world.browser().get("/readyz").await;
        assert!(
            ready.body.contains("the certificate of the backend has expired"),
            "{}",
            ready.body
        );
        let refused = next.try_to_open().await;
        assert_eq!(refused.status, 503);
        let text = refused.text();
        assert!(
            text.contains("Das Zertifikat des Videosystems ist abgelaufen, deshalb öffnen wir dort nichts."),
            "{text}"
        );
        assert_eq!(server.fake.rooms(), 1, "nothing was opened, and nothing was deleted");
        let check = said(&world, &["check"]).await;
        assert!(
            check.contains("problem  video system bbb: ") && check.contains("certificate of the backend has expired"),
            "{check}"
        );
        assert!(world.log().contains("the certificate of the backend has expired"));

        front.present(&renewed);
        next.open().await;
        open.proof().await;
        assert_eq!(server.fake.rooms(), 1, "the new one");
    })
    .await;
}

#[tokio::test]
async fn a_video_system_that_was_never_reached_is_refused_for_its_certificate_and_for_no_rule() {
    let (authority, expired, renewed) = certificates();
    let server = Server::start().await;
    let (settings, front) = behind(&server, &expired);
    let database = sqlite();
    let world = World::program_unready(&database, |config| uses(config, settings, &authority)).await;
    until("the self-test", async || {
        let ready = world.browser().get("/readyz").await;
        (ready.status == 503 && ready.body.contains("the certificate of the backend has expired")).then_some(())
    })
    .await;
    let talk = world.sealed(&[AUNT]).await;
    let refused = talk.try_to_open().await;
    assert_eq!(refused.status, 503);
    assert!(
        refused
            .text()
            .contains("Das Zertifikat des Videosystems ist abgelaufen"),
        "{}",
        refused.text()
    );
    front.present(&renewed);
    talk.open().await;
}

fn registration(platform: &Platform) -> Registration {
    Registration {
        issuer: platform.issuer().to_owned(),
        client_id: platform.client_id().as_str().to_owned(),
        authorization_url: platform.authorization_url().to_string(),
        token_url: platform.token_url().to_string(),
        token_audience: None,
        keys_url: platform.keys_url().to_string(),
        deployments: platform
            .deployments()
            .iter()
            .map(|one| one.as_str().to_owned())
            .collect(),
        hosts: Vec::new(),
    }
}

#[tokio::test]
async fn a_learning_platform_whose_certificate_has_expired_is_called_so_and_nobody_comes_in() {
    let (authority, expired, renewed) = certificates();
    let mut front = None;
    let database = sqlite();
    let mut world = World::program_with(&database, |config| {
        fs::write(config.key_file.with_file_name(TRUSTED), authority.pem()).unwrap();
        let mut registration = registration(&config.platforms[0]);
        let own = Front::of(address(config.platforms[0].keys_url()), &expired);
        registration.keys_url = format!("https://localhost:{}/keys", own.port);
        config.platforms = vec![Platform::new(registration).unwrap()];
        front = Some(own);
    })
    .await;
    // the second one comes while nobody asks again
    for _ in 0..2 {
        let browser = world.browser();
        let page = world.lms.launch(&browser, &TEACHER.claims(), Container::Tab).await;
        assert_eq!(page.status, 503, "{}", page.text());
        assert!(
            page.text().contains("Das Zertifikat der Lernplattform ist abgelaufen"),
            "{}",
            page.text()
        );
        assert!(browser.cookie("__Host-visit").is_none());
    }
    assert_eq!(world.lms.hits(), 0, "nothing was believed");
    let check = said(&world, &["check"]).await;
    assert!(
        check.contains("/keys: the certificate of the other server has expired"),
        "{check}"
    );
    let log = world.log();
    assert!(
        log.contains("keys_certificate_expired") && log.contains("the certificate of the other server has expired")
    );
    front.as_ref().unwrap().present(&renewed);
    // asked anew at once; otherwise within a minute
    world.kill();
    world.run_program().await;
    world.launch(TEACHER).await;
}

#[tokio::test]
async fn a_list_of_the_course_that_cannot_be_read_for_that_reason_is_told_so() {
    let (authority, expired, _) = certificates();
    let database = sqlite();
    // it stands as long as the value
    let mut standing = None;
    let world = World::program_with(&database, |config| {
        fs::write(config.key_file.with_file_name(TRUSTED), authority.pem()).unwrap();
        let mut registration = registration(&config.platforms[0]);
        let token_url = config.platforms[0].token_url();
        let front = standing.insert(Front::of(address(token_url), &expired));
        registration.token_url = format!("https://localhost:{}{}", front.port, token_url.path());
        config.platforms = vec![Platform::new(registration).unwrap()];
    })
    .await;
    let (teacher, draft) = drafting(&world).await;
    let offered = part(&teacher, &draft, "").await;
    let words = "Das Zertifikat Ihrer Lernplattform ist abgelaufen.";
    assert!(offered.text().contains(words), "{}", offered.text());
    assert!(offered.has("[data-members-again]"), "it may work when it was renewed");
    assert!(world.log().contains("the certificate of the other server has expired"));
}
