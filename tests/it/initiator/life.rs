//! From the links to the proof: one room, one person at a time, and nothing left.

use futures_util::future::join_all;
use sprechzimmer::consultation::Phase;
use sprechzimmer::id::PetitionId;
use sprechzimmer::participant::Standing;
use sprechzimmer::private::{Private, Secret};
use sprechzimmer::store::Petition;

use super::{CONFIRMED, erased, id, load, now, opened, sealed, store, wait};
use crate::world::{Browser, Page, TEACHER, World};

fn link(page: &Page) -> Secret {
    let link = page.attribute(".link input", "value").unwrap();
    let (_, secret) = link.split_once("/i#").unwrap();
    Secret::parse(secret).unwrap()
}

#[tokio::test]
async fn the_links_page_shows_the_one_link_whose_hash_is_stored() {
    let world = World::start().await;
    let teacher = world.launch(TEACHER).await;
    let path = sealed(&teacher).await;
    let page = teacher.get(&format!("{path}/links")).await;
    let store = store(&world).await;
    let (person, consultation) = store.by_invitation(&link(&page).hash()).await.unwrap();
    assert_eq!(consultation, id(&path));
    assert!(page.has("figure.qr svg[role=img] path"));
    assert!(!page.body.contains(" style="), "the policy allows no inline style");
    let letter = teacher.get(&format!("{path}/participants/{person}/letter")).await;
    assert!(letter.text().contains("Hallo Mia Beispielkind"));
}

#[tokio::test]
async fn the_calendar_file_names_nobody() {
    let world = World::start().await;
    let teacher = world.launch(TEACHER).await;
    let path = sealed(&teacher).await;
    let kept = load(&store(&world).await, &path).await;
    let person = &kept.participants.first().unwrap().id;
    let file = teacher.get(&format!("{path}/participants/{person}/calendar.ics")).await;
    assert_eq!(file.header("content-type"), "text/calendar; charset=utf-8");
    let text = file.body.replace("\r\n ", "");
    assert!(text.contains("/i#"));
    for name in ["Mia", "Beispiel", TEACHER.family, "Gymnasium"] {
        assert!(!text.contains(name), "{name}");
    }
}

#[tokio::test]
async fn a_renewed_link_voids_the_old_one_and_what_was_agreed_by_it() {
    let world = World::start().await;
    let teacher = world.launch(TEACHER).await;
    let path = sealed(&teacher).await;
    let store = store(&world).await;
    let old = link(&teacher.get(&format!("{path}/links")).await);
    let person = wait(&store, &path, now()).await;
    let page = teacher.post(&format!("{path}/participants/{person}/renew"), &[]).await;
    assert!(store.by_invitation(&old.hash()).await.is_err());
    assert!(store.by_invitation(&link(&page).hash()).await.is_ok());
    let kept = load(&store, &path).await;
    assert_eq!(kept.participants.first().unwrap().standing, Standing::Invited);
    let page = teacher.post(&format!("{path}/participants/{person}/revoke"), &[]).await;
    assert!(!page.has(".link input"), "{}", page.text());
}

#[tokio::test]
async fn without_every_tick_no_room_is_opened() {
    let world = World::start().await;
    let teacher = world.launch(TEACHER).await;
    let path = sealed(&teacher).await;
    let page = teacher.get(&format!("{path}/opening")).await;
    assert!(page.text().contains("§§ 201 und 201a"));
    for missing in 0..CONFIRMED.len() {
        let mut ticks = CONFIRMED.to_vec();
        ticks.remove(missing);
        assert_eq!(teacher.post(&format!("{path}/open"), &ticks).await.status, 422);
    }
    let kept = load(&store(&world).await, &path).await;
    assert!(matches!(kept.phase, Phase::Sealed { .. }));
    assert_eq!(kept.initiator_consented_at, None);
}

#[tokio::test]
async fn twenty_clicks_at_once_open_one_room() {
    let world = World::start().await;
    let teacher = world.launch(TEACHER).await;
    let path = sealed(&teacher).await;
    let open = format!("{path}/open");
    let clicks = (0..20).map(|_| teacher.post(&open, &CONFIRMED));
    for page in join_all(clicks).await {
        assert_eq!(page.status, 200, "{}", page.text());
    }
    let store = store(&world).await;
    assert!(matches!(load(&store, &path).await.phase, Phase::Open(_)));
    assert!(
        store.orphans(jiff::Timestamp::MAX).await.unwrap().is_empty(),
        "no second room was begun"
    );
}

#[tokio::test]
async fn only_who_waits_is_admitted_and_nobody_while_the_waiting_room_is_closed() {
    let world = World::start().await;
    let teacher = world.launch(TEACHER).await;
    let path = opened(&teacher).await;
    let store = store(&world).await;
    let person = load(&store, &path).await.participants.first().unwrap().id.clone();
    let admit = format!("{path}/participants/{person}/admit");
    assert_eq!(teacher.post(&admit, &[]).await.status, 409, "nobody waits yet");
    wait(&store, &path, now()).await;
    let fragment = teacher.get(&format!("{path}/people")).await;
    assert_eq!(
        fragment
            .attribute("[data-waiting-count]", "data-waiting-count")
            .as_deref(),
        Some("1")
    );
    teacher.post(&format!("{path}/lock"), &[]).await;
    let refused = teacher.post(&admit, &[]).await;
    assert_eq!(refused.status, 409);
    assert!(refused.text().contains("Der Warteraum ist geschlossen."));
    teacher.post(&format!("{path}/unlock"), &[]).await;
    assert_eq!(teacher.post(&admit, &[]).await.status, 200);
    let kept = load(&store, &path).await;
    assert_eq!(kept.admissions, 1);
    assert!(matches!(
        kept.participants.first().unwrap().standing,
        Standing::Admitted { .. }
    ));
}

#[tokio::test]
async fn who_is_turned_away_has_no_way_in_any_more() {
    let world = World::start().await;
    let teacher = world.launch(TEACHER).await;
    let path = opened(&teacher).await;
    let store = store(&world).await;
    let link = link(&teacher.get(&format!("{path}/links")).await);
    let person = wait(&store, &path, now()).await;
    teacher
        .post(&format!("{path}/participants/{person}/turn-away"), &[])
        .await;
    assert!(store.by_invitation(&link.hash()).await.is_err());
    let renew = teacher.post(&format!("{path}/participants/{person}/renew"), &[]).await;
    assert_eq!(renew.status, 409, "for good");
}

#[tokio::test]
async fn an_account_is_recognised_once_and_as_one_person() {
    let world = World::start().await;
    let teacher = world.launch(TEACHER).await;
    let path = sealed(&teacher).await;
    let store = store(&world).await;
    let kept = load(&store, &path).await;
    let petition = Petition {
        id: PetitionId::new([5; 16]),
        person: store.vault().person("issuer", "client", "1", "somebody"),
        name: Private::new("Frau B. aus dem Kurs".to_owned()),
        made_at: now(),
    };
    store.ask(&kept.place, &petition).await.unwrap();
    let page = teacher.get(&path).await;
    assert!(page.text().contains("Frau B. aus dem Kurs"));
    let confirm = format!("{path}/petitions/{}/confirm", petition.id);
    let [pupil, mother] = kept.participants.as_slice() else {
        panic!("two people are on the list");
    };
    let wrong = teacher.post(&confirm, &[("participant", pupil.id.as_str())]).await;
    assert_eq!(wrong.status, 409, "somebody with a link has no account");
    let page = teacher.post(&confirm, &[("participant", mother.id.as_str())]).await;
    assert!(!page.text().contains("Frau B. aus dem Kurs"));
    let kept = load(&store, &path).await;
    assert_eq!(
        kept.participant(&mother.id).unwrap().person.as_ref(),
        Some(&petition.person)
    );
    assert_eq!(
        teacher
            .post(&confirm, &[("participant", mother.id.as_str())])
            .await
            .status,
        404
    );
}

async fn proven(teacher: &Browser, path: &str) -> Page {
    let events = teacher.follow(&format!("{path}/live")).await;
    teacher.post(&format!("{path}/end"), &[]).await;
    erased(teacher, events, path).await;
    let page = teacher.get(path).await;
    assert_eq!(page.path, format!("/records/{}", id(path)));
    page
}

#[tokio::test]
async fn the_end_leads_to_a_proof_that_names_nobody() {
    let world = World::start().await;
    let teacher = world.launch(TEACHER).await;
    let path = opened(&teacher).await;
    let store = store(&world).await;
    wait(&store, &path, now()).await;
    let page = proven(&teacher, &path).await;
    assert_eq!(page.body.matches("class=\"state kept\"").count(), 10, "{}", page.text());
    let file = teacher.get(&format!("{}/download", page.path)).await;
    assert!(file.header("content-disposition").starts_with("attachment"));
    for text in [&page.body, &file.body] {
        for name in ["Beispiel", TEACHER.family, TEACHER.given] {
            assert!(!text.contains(name), "{name}");
        }
    }
    assert!(
        !file.body.contains("src=") && !file.body.contains("href="),
        "a file of its own"
    );
    let overview = teacher.get("/overview").await;
    assert!(overview.body.contains(&page.path));
    assert!(store.load(&id(&path)).await.is_err());
}
