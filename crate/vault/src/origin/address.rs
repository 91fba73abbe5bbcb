//! Addresses as people type them into an item.

use super::{Origin, is_ip};

/// Brings a typed address into the spelling that matching understands: a scheme in front (https,
/// or http for this machine), scheme and host in lower case, no default port, no user name, no
/// dot at the end. What can't be brought there (a host in another script, which the browser must
/// translate first) stays as typed, and matches no page.
#[must_use]
pub fn normalise_address(typed: &str) -> String {
    let typed = typed.trim();
    let (scheme, rest) = match typed.split_once("://") {
        Some((scheme, rest)) => (Some(scheme.to_ascii_lowercase()), rest),
        None => (None, typed.trim_start_matches('/')),
    };
    if scheme
        .as_deref()
        .is_some_and(|scheme| !matches!(scheme, "http" | "https"))
    {
        return typed.to_owned();
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let authority = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    let lower = authority.to_ascii_lowercase();
    let (host, port) = match super::split_port(&lower) {
        Some((host, port)) => (host.strip_suffix('.').unwrap_or(host), port),
        None => return typed.to_owned(),
    };
    let scheme = scheme.unwrap_or_else(|| scheme_for(host).to_owned());
    let default = if scheme == "http" { "80" } else { "443" };
    let port = port.filter(|port| !port.is_empty() && *port != default);
    // "host?query" is "host/?query" for every browser.
    let slash = if path.is_empty() || path.starts_with('/') {
        ""
    } else {
        "/"
    };
    let canonical = match port {
        Some(port) => format!("{scheme}://{host}:{port}{slash}{path}"),
        None => format!("{scheme}://{host}{slash}{path}"),
    };
    if Origin::of_url(&canonical).is_ok() {
        canonical
    } else {
        typed.to_owned()
    }
}

/// Nothing leaves the machine on the way to itself, and nobody there has a certificate.
fn scheme_for(host: &str) -> &'static str {
    if is_loopback(host) { "http" } else { "https" }
}

/// Whether a host (an IPv6 address in brackets) is this machine.
#[must_use]
pub fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host.ends_with(".localhost")
        || host == "[::1]"
        || (host.starts_with("127.") && is_ip(host))
}

/// The host of a canonical address.
#[must_use]
pub fn host_of(url: &str) -> Option<&str> {
    Origin::of_url(url).ok().map(|origin| origin.host())
}
