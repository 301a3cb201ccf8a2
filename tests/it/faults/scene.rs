//! A talk that has come so far that an act can follow, and what must be left of it afterwards: one record.

use reqwest::redirect::Policy;
use sprechzimmer::reaper::Proof;

use super::choices::Act;
use super::house::House;
use crate::logs;
use crate::world::{AUNT, Call, Guest, TEACHER, Talk, redeem, until};

/// A way into the room that somebody holds.
enum Way {
    Ticket(String),
    /// Of the initiator, and of the guest.
    Addresses([String; 2]),
}

pub(super) struct Scene {
    pub(super) talk: Talk,
    guest: Guest,
    link: String,
    person: String,
    way: Option<Way>,
}

impl Scene {
    pub(super) async fn before(house: &House, act: Act) -> Self {
        let world = &house.world;
        let talk = world.sealed(&[AUNT]).await;
        let link = talk.link(AUNT).await;
        let person = talk.person(AUNT).await;
        let guest = world.guest(&link).await;
        guest.consent().await;
        let mut scene = Self {
            talk,
            guest,
            link,
            person,
            way: None,
        };
        if act == Act::Open {
            return scene;
        }
        scene.talk.open().await;
        scene.guest.wait().await;
        if act == Act::Admit {
            return scene;
        }
        if house.there.is_some() {
            scene.talk.go_in().await;
        }
        scene.talk.admit(AUNT).await;
        if act != Act::Ask {
            scene.way = Some(scene.ask(house).await);
        }
        scene
    }

    async fn ask(&self, house: &House) -> Way {
        if house.there.is_none() {
            return Way::Ticket(self.guest.ticket().await);
        }
        let led = [self.talk.get("/room").await, self.guest.get("/room").await];
        Way::Addresses(led.map(|page| page.location.unwrap_or_else(|| panic!("{}", page.body))))
    }

    /// Whatever comes of it.
    pub(super) async fn act(&self, act: Act, house: &House) {
        let (teacher, guest) = (&self.talk.teacher, &self.guest);
        match (act, &self.way) {
            (Act::Open, _) => {
                let ticks = ["people", "cameras", "announcement", "consent"].map(|tick| (tick, "yes"));
                let _ = teacher.try_post_form(&self.talk.path("/open"), &ticks).await;
            }
            (Act::Admit, _) => {
                let admit = format!("/participants/{}/admit", self.person);
                let _ = teacher.try_post(&self.talk.path(&admit)).await;
            }
            (Act::Ask, _) if house.there.is_none() => {
                let _ = guest.browser.try_post(&format!("{}/ticket", guest.own)).await;
            }
            (Act::Ask, _) => {
                let _ = guest.browser.try_get(&format!("{}/room", guest.own)).await;
            }
            (Act::Enter, Some(Way::Ticket(ticket))) => {
                let _ = Call::try_hello(&self.talk.service, ticket).await;
            }
            (Act::Enter, _) => {
                let _ = teacher.try_get(&self.talk.path("/room")).await;
            }
            (Act::End, _) => {
                let _ = teacher.try_post(&self.talk.path("/end")).await;
            }
            (Act::Watch | Act::Start, _) => {}
        }
    }

    /// Ended by its initiator, if it has not ended by itself.
    pub(super) async fn proof(&self, house: &House) -> Proof {
        let kept = format!("select proof from record where id = '{}'", self.talk.id);
        let proof = until("the record", async || {
            // from whichever step it has come to
            for end in ["/cancel", "/end"] {
                let _ = self.talk.teacher.try_post(&self.talk.path(end)).await;
            }
            house.database.texts(&kept).await.into_iter().next()
        })
        .await;
        serde_json::from_str(&proof).unwrap()
    }

    /// Nothing else is left of it.
    pub(super) async fn is_gone(&self, house: &House, proof: &Proof) {
        let database = &house.database;
        assert_eq!(proof.room.is_some(), proof.room_gone_at.is_some(), "{proof:?}");
        assert_eq!(proof.invited, 1, "{proof:?}");
        let count = database.texts("select cast(count(*) as TEXT) from record").await;
        assert_eq!(count, [house.records.to_string()], "one for each talk");
        let tables = [
            "consultation",
            "participant",
            "ticket",
            "incident",
            "open_page",
            "sighting",
        ];
        let rows = tables
            .map(|table| format!("select '{table}' from {table}"))
            .join(" union all ");
        assert_eq!(database.texts(&rows).await, [""; 0]);
        let named = database.files_with_any(&[AUNT, TEACHER.family]).await;
        assert!(named.is_empty(), "{named:?}");
        match &self.way {
            Some(Way::Ticket(ticket)) => {
                logs::must_stay_secret(ticket);
                assert_eq!(Call::hello(&house.world.url, ticket).await.closed().await, 4403);
            }
            Some(Way::Addresses(addresses)) => {
                for address in addresses {
                    is_refused(address).await;
                }
            }
            None => {}
        }
        assert_eq!(redeem(&house.world.browser(), &self.link).await.status, 404);
        assert_eq!(self.guest.ask_ticket().await.status, 404);
    }
}

/// The video system leads whoever comes by this address to its error, and nobody in.
async fn is_refused(address: &str) {
    let client = reqwest::Client::builder().redirect(Policy::none()).build().unwrap();
    let answer = client.get(address).send().await.unwrap();
    let to = answer.headers()["location"].to_str().unwrap();
    assert!(
        to.contains("errors=") && !to.contains("html5client"),
        "somebody comes in"
    );
}
