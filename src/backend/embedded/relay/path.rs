//! Where a packet came from: the 5-tuple as the relay sees it (RFC 8656 §2.2), which is never printed.

use std::fmt;
use std::net::{IpAddr, SocketAddr};

/// The socket a packet came in by.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Line {
    /// Index of one of our UDP sockets.
    Datagram(u8),
    /// Serial number of a TCP or TLS connection; numbers are never used twice.
    Stream(u64),
}

/// One client socket. An IPv4 client seen by an IPv6 socket is the same client as on IPv4.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Path {
    pub(super) line: Line,
    pub(super) remote: SocketAddr,
}

impl Path {
    pub fn new(line: Line, remote: SocketAddr) -> Self {
        let remote = match remote.ip().to_canonical() {
            v4 @ IpAddr::V4(_) => SocketAddr::new(v4, remote.port()),
            IpAddr::V6(_) => remote, // keeps the scope of a link-local address
        };
        Self { line, remote }
    }

    pub fn line(&self) -> Line {
        self.line
    }

    pub fn remote(&self) -> SocketAddr {
        self.remote
    }

    /// For the nonce, which is bound to this path.
    pub(super) fn bytes(&self) -> [u8; 27] {
        let (kind, number) = match self.line {
            Line::Datagram(index) => (0, u64::from(index)),
            Line::Stream(number) => (1, number),
        };
        let address = match self.remote.ip() {
            IpAddr::V4(v4) => v4.to_ipv6_mapped(),
            IpAddr::V6(v6) => v6,
        };
        let fields = [kind].into_iter().chain(number.to_be_bytes()).chain(address.octets());
        let mut bytes = [0; 27];
        for (place, byte) in bytes.iter_mut().zip(fields.chain(self.remote.port().to_be_bytes())) {
            *place = byte;
        }
        bytes
    }
}

impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Path({:?}, address withheld)", self.line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv4_client_of_an_ipv6_socket_is_the_ipv4_client() {
        let mapped = Path::new(Line::Datagram(0), "[::ffff:192.0.2.7]:4000".parse().unwrap());
        assert_eq!(mapped, Path::new(Line::Datagram(0), "192.0.2.7:4000".parse().unwrap()));
    }

    #[test]
    fn a_path_does_not_print_its_address() {
        let path = Path::new(Line::Stream(7), "192.0.2.7:4000".parse().unwrap());
        assert!(!format!("{path:?}").contains("192"));
    }
}
