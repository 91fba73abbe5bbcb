//! Where a secret belongs: canonical origins, registrable domains and match rules.
//!
//! The browser parses addresses, because it is the browser's parser that decides which page gets
//! what (S-67). What arrives here is the browser's own spelling, and anything else is refused:
//! this file never repairs an address of a page.

mod address;
mod equivalent;
mod rule;
mod suffix;

pub use address::{host_of, is_loopback, normalise_address};
pub use equivalent::{BUILT_IN, Equivalents};
pub use rule::{Page, Strength, matches};
pub use suffix::{SuffixList, compile};

use std::net::{Ipv4Addr, Ipv6Addr};

/// Scheme of a page that may hold a sign-in form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Unencrypted.
    Http,
    /// Encrypted.
    Https,
}

/// A canonical `http:` or `https:` origin, borrowed from the text it was parsed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin<'a> {
    scheme: Scheme,
    host: &'a str,
    port: u16,
}

/// The text is not a canonical web origin: opaque (`null`), another scheme, another spelling (S-65).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a canonical http or https origin")]
pub struct NotAnOrigin;

impl<'a> Origin<'a> {
    /// Parses an origin as browsers serialise it: `https://host` or `https://host:port`, host in
    /// lower-case ASCII, no default port, nothing after it.
    ///
    /// # Errors
    /// [`NotAnOrigin`] for everything else, a trailing dot after the host included.
    pub fn parse(text: &'a str) -> Result<Self, NotAnOrigin> {
        let (scheme, rest) = split_scheme(text).ok_or(NotAnOrigin)?;
        let (host, port) = split_port(rest).ok_or(NotAnOrigin)?;
        let default = default_port(scheme);
        let port = match port {
            None => default,
            Some(digits) => canonical_port(digits)
                .filter(|p| *p != default)
                .ok_or(NotAnOrigin)?,
        };
        if is_canonical_host(host) {
            Ok(Self { scheme, host, port })
        } else {
            Err(NotAnOrigin)
        }
    }

    /// The origin of a stored or reported canonical address (`scheme://host[:port]/...`).
    ///
    /// # Errors
    /// As [`Self::parse`].
    pub fn of_url(url: &'a str) -> Result<Self, NotAnOrigin> {
        Self::split_url(url).map(|(origin, _)| origin)
    }

    /// The origin, and what follows it from the first `/`, `?` or `#`.
    pub(crate) fn split_url(url: &'a str) -> Result<(Self, &'a str), NotAnOrigin> {
        let after_scheme = url
            .find("://")
            .and_then(|at| at.checked_add(3))
            .ok_or(NotAnOrigin)?;
        let rest = url.get(after_scheme..).ok_or(NotAnOrigin)?;
        let len = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let end = after_scheme.saturating_add(len);
        let (origin, path) = url.split_at_checked(end).ok_or(NotAnOrigin)?;
        Ok((Self::parse(origin)?, path))
    }

    /// Unencrypted or encrypted.
    #[must_use]
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// Host, lower-case ASCII; an IPv6 address in brackets.
    #[must_use]
    pub fn host(&self) -> &'a str {
        self.host
    }

    /// Port, also where it is the scheme's default.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Whether the port is the scheme's own.
    #[must_use]
    pub fn has_default_port(&self) -> bool {
        self.port == default_port(self.scheme)
    }

    /// Whether the host is an IP address, which has no parent domain.
    #[must_use]
    pub fn is_ip(&self) -> bool {
        is_ip(self.host)
    }
}

fn split_scheme(text: &str) -> Option<(Scheme, &str)> {
    let https = text
        .strip_prefix("https://")
        .map(|rest| (Scheme::Https, rest));
    https.or_else(|| {
        text.strip_prefix("http://")
            .map(|rest| (Scheme::Http, rest))
    })
}

/// Splits `host[:port]`; the colons of an IPv6 address are inside brackets.
fn split_port(rest: &str) -> Option<(&str, Option<&str>)> {
    let host_end = match rest.strip_prefix('[') {
        Some(_) => rest.find(']')?.checked_add(1)?,
        None => rest.find(':').unwrap_or(rest.len()),
    };
    let (host, tail) = rest.split_at_checked(host_end)?;
    if tail.is_empty() {
        Some((host, None))
    } else {
        Some((host, Some(tail.strip_prefix(':')?)))
    }
}

fn canonical_port(digits: &str) -> Option<u16> {
    let canonical = !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|_| canonical)
}

fn default_port(scheme: Scheme) -> u16 {
    match scheme {
        Scheme::Http => 80,
        Scheme::Https => 443,
    }
}

/// Labels of lower-case ASCII letters, digits, `-` and `_`, or an IP address in its one spelling.
fn is_canonical_host(host: &str) -> bool {
    if let Some(inner) = host.strip_prefix('[').and_then(|h| h.strip_suffix(']')) {
        return inner.parse::<Ipv6Addr>().is_ok()
            && inner
                .bytes()
                .all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f' | b':'));
    }
    // A last label of digits makes it an IPv4 address for every browser.
    let last = host.rsplit('.').next().unwrap_or("");
    if last.bytes().all(|b| b.is_ascii_digit()) {
        return is_ip(host);
    }
    host.len() <= 253
        && host.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && label
                    .bytes()
                    .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_'))
        })
}

fn is_ip(host: &str) -> bool {
    host.starts_with('[') || host.parse::<Ipv4Addr>().is_ok()
}

#[cfg(test)]
mod tests;
