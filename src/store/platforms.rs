//! Learning platforms that were registered while the service runs, and the deployments an administrator has approved.

use jiff::{SignedDuration, Timestamp};
use lti13_tool::Registration;
use sqlx::FromRow;

use super::acts::note;
use super::{Decision, Result, Store, StoreError, read, time, touched, write};
use crate::private::SecretHash;

/// How long a registration link lasts.
pub const INVITATION_LIFE: SignedDuration = SignedDuration::from_hours(24);
/// A registration asks the platform twice, with five seconds of patience each; after this time it has died.
pub(super) const CLAIM_LIFE: SignedDuration = SignedDuration::from_secs(30);
/// A platform can name any number of deployments; more than these are not remembered until one is approved.
const MOST_PENDING: i64 = 20;

const PLATFORMS: &str = "select issuer, client_id, name, product, authorization_url, token_url, token_audience, keys_url, hosts, seal \
     from platform order by issuer, client_id";
const DEPLOYMENTS: &str = "select issuer, client_id, deployment_id, seal, changed_at from deployment \
     order by issuer, client_id, changed_at, deployment_id";
const KEEP: &str = "insert into platform (issuer, client_id, name, product, authorization_url, token_url, token_audience, \
     keys_url, hosts, seal, changed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
     on conflict (issuer, client_id) do update set name = excluded.name, product = excluded.product, \
     authorization_url = excluded.authorization_url, token_url = excluded.token_url, \
     token_audience = excluded.token_audience, keys_url = excluded.keys_url, hosts = excluded.hosts, seal = excluded.seal, \
     changed_at = excluded.changed_at";
const APPROVE: &str = "insert into deployment (issuer, client_id, deployment_id, seal, changed_at) \
     values ($1, $2, $3, $4, $5) \
     on conflict (issuer, client_id, deployment_id) do update set seal = excluded.seal, changed_at = excluded.changed_at";
/// The count is of what this statement sees; a few more in a race do no harm.
const MEET: &str = "insert into deployment (issuer, client_id, deployment_id, changed_at) \
     select $1, $2, $3, cast($4 as BIGINT) where \
     (select count(*) from deployment where issuer = $1 and client_id = $2 and seal is null) < cast($5 as BIGINT) \
     on conflict (issuer, client_id, deployment_id) do nothing";
const INVITE: &str = "insert into platform_invitation (hash, name, expires_at) values ($1, $2, $3)";
const INVITATION: &str = "select name from platform_invitation where hash = $1 and expires_at > $2";
const CLAIM: &str = "update platform_invitation set claimed_at = $2 \
     where hash = $1 and expires_at > $2 and (claimed_at is null or claimed_at <= $3)";
const GIVE_BACK: &str = "update platform_invitation set claimed_at = null where hash = $1";
const USE_UP: &str = "delete from platform_invitation where hash = $1";
pub(super) const EXPIRED_INVITATIONS: &str = "delete from platform_invitation where expires_at <= $1";
const REMOVE: &str = "delete from platform where issuer = $1 and client_id = $2";
const REMOVE_DEPLOYMENTS: &str = "delete from deployment where issuer = $1 and client_id = $2";

/// What an administrator decides about platforms.
const INVITED: &str = "platform-invited";
const REGISTERED: &str = "platform-registered";
const ADDED: &str = "platform-added";
const APPROVED: &str = "platform-approved";
const REMOVED: &str = "platform-removed";

/// A platform of the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPlatform {
    /// What the administrator calls it.
    pub name: String,
    /// `product_family_code` as the platform names it; may be empty.
    pub product: String,
    /// Its deployments are empty here: see [`Store::deployments`].
    pub registration: Registration,
}

/// A deployment that somebody has launched from or that an administrator has approved; also of platforms in the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deployment {
    pub issuer: String,
    pub client_id: String,
    pub deployment_id: String,
    /// When it was approved, or first asked for.
    pub since: Timestamp,
    pub approval: Approval,
}

/// Whether launches from a deployment are accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Approval {
    Pending,
    Given,
}

impl Store {
    /// The platforms of the database. A row that was not written with our key file is left out, with an error in the log.
    pub async fn platforms(&self) -> Result<Vec<StoredPlatform>> {
        let rows: Vec<PlatformRow> = read!(self, |pool| sqlx::query_as(PLATFORMS).fetch_all(pool).await)?;
        let genuine = rows.into_iter().filter_map(|row| {
            let seal = row.seal.clone();
            let platform = StoredPlatform::from(row);
            let is_ours = seal == self.seal_platform(&platform.registration);
            if !is_ours {
                tracing::error!(
                    issuer = platform.registration.issuer,
                    "a platform in the database was not written by this service, and is ignored"
                );
            }
            is_ours.then_some(platform)
        });
        Ok(genuine.collect())
    }

    /// Every deployment that is known, of all platforms. An approval that was not written with our key file is none.
    pub async fn deployments(&self) -> Result<Vec<Deployment>> {
        type Row = (String, String, String, Option<Vec<u8>>, i64);
        let rows: Vec<Row> = read!(self, |pool| sqlx::query_as(DEPLOYMENTS).fetch_all(pool).await)?;
        let deployments = rows
            .into_iter()
            .map(|(issuer, client_id, deployment_id, seal, changed_at)| {
                let approved =
                    seal.is_some_and(|seal| seal == self.seal_deployment(&issuer, &client_id, &deployment_id));
                Ok(Deployment {
                    issuer,
                    client_id,
                    deployment_id,
                    since: time(changed_at)?,
                    approval: if approved { Approval::Given } else { Approval::Pending },
                })
            });
        deployments.collect()
    }

    /// Keeps a platform, with the deployments that its registration names as approved. One of the same issuer and client id is
    /// replaced; deployments approved before stay approved. What came by an invitation uses it up, or nothing is kept.
    pub async fn keep_platform(
        &self,
        platform: &StoredPlatform,
        invitation: Option<&SecretHash>,
        decision: &Decision,
    ) -> Result<()> {
        let (kept, now) = (&platform.registration, decision.at);
        let act = invitation.map_or(ADDED, |_| REGISTERED);
        write!(self, |transaction, _dialect| {
            if let Some(hash) = invitation {
                let used = sqlx::query(USE_UP)
                    .bind(hash.as_bytes())
                    .execute(&mut *transaction)
                    .await?;
                touched(used.rows_affected(), 1)?;
            }
            sqlx::query(KEEP)
                .bind(&kept.issuer)
                .bind(&kept.client_id)
                .bind(&platform.name)
                .bind(&platform.product)
                .bind(&kept.authorization_url)
                .bind(&kept.token_url)
                .bind(&kept.token_audience)
                .bind(&kept.keys_url)
                .bind(kept.hosts.join(" "))
                .bind(self.seal_platform(kept).as_slice())
                .bind(now.as_millisecond())
                .execute(&mut *transaction)
                .await?;
            for deployment in &kept.deployments {
                sqlx::query(APPROVE)
                    .bind(&kept.issuer)
                    .bind(&kept.client_id)
                    .bind(deployment)
                    .bind(
                        self.seal_deployment(&kept.issuer, &kept.client_id, deployment)
                            .as_slice(),
                    )
                    .bind(now.as_millisecond())
                    .execute(&mut *transaction)
                    .await?;
            }
            note!(transaction, decision, act, name(&kept.issuer, &kept.client_id));
        });
        Ok(())
    }

    /// Accepts launches from a deployment.
    pub async fn approve_deployment(
        &self,
        issuer: &str,
        client_id: &str,
        deployment_id: &str,
        decision: &Decision,
    ) -> Result<()> {
        let seal = self.seal_deployment(issuer, client_id, deployment_id);
        write!(self, |transaction, _dialect| {
            let approved = sqlx::query(APPROVE)
                .bind(issuer)
                .bind(client_id)
                .bind(deployment_id)
                .bind(seal.as_slice())
                .bind(decision.at.as_millisecond())
                .execute(&mut *transaction)
                .await?;
            touched(approved.rows_affected(), 1)?;
            let about = format!("{} {deployment_id}", name(issuer, client_id));
            note!(transaction, decision, APPROVED, about);
        });
        Ok(())
    }

    /// Remembers that a known platform has launched from a deployment that nobody has approved.
    pub async fn meet_deployment(
        &self,
        issuer: &str,
        client_id: &str,
        deployment_id: &str,
        now: Timestamp,
    ) -> Result<()> {
        write!(self, |transaction, _dialect| {
            sqlx::query(MEET)
                .bind(issuer)
                .bind(client_id)
                .bind(deployment_id)
                .bind(now.as_millisecond())
                .bind(MOST_PENDING)
                .execute(&mut *transaction)
                .await?;
        });
        Ok(())
    }

    /// Forgets a platform with all its deployments.
    pub async fn remove_platform(&self, issuer: &str, client_id: &str, decision: &Decision) -> Result<()> {
        write!(self, |transaction, _dialect| {
            sqlx::query(REMOVE_DEPLOYMENTS)
                .bind(issuer)
                .bind(client_id)
                .execute(&mut *transaction)
                .await?;
            let removed = sqlx::query(REMOVE)
                .bind(issuer)
                .bind(client_id)
                .execute(&mut *transaction)
                .await?;
            touched(removed.rows_affected(), 1)?;
            note!(transaction, decision, REMOVED, name(issuer, client_id));
        });
        Ok(())
    }

    /// Keeps the hash of a registration link, under the name that the platform shall have here.
    pub async fn invite_platform(&self, hash: &SecretHash, name: &str, decision: &Decision) -> Result<()> {
        write!(self, |transaction, _dialect| {
            sqlx::query(INVITE)
                .bind(hash.as_bytes())
                .bind(name)
                .bind((decision.at + INVITATION_LIFE).as_millisecond())
                .execute(&mut *transaction)
                .await?;
            note!(transaction, decision, INVITED, None::<String>);
        });
        Ok(())
    }

    /// The name under which a registration link registers a platform, if the link still works.
    pub async fn platform_invitation(&self, hash: &SecretHash, now: Timestamp) -> Result<String> {
        let row: Option<(String,)> = read!(self, |pool| sqlx::query_as(INVITATION)
            .bind(hash.as_bytes())
            .bind(now.as_millisecond())
            .fetch_optional(pool)
            .await)?;
        row.map(|(name,)| name).ok_or(StoreError::NotFound)
    }

    /// Lets one registration at a time use a link. It is used up by [`Store::keep_platform`], or given back.
    pub async fn claim_invitation(&self, hash: &SecretHash, now: Timestamp) -> Result<()> {
        let claimed = write!(self, |transaction, _dialect| {
            sqlx::query(CLAIM)
                .bind(hash.as_bytes())
                .bind(now.as_millisecond())
                .bind((now - CLAIM_LIFE).as_millisecond())
                .execute(&mut *transaction)
                .await?
                .rows_affected()
        });
        touched(claimed, 1)
    }

    /// A registration came to nothing; its link works again.
    pub async fn give_back_invitation(&self, hash: &SecretHash) -> Result<()> {
        write!(self, |transaction, _dialect| {
            sqlx::query(GIVE_BACK)
                .bind(hash.as_bytes())
                .execute(&mut *transaction)
                .await?;
        });
        Ok(())
    }

    fn seal_platform(&self, platform: &Registration) -> [u8; 32] {
        let audience = platform.token_audience.as_deref();
        let hosts = platform.hosts.join(" ");
        let parts = [
            platform.issuer.as_str(),
            &platform.client_id,
            &platform.authorization_url,
            &platform.token_url,
            audience.unwrap_or_default(),
            &platform.keys_url,
            &hosts,
        ];
        self.vault.tag("platform", &parts)
    }

    fn seal_deployment(&self, issuer: &str, client_id: &str, deployment_id: &str) -> [u8; 32] {
        self.vault.tag("deployment", &[issuer, client_id, deployment_id])
    }
}

/// As the commands name a platform.
fn name(issuer: &str, client_id: &str) -> String {
    format!("{issuer}/{client_id}")
}

#[derive(FromRow)]
struct PlatformRow {
    issuer: String,
    client_id: String,
    name: String,
    product: String,
    authorization_url: String,
    token_url: String,
    token_audience: Option<String>,
    keys_url: String,
    hosts: String,
    seal: Vec<u8>,
}

impl From<PlatformRow> for StoredPlatform {
    fn from(row: PlatformRow) -> Self {
        Self {
            name: row.name,
            product: row.product,
            registration: Registration {
                issuer: row.issuer,
                client_id: row.client_id,
                authorization_url: row.authorization_url,
                token_url: row.token_url,
                token_audience: row.token_audience,
                keys_url: row.keys_url,
                deployments: Vec::new(),
                hosts: row.hosts.split_whitespace().map(str::to_owned).collect(),
            },
        }
    }
}
