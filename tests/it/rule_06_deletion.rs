//! Rule 6: with the end of the talk its room and everything personal are gone, and no old way leads back in.

use crate::world::{AUNT, Call, TEACHER, UNCLE, World, redeem};

#[tokio::test]
async fn after_the_end_every_old_way_in_is_refused() {
    let world = World::start().await;
    let (talk, mut initiator, mut people) = world.talking(&[AUNT, UNCLE]).await;
    let (uncle, mut outside) = people.pop().unwrap();
    let (aunt, mut inside) = people.pop().unwrap();
    let links = [talk.link(AUNT).await, talk.link(UNCLE).await];
    let mut telephone = inside.telephone().await;
    telephone.allocate().await.unwrap();
    let (unused, own) = (uncle.ticket().await, talk.post("/ticket").await.body);
    let mut pages = [aunt.follow().await, uncle.follow().await];

    talk.end().await;

    for call in [&mut initiator, &mut inside, &mut outside] {
        assert_eq!(call.closed().await, 4410);
    }
    for page in &mut pages {
        page.leads_to(&format!("/over/{}", talk.id)).await;
    }
    let record = talk.proof().await;
    assert!(record.text().contains(&talk.id));
    // the relay has hung up, and the old credentials open nothing
    assert_eq!(telephone.receive().await, None);
    assert_eq!(inside.telephone().await.allocate().await, Err(401));
    let own: serde_json::Value = serde_json::from_str(&own).unwrap();
    for ticket in [unused.as_str(), own["ticket"].as_str().unwrap()] {
        assert_eq!(Call::hello(&world.url, ticket).await.closed().await, 4403);
    }
    for call in [&initiator, &inside, &outside] {
        assert_eq!(call.resume().await.closed().await, 4403);
    }
    for (guest, link) in [(&aunt, &links[0]), (&uncle, &links[1])] {
        for page in ["", "/devices", "/waiting", "/room", "/incident", "/live", "/state"] {
            assert_eq!(guest.get(page).await.status, 404, "{page}");
        }
        for step in ["/consent", "/decline", "/wait", "/leave", "/ticket", "/incident"] {
            assert_eq!(guest.post(step).await.status, 404, "{step}");
        }
        assert_eq!(redeem(&guest.browser, link).await.status, 404);
        assert_eq!(redeem(&world.browser(), link).await.status, 404);
    }
    for page in ["/room", "/links", "/people", "/opening", "/live", "/end", "/incident"] {
        assert_eq!(talk.get(page).await.status, 404, "{page}");
    }
    for step in ["/ticket", "/open", "/end", "/unlock", "/seal"] {
        assert_eq!(talk.post(step).await.status, 404, "{step}");
    }
    assert_eq!(
        talk.get("").await.path,
        format!("/records/{}", talk.id),
        "what is left is the proof"
    );
}

#[tokio::test]
async fn the_proof_and_the_last_page_name_nobody() {
    let world = World::start().await;
    let (talk, _initiator, people) = world.talking(&[AUNT]).await;
    let (guest, _call) = people.first().unwrap();
    talk.end().await;
    let proof = talk.proof().await;
    let file = talk.teacher.get(&format!("/records/{}/download", talk.id)).await;
    let last = guest.browser.get(&format!("/over/{}", talk.id)).await;
    assert!(file.header("content-disposition").starts_with("attachment"));
    let words = AUNT
        .split_whitespace()
        .chain([TEACHER.given, TEACHER.family, TEACHER.subject]);
    for word in words {
        for page in [&proof, &file, &last] {
            assert_eq!(page.status, 200);
            assert!(!page.body.contains(word), "{word} stands on {}", page.path);
        }
    }
    assert_eq!(
        proof.attributes(".proof > li", "value"),
        (1..=10).map(|rule| rule.to_string()).collect::<Vec<_>>()
    );
}

#[tokio::test]
async fn the_proof_is_for_the_initiator() {
    let world = World::start().await;
    let (talk, _initiator, people) = world.talking(&[AUNT]).await;
    let (guest, _call) = people.first().unwrap();
    talk.end().await;
    talk.proof().await;
    let never = "0".repeat(32);
    let (colleague, _) = world.arrive(&crate::world::COLLEAGUE.claims()).await;
    for browser in [&guest.browser, &colleague, &world.browser()] {
        for page in ["", "/download"] {
            let there = browser.get(&format!("/records/{}{page}", talk.id)).await;
            let nowhere = browser.get(&format!("/records/{never}{page}")).await;
            assert_eq!((there.status, nowhere.status), (404, 404));
        }
    }
    // a new visit of the same person still finds it, in the browser in which it was begun
    let record = format!("/records/{}", talk.id);
    let page = world.launch_again(&talk.teacher, TEACHER).await;
    assert!(page.body.contains(&record));
    let (elsewhere, page) = world.arrive(&TEACHER.claims()).await;
    assert!(!page.body.contains(&record));
    assert_eq!(elsewhere.get(&record).await.status, 404);
}
