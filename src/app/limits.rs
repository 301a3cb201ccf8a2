//! How often one client may ask for what costs us work or lets somebody guess.

use std::hash::{BuildHasher, RandomState};
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

/// A whole school may sit behind one address.
const LAUNCHES: (u32, u32) = (240, 480);
/// Personal links are opened by one person at a time; nobody guesses 256 bits, but nobody shall try either.
const REDEMPTIONS: (u32, u32) = (60, 60);
/// Clients are counted in this many buckets, so that a flood of addresses cannot fill the memory.
const BUCKETS: u64 = 1 << 15;

/// Somebody asks too often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many requests from one client")]
pub struct TooMany;

/// The limits of one instance. Nothing about a client is kept but a bucket number.
#[derive(Debug)]
pub struct Limits {
    logins: Limit,
    launches: Limit,
    redemptions: Limit,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            logins: Limit::new(LAUNCHES),
            launches: Limit::new(LAUNCHES),
            redemptions: Limit::new(REDEMPTIONS),
        }
    }
}

impl Limits {
    /// Beginning a launch.
    pub fn login(&self, address: IpAddr) -> Result<(), TooMany> {
        self.logins.check(address)
    }

    /// Finishing a launch, and everything that follows it without a proof of who it is.
    pub fn launch(&self, address: IpAddr) -> Result<(), TooMany> {
        self.launches.check(address)
    }

    /// Redeeming a personal link.
    pub fn redeem(&self, address: IpAddr) -> Result<(), TooMany> {
        self.redemptions.check(address)
    }
}

#[derive(Debug)]
struct Limit {
    limiter: DefaultKeyedRateLimiter<u64>,
    /// With a random key, so that nobody can choose to share a bucket with somebody else.
    hasher: RandomState,
}

impl Limit {
    /// So many a minute, and so many at once after a quiet time.
    fn new((a_minute, at_once): (u32, u32)) -> Self {
        let positive = |number| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
        let quota = Quota::per_minute(positive(a_minute)).allow_burst(positive(at_once));
        Self {
            limiter: RateLimiter::keyed(quota),
            hasher: RandomState::new(),
        }
    }

    fn check(&self, address: IpAddr) -> Result<(), TooMany> {
        let bucket = self.hasher.hash_one(network(address)) % BUCKETS;
        self.limiter.check_key(&bucket).map_err(|_| TooMany)
    }
}

/// One client: an IPv4 address, or the /64 network that a provider gives to one home.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => {
            let prefix = address.to_bits() & !u128::from(u64::MAX);
            IpAddr::V6(Ipv6Addr::from_bits(prefix))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exhaust(limits: &Limits, address: &str) -> usize {
        let address = address.parse().unwrap();
        (0..10_000).take_while(|_| limits.redeem(address).is_ok()).count()
    }

    #[test]
    fn one_client_is_stopped_and_another_is_not() {
        let limits = Limits::default();
        let allowed = exhaust(&limits, "192.0.2.1");
        assert!((60..80).contains(&allowed), "{allowed}");
        assert!(limits.redeem("198.51.100.9".parse().unwrap()).is_ok());
        assert!(
            limits.login("192.0.2.1".parse().unwrap()).is_ok(),
            "each limit counts for itself"
        );
    }

    #[test]
    fn all_addresses_of_an_ipv6_home_are_one_client() {
        let limits = Limits::default();
        exhaust(&limits, "2001:db8:1:2::1");
        assert_eq!(limits.redeem("2001:db8:1:2:ffff::7".parse().unwrap()), Err(TooMany));
        assert!(limits.redeem("2001:db8:1:3::1".parse().unwrap()).is_ok());
    }

    #[test]
    fn an_ipv4_address_written_as_ipv6_is_the_same_client() {
        let limits = Limits::default();
        exhaust(&limits, "192.0.2.1");
        assert_eq!(limits.redeem("::ffff:192.0.2.1".parse().unwrap()), Err(TooMany));
    }
}
