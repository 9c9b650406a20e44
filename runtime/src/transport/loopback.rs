//! Hosts of this machine.

use std::net::IpAddr;
#[cfg(any(feature = "async", feature = "blocking"))]
use std::net::{Ipv4Addr, Ipv6Addr};

/// Returns true if a host is this machine: an address in `127.0.0.0/8`, `::1`, `localhost` or a name below it.
pub(crate) fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    address.map_or_else(|_| is_localhost(host), |address| address.is_loopback())
}

/// Returns the addresses of `localhost` and the names below it, `None` for other hosts. These names are not
/// looked up, since a DNS server could return another machine
/// ([RFC 6761, section 6.3](https://www.rfc-editor.org/rfc/rfc6761#section-6.3)).
#[cfg(any(feature = "async", feature = "blocking"))]
pub(super) fn addresses(host: &str) -> Option<[IpAddr; 2]> {
    is_localhost(host).then_some([IpAddr::V6(Ipv6Addr::LOCALHOST), IpAddr::V4(Ipv4Addr::LOCALHOST)])
}

fn is_localhost(name: &str) -> bool {
    let last = name.strip_suffix('.').unwrap_or(name).rsplit('.').next();
    last.is_some_and(|label| label.eq_ignore_ascii_case("localhost"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recognizes_the_hosts_of_this_machine() {
        for host in ["127.0.0.1", "127.9.9.9", "[::1]", "localhost", "LocalHost", "a.localhost", "localhost."]
        {
            assert!(is_loopback(host), "{host}");
        }
        for host in
            ["127.0.0.1.test", "localhost.test", "alocalhost", "10.0.0.1", "[::2]", "0.0.0.0", "a", ""]
        {
            assert!(!is_loopback(host), "{host}");
        }
    }

    #[cfg(any(feature = "async", feature = "blocking"))]
    #[test]
    fn names_below_localhost_are_not_looked_up() {
        let addresses = addresses("a.localhost").unwrap();
        assert!(addresses.iter().all(IpAddr::is_loopback));
        assert_eq!(super::addresses("127.0.0.1"), None);
        assert_eq!(super::addresses("localhost.test"), None);
    }
}
