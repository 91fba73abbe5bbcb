//! The account server's origin: what proofs are bound to, so that a proof for one server is worth
//! nothing at another.

use core::fmt;

use crate::ProtocolError;

/// Longest origin in bytes: a scheme, a host name of 253 and a port.
const ORIGIN_MAX: usize = 270;

/// `https://host[:port]` as a browser writes it; `http` for this machine's own addresses only.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Origin(String);

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Origin({})", self.0)
    }
}

impl Origin {
    /// Reads an origin.
    ///
    /// # Errors
    /// `Text` for another spelling than a browser's (upper case, a slash at the end, the scheme's
    /// own port, a user name, a path), and for `http` to another machine.
    pub fn parse(text: &str) -> Result<Self, ProtocolError> {
        let (scheme, authority) = text.split_once("://").ok_or(ProtocolError::Text)?;
        let secure = match scheme {
            "https" => true,
            "http" => false,
            _ => return Err(ProtocolError::Text),
        };
        let (host, port) = split_port(authority);
        let lawful = text.len() <= ORIGIN_MAX
            && host_name(host)
            && port.is_none_or(|port| port_number(port, if secure { "443" } else { "80" }))
            && (secure || is_loopback(host));
        if lawful {
            Ok(Self(text.to_owned()))
        } else {
            Err(ProtocolError::Text)
        }
    }

    /// The origin.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `host[:port]`, as a `Host` header names it.
    #[must_use]
    pub fn authority(&self) -> &str {
        self.0
            .split_once("://")
            .map_or("", |(_, authority)| authority)
    }

    /// Whether it is one of this machine's own addresses.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        is_loopback(split_port(self.authority()).0)
    }
}

fn split_port(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (authority, None),
    }
}

fn host_name(host: &str) -> bool {
    if let Some(inner) = host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
    {
        // One address has many spellings; a browser writes the one that Rust writes too.
        return inner
            .parse::<core::net::Ipv6Addr>()
            .is_ok_and(|address| address.to_string() == inner);
    }
    host.len() <= 253 && host.split('.').all(host_label)
}

/// One label of a host name, in lower case (RFC 1123).
pub(super) fn host_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

fn port_number(port: &str, default: &str) -> bool {
    port != default
        && !port.starts_with('0')
        && port.bytes().all(|byte| byte.is_ascii_digit())
        && port.parse::<u16>().is_ok()
}

fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host.ends_with(".localhost")
        || host == "[::1]"
        || host
            .parse::<core::net::Ipv4Addr>()
            .is_ok_and(|address| address.is_loopback())
}
