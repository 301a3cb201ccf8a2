//! What the store keeps of platforms, on both databases.

use jiff::{SignedDuration, Timestamp};
use lti13_tool::Registration;
use sprechzimmer::app::decide;
use sprechzimmer::private::{Secret, SecretHash};
use sprechzimmer::store::{Approval, INVITATION_LIFE, Store, StoreError, StoredPlatform};

use crate::databases::both;

const ISSUER: &str = "https://moodle.example.org";
const CLIENT: &str = "Ab3";

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000).unwrap() + SignedDuration::from_secs(seconds)
}

fn hash() -> SecretHash {
    Secret::new([9; 32]).hash()
}

fn platform(deployments: &[&str]) -> StoredPlatform {
    StoredPlatform {
        name: "Moodle".to_owned(),
        product: "moodle".to_owned(),
        registration: Registration {
            issuer: ISSUER.to_owned(),
            client_id: CLIENT.to_owned(),
            authorization_url: format!("{ISSUER}/mod/lti/auth.php"),
            token_url: format!("{ISSUER}/mod/lti/token.php"),
            token_audience: None,
            keys_url: format!("{ISSUER}/mod/lti/certs.php"),
            deployments: deployments.iter().map(|id| (*id).to_owned()).collect(),
            hosts: Vec::new(),
        },
    }
}

async fn approved(store: &Store) -> Vec<String> {
    let all = store.deployments().await.unwrap();
    let given = all
        .into_iter()
        .filter(|deployment| deployment.approval == Approval::Given);
    given.map(|deployment| deployment.deployment_id).collect()
}

#[tokio::test]
async fn a_second_registration_replaces_the_first_and_keeps_what_was_approved() {
    both("reregistered", async |database| {
        let store = database.store().await;
        store
            .keep_platform(&platform(&["1"]), None, &decide(at(0)))
            .await
            .unwrap();
        let mut changed = platform(&["2"]);
        changed.name = "Moodle (neu)".to_owned();
        changed.registration.token_audience = Some("https://audience.example.org".to_owned());
        changed.registration.keys_url = "https://keys.example.org/".to_owned();
        changed.registration.hosts = ["eins.example", "zwei.example"].map(str::to_owned).into();
        store.keep_platform(&changed, None, &decide(at(1))).await.unwrap();
        let kept = store.platforms().await.unwrap();
        changed.registration.deployments.clear();
        assert_eq!(kept, [changed]);
        assert_eq!(approved(&store).await, ["1", "2"]);
        store.remove_platform(ISSUER, CLIENT, &decide(at(36))).await.unwrap();
        assert!(store.platforms().await.unwrap().is_empty() && store.deployments().await.unwrap().is_empty());
        let again = store.remove_platform(ISSUER, CLIENT, &decide(at(36))).await;
        assert!(matches!(again, Err(StoreError::NotFound)));
        let acts = store.acts(None).await.unwrap();
        let acts: Vec<_> = acts
            .iter()
            .map(|act| (act.act.as_str(), act.platform.as_deref()))
            .collect();
        let about = Some("https://moodle.example.org/Ab3");
        assert_eq!(
            acts,
            [
                ("platform-removed", about),
                ("platform-added", about),
                ("platform-added", about)
            ],
            "what came to nothing is no act"
        );
    })
    .await;
}

#[tokio::test]
async fn who_can_write_into_the_database_but_has_no_key_file_registers_nobody() {
    both("forged_platform", async |database| {
        let store = database.store().await;
        store.keep_platform(&platform(&[]), None, &decide(at(0))).await.unwrap();
        store.meet_deployment(ISSUER, CLIENT, "1", at(0)).await.unwrap();
        let seal = "(select seal from platform limit 1)";
        let forged = format!("update deployment set seal = {seal}");
        assert_eq!(database.execute(&forged).await.unwrap(), 1);
        assert!(approved(&store).await.is_empty());
        for column in [
            "issuer",
            "client_id",
            "authorization_url",
            "token_url",
            "token_audience",
            "keys_url",
            "hosts",
        ] {
            store.keep_platform(&platform(&[]), None, &decide(at(0))).await.unwrap();
            assert_eq!(store.platforms().await.unwrap().len(), 1);
            let changed = format!("update platform set {column} = 'https://evil.example'");
            assert_eq!(database.execute(&changed).await.unwrap(), 1, "{column}");
            assert!(store.platforms().await.unwrap().is_empty(), "{column}");
            database.execute("delete from platform").await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn a_platform_that_names_many_deployments_fills_nothing() {
    both("many_deployments", async |database| {
        let store = database.store().await;
        for number in 0..50 {
            let id = number.to_string();
            store.meet_deployment(ISSUER, CLIENT, &id, at(number)).await.unwrap();
            store.meet_deployment(ISSUER, CLIENT, &id, at(number)).await.unwrap();
        }
        assert_eq!(store.deployments().await.unwrap().len(), 20);
        store
            .approve_deployment(ISSUER, CLIENT, "49", &decide(at(60)))
            .await
            .unwrap();
        store.meet_deployment(ISSUER, CLIENT, "49", at(61)).await.unwrap();
        assert_eq!(
            approved(&store).await,
            ["49"],
            "approved without having been remembered, and it stays so"
        );
    })
    .await;
}

#[tokio::test]
async fn a_registration_link_registers_one_platform_within_a_day() {
    both("platform_link", async |database| {
        let store = database.store().await;
        store.invite_platform(&hash(), "Moodle", &decide(at(0))).await.unwrap();
        assert_eq!(store.platform_invitation(&hash(), at(1)).await.unwrap(), "Moodle");
        let late = at(0) + INVITATION_LIFE;
        assert!(matches!(
            store.platform_invitation(&hash(), late).await,
            Err(StoreError::NotFound)
        ));
        assert!(matches!(
            store.claim_invitation(&hash(), late).await,
            Err(StoreError::NotFound)
        ));
        store.claim_invitation(&hash(), at(2)).await.unwrap();
        let second = store.claim_invitation(&hash(), at(3)).await;
        assert!(matches!(second, Err(StoreError::NotFound)), "one at a time");
        store.give_back_invitation(&hash()).await.unwrap();
        store.claim_invitation(&hash(), at(4)).await.unwrap();
        store.claim_invitation(&hash(), at(34)).await.unwrap();
        store
            .keep_platform(&platform(&[]), Some(&hash()), &decide(at(35)))
            .await
            .unwrap();
        assert!(store.platform_invitation(&hash(), at(36)).await.is_err(), "used up");
        store.remove_platform(ISSUER, CLIENT, &decide(at(36))).await.unwrap();
        let again = store
            .keep_platform(&platform(&[]), Some(&hash()), &decide(at(37)))
            .await;
        assert!(matches!(again, Err(StoreError::NotFound)));
        assert!(store.platforms().await.unwrap().is_empty(), "nothing half-stored");
        let acts: Vec<_> = store.acts(None).await.unwrap().into_iter().map(|act| act.act).collect();
        assert_eq!(acts, ["platform-removed", "platform-registered", "platform-invited"]);
    })
    .await;
}

#[tokio::test]
async fn an_expired_link_is_purged() {
    both("old_platform_link", async |database| {
        let store = database.store().await;
        store.invite_platform(&hash(), "Moodle", &decide(at(0))).await.unwrap();
        assert_eq!(store.purge(at(60), at(0)).await.unwrap(), 0);
        assert_eq!(store.purge(at(0) + INVITATION_LIFE, at(0)).await.unwrap(), 1);
    })
    .await;
}
