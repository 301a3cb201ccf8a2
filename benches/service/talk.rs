//! One consultation from its opening to its proof, and many people who wait.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use lti13_tool::testing::LaunchClaims;

use crate::browser::{Browser, Container};
use crate::process::Service;

pub(crate) struct Talk {
    /// From the click to the page of the open consultation.
    pub(crate) open: Duration,
    /// From the click on "Beenden und löschen" to the proof.
    pub(crate) end: Duration,
}

pub(crate) async fn measure(service: &Service) -> Talk {
    let teacher = teacher(service).await;
    let (consultation, _) = sealed(&teacher, 1).await;
    Talk {
        open: open(&teacher, &consultation).await,
        end: end(&teacher, &consultation).await,
    }
}

/// Ticks everything and opens the room.
pub(crate) async fn open(teacher: &Browser, consultation: &str) -> Duration {
    let checklist = teacher.get(&format!("{consultation}/opening")).await;
    let mut form = checklist.form(&format!("{consultation}/open"));
    for name in ["people", "cameras", "announcement", "consent"] {
        form = form.set(name, "yes");
    }
    let started = Instant::now();
    let opened = form.send(teacher).await;
    let taken = started.elapsed();
    assert_eq!(opened.status, 200, "{}", opened.text());
    taken
}

/// Ends the talk and waits for the proof.
pub(crate) async fn end(teacher: &Browser, consultation: &str) -> Duration {
    let started = Instant::now();
    teacher.post(&format!("{consultation}/end"), &[]).await;
    let record = consultation.replace("/consultations/", "/records/");
    while teacher.get(&record).await.status != 200 {
        assert!(started.elapsed() < Duration::from_secs(30), "the proof does not come");
    }
    started.elapsed()
}

/// Holds a live waiting page for each of so many people.
pub(crate) async fn wait_with(service: &Service, people: usize) -> Vec<reqwest::Response> {
    let teacher = teacher(service).await;
    let mut pages = Vec::new();
    while pages.len() < people {
        let (_, secrets) = sealed(&teacher, 5).await;
        for secret in secrets {
            let guest = Browser::from_address(
                &service.url,
                &format!("10.1.{}.{}", pages.len() / 250, pages.len() % 250),
            );
            let invited = wait(&guest, &secret).await;
            pages.push(guest.follow(&format!("{invited}/live")).await);
        }
    }
    pages
}

/// From the secret of a personal link into the waiting room. Answers the path of this person's pages.
pub(crate) async fn wait(guest: &Browser, secret: &str) -> String {
    let invited = guest.post("/i", &[("secret", secret)]).await.path;
    guest.post(&format!("{invited}/consent"), &[]).await;
    guest.post(&format!("{invited}/wait"), &[]).await;
    invited
}

pub(crate) async fn teacher(service: &Service) -> Browser {
    let browser = Browser::new(&service.url);
    let claims = LaunchClaims::teacher("4711")
        .named("Lea", "Muster")
        .in_course("7", "8a");
    let page = service.lms.launch(&browser, &claims, Container::Tab).await;
    // a teacher who was never here is asked for a passkey; that can wait
    assert_eq!(page.path, "/passkey/new", "{}", page.text());
    browser
}

/// A consultation with so many guests, its list fixed. Answers its path and the secrets of its personal links.
pub(crate) async fn sealed(teacher: &Browser, guests: usize) -> (String, Vec<String>) {
    let page = teacher.get("/consultations/new").await;
    let path = page.form("/consultations").send(teacher).await.path;
    for guest in 0..guests {
        let page = teacher.get(&path).await;
        let form = page.form(&format!("{path}/participants"));
        form.set("name", &format!("Gast {guest}"))
            .set("way", "link")
            .send(teacher)
            .await;
    }
    let page = teacher.get(&path).await;
    let form = page.form(&format!("{path}/participants"));
    let sealed = form.to(&format!("{path}/seal")).send(teacher).await;
    assert_eq!(sealed.status, 200, "{}", sealed.text());
    let links = teacher.get(&format!("{path}/links")).await.body;
    let secrets: BTreeSet<String> = links
        .match_indices("/i#")
        .map(|(at, _)| links[at + 3..at + 46].to_owned())
        .collect();
    (path, secrets.into_iter().collect())
}
