//! The public internet, and the machines inside that the configuration names: decided on resolved addresses.

use std::error::Error;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use ipnet::IpNet;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// What may be asked. Whoever lets a name point inward after it was looked at gains nothing: the addresses that were looked at
/// are the ones that are connected to.
#[derive(Clone, Debug)]
pub struct Outside(Arc<Named>);

#[derive(Debug, Default)]
struct Named {
    /// Hosts that the configuration names: its author knows where they are.
    hosts: Vec<String>,
    networks: Vec<IpNet>,
}

/// A name leads inward only.
#[derive(Debug, thiserror::Error)]
#[error("the name leads to no address that may be asked")]
struct Inward;

impl Outside {
    /// With these hosts and networks, wherever they lie.
    pub fn and(hosts: Vec<String>, networks: Vec<IpNet>) -> Self {
        Self(Arc::new(Named { hosts, networks }))
    }

    /// Looks at what can be seen without a resolver.
    pub(super) fn may_ask(&self, url: &Url) -> bool {
        let address = match url.host() {
            Some(Host::Ipv4(address)) => IpAddr::V4(address),
            Some(Host::Ipv6(address)) => IpAddr::V6(address),
            Some(Host::Domain(_)) => return true,
            None => return false,
        };
        self.is_named(url.host_str().unwrap_or_default()) || self.may_reach(address)
    }

    fn is_named(&self, host: &str) -> bool {
        self.0.hosts.iter().any(|named| named == host)
    }

    fn may_reach(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        is_public(address) || self.0.networks.iter().any(|network| network.contains(&address))
    }
}

impl Resolve for Outside {
    fn resolve(&self, name: Name) -> Resolving {
        let this = self.clone();
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let is_named = this.is_named(name.as_str());
            let allowed: Vec<SocketAddr> = found.filter(|at| is_named || this.may_reach(at.ip())).collect();
            if allowed.is_empty() {
                return Err(Inward.into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

/// Is this why there was no connection?
pub(super) fn is_inward(error: &(dyn Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(deeper) = cause {
        if deeper.is::<Inward>() {
            return true;
        }
        cause = deeper.source();
    }
    false
}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// Everything that IANA's registry of special-purpose addresses does not take out.
fn is_public_v4(address: Ipv4Addr) -> bool {
    let [first, second, third, _] = address.octets();
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || address.is_multicast()
        || first == 0
        || first >= 240
        || (first == 100 && (64..128).contains(&second))
        || (first == 192 && second == 0 && third == 0)
        || (first == 192 && second == 88 && third == 99)
        || (first == 198 && (second == 18 || second == 19)))
}

/// Global unicast only, without what carries an IPv4 address in it, and without documentation.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    let is_tunnel = first == 0x2002 || (first == 0x2001 && second < 0x200);
    let is_documentation = (first == 0x2001 && second == 0xdb8) || first == 0x3fff;
    (first & 0xe000) == 0x2000 && !is_tunnel && !is_documentation
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outside(networks: &[&str]) -> Outside {
        Outside(Arc::new(Named {
            hosts: vec!["moodle.intern.example".to_owned()],
            networks: networks.iter().map(|network| network.parse().unwrap()).collect(),
        }))
    }

    #[test]
    fn what_lies_inside_is_not_reached_however_it_is_written() {
        let nowhere = outside(&[]);
        for inside in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "192.0.0.8",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:a00:1::",
            "2001:db8::1",
            "2001::1",
            "fec0::1",
        ] {
            assert!(!nowhere.may_reach(inside.parse().unwrap()), "{inside}");
        }
        for public in [
            "193.174.13.1",
            "8.8.8.8",
            "2a00:1450:4001::5e",
            "2001:638:a::1",
            "::ffff:8.8.8.8",
        ] {
            assert!(nowhere.may_reach(public.parse().unwrap()), "{public}");
        }
        for url in [
            "http://127.1/",
            "http://2130706433/",
            "http://[::ffff:127.0.0.1]/",
            "https://0x7f.1/",
        ] {
            assert!(!nowhere.may_ask(&url.parse().unwrap()), "{url}");
        }
    }

    #[test]
    fn a_network_of_ones_own_is_reached_when_the_configuration_names_it() {
        let school = outside(&["10.20.0.0/16"]);
        assert!(
            school.may_reach("10.20.3.4".parse().unwrap()) && school.may_reach("::ffff:10.20.3.4".parse().unwrap())
        );
        assert!(!school.may_reach("10.21.3.4".parse().unwrap()));
    }

    #[tokio::test]
    async fn a_name_that_leads_inward_resolves_to_nothing_and_a_named_host_to_itself() {
        let inward = |outcome: Result<Addrs, Box<dyn Error + Send + Sync>>| match outcome {
            Ok(addresses) => panic!("{:?}", addresses.collect::<Vec<_>>()),
            Err(error) => is_inward(&*error),
        };
        assert!(inward(outside(&[]).resolve("localhost".parse().unwrap()).await));
        let named = Outside(Arc::new(Named {
            hosts: vec!["localhost".to_owned()],
            networks: Vec::new(),
        }));
        assert!(named.resolve("localhost".parse().unwrap()).await.unwrap().count() > 0);
    }
}
