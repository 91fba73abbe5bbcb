//! Does a website entry stand for this page?

use super::{Equivalents, Origin, Scheme, SuffixList};
use crate::item::MatchMode;
use crate::summary::SiteRule;
use std::cell::OnceCell;

/// How closely an entry fits a page; the greater, the closer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Another registrable domain of the same account system.
    Equivalent,
    /// Same registrable domain, or a pattern.
    Loose,
    /// Same host and port.
    Host,
    /// The address begins as the entry does.
    Prefix,
    /// The very address.
    Exact,
}

/// Longest pattern in bytes, and the memory it may compile to.
const PATTERN_MAX: usize = 500;
const PATTERN_MEMORY: usize = 64 * 1024;

/// Whether an item with these entries belongs on a page, and how closely; see [`Page::fits`].
#[must_use]
pub fn matches(
    entries: &[SiteRule],
    origin: &Origin<'_>,
    url: &str,
    suffixes: &SuffixList,
) -> Option<Strength> {
    Page::new(origin, url, suffixes).fits(entries)
}

/// A page that items are looked for.
pub struct Page<'a> {
    origin: Origin<'a>,
    /// Path, query and fragment, where the address is known.
    path: Option<&'a str>,
    suffixes: &'a SuffixList,
    /// Registrable domain; looked up once for all items.
    domain: OnceCell<Option<&'a str>>,
    equivalents: Equivalents<'a>,
    /// Other domains of the page's account system; looked up once for all items.
    related: OnceCell<Vec<&'a str>>,
}

impl<'a> Page<'a> {
    /// A page of this origin. `url` is its whole address as the browser says it; it counts only if
    /// it lies within `origin`.
    #[must_use]
    pub fn new(origin: &Origin<'a>, url: &'a str, suffixes: &'a SuffixList) -> Self {
        let split = Origin::split_url(url).ok();
        let path = split
            .filter(|(of_url, _)| of_url == origin)
            .map(|(_, path)| path);
        Self {
            origin: *origin,
            path,
            suffixes,
            domain: OnceCell::new(),
            equivalents: Equivalents::default(),
            related: OnceCell::new(),
        }
    }

    /// The same page, with entries of equivalent sites counting too (S-87).
    #[must_use]
    pub fn with_equivalents(self, equivalents: Equivalents<'a>) -> Self {
        Self {
            equivalents,
            ..self
        }
    }

    /// Whether an item with these entries belongs here, and how closely. One "never" entry of the
    /// page's host rules the item out.
    #[must_use]
    pub fn fits(&self, entries: &[SiteRule]) -> Option<Strength> {
        let never = |entry: &SiteRule| *entry.mode() == MatchMode::Never;
        if entries
            .iter()
            .any(|entry| never(entry) && self.is_host_of(&entry.url))
        {
            return None;
        }
        entries
            .iter()
            .filter_map(|entry| self.strength(entry))
            .max()
    }

    fn strength(&self, entry: &SiteRule) -> Option<Strength> {
        if *entry.mode() == MatchMode::Regex {
            return self.fits_pattern(&entry.url).then_some(Strength::Loose);
        }
        let (stored, stored_path) = Origin::split_url(&entry.url).ok()?;
        if self.is_equivalent(entry.mode(), &stored) {
            return Some(Strength::Equivalent);
        }
        if !same_scheme_and_port(&stored, &self.origin) {
            return None;
        }
        let same_host = stored.host() == self.origin.host();
        match entry.mode() {
            MatchMode::Host => same_host.then_some(Strength::Host),
            MatchMode::Site if same_host => Some(Strength::Host),
            MatchMode::Site => self.same_site(stored.host()).then_some(Strength::Loose),
            MatchMode::Exact => {
                let same = same_host
                    && path(without_fragment(self.path?)) == path(without_fragment(stored_path));
                same.then_some(Strength::Exact)
            }
            MatchMode::StartsWith => {
                let begins = same_host && path(self.path?).starts_with(path(stored_path));
                begins.then_some(Strength::Prefix)
            }
            MatchMode::Regex | MatchMode::Never | MatchMode::Other(_) => None,
        }
    }

    /// Registrable domains, never only the ends of strings: evil-example.com is not example.com,
    /// and what is below a private suffix is somebody else's (S-66).
    fn same_site(&self, stored_host: &str) -> bool {
        let domain = self.domain();
        // The end decides most cases without the list.
        domain.is_some_and(|domain| {
            stored_host.ends_with(domain)
                && self.suffixes.registrable_domain(stored_host) == Some(domain)
        })
    }

    fn domain(&self) -> Option<&'a str> {
        *self
            .domain
            .get_or_init(|| self.suffixes.registrable_domain(self.origin.host()))
    }

    /// Entries that stand for a host or a site also stand for another domain of the same account system,
    /// encrypted on both sides and on the usual port. Within one domain the entry's own mode decides.
    fn is_equivalent(&self, mode: &MatchMode, stored: &Origin<'_>) -> bool {
        let plain = |origin: &Origin<'_>| {
            origin.scheme() == Scheme::Https && origin.has_default_port() && !origin.is_ip()
        };
        if !matches!(mode, MatchMode::Host | MatchMode::Site) || !plain(&self.origin) {
            return false;
        }
        let related = self.related.get_or_init(|| {
            self.domain()
                .map_or_else(Vec::new, |domain| self.equivalents.of(domain))
        });
        plain(stored)
            && related.iter().any(|domain| {
                stored.host().ends_with(domain)
                    && self.suffixes.registrable_domain(stored.host()) == Some(*domain)
            })
    }

    /// The pattern must describe the whole address. An unencrypted page needs a pattern that says
    /// so itself, because "https?" is how people write without thinking of it (S-60).
    fn fits_pattern(&self, pattern: &str) -> bool {
        let Some(path_part) = self.path else {
            return false;
        };
        let says_http = pattern
            .strip_prefix('^')
            .unwrap_or(pattern)
            .starts_with("http:");
        if pattern.len() > PATTERN_MAX || (self.origin.scheme() == Scheme::Http && !says_http) {
            return false;
        }
        // On its own first: "a)|(?:.*" would close the group and match everything.
        let alone = compiled(pattern);
        let whole = alone.and_then(|_| compiled(&format!("^(?:{pattern})$")));
        whole.is_some_and(|regex| regex.is_match(&self.address(path_part)))
    }

    fn address(&self, path_part: &str) -> String {
        let scheme = match self.origin.scheme() {
            Scheme::Http => "http",
            Scheme::Https => "https",
        };
        let port = if self.origin.has_default_port() {
            String::new()
        } else {
            format!(":{}", self.origin.port())
        };
        format!("{scheme}://{}{port}{}", self.origin.host(), path(path_part))
    }

    fn is_host_of(&self, url: &str) -> bool {
        Origin::of_url(url).is_ok_and(|stored| stored.host() == self.origin.host())
    }
}

fn compiled(pattern: &str) -> Option<regex_lite::Regex> {
    regex_lite::RegexBuilder::new(pattern)
        .size_limit(PATTERN_MEMORY)
        .build()
        .ok()
}

/// An entry made on http also holds where its site moved to https; never the other way (S-60).
fn same_scheme_and_port(stored: &Origin<'_>, page: &Origin<'_>) -> bool {
    match (stored.scheme(), page.scheme()) {
        (Scheme::Https, Scheme::Http) => false,
        (Scheme::Http, Scheme::Https) => {
            stored.port() == page.port() || (stored.has_default_port() && page.has_default_port())
        }
        _ => stored.port() == page.port(),
    }
}

fn path(path: &str) -> &str {
    if path.is_empty() { "/" } else { path }
}

fn without_fragment(path: &str) -> &str {
    path.split_once('#').map_or(path, |(before, _)| before)
}
