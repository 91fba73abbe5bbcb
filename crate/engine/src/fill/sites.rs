//! The item's own addresses, by the rules of the vault.

use sesame_vault::origin::{Equivalents, Origin, Page, SuffixList};
use sesame_vault::summary::SiteRule;

/// What an item's addresses say about a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SiteMatch {
    /// It is one of them.
    Match,
    /// It would be one over https, but is http (S-60).
    Downgrade,
    /// It is none of them.
    No,
}

/// Where the item belongs, asked by origin as the browser attested it.
pub trait Sites {
    /// Whether the item belongs to the document; `url` is its whole address, attested likewise.
    fn item(&self, origin: &str, url: &str) -> SiteMatch;
    /// Whether two origins are of one registrable domain; false for what is no web origin.
    fn same_site(&self, one: &str, other: &str) -> bool;
}

/// An item's website entries and the list of public suffixes.
pub struct VaultSites<'a> {
    /// Entries of the one item that is to be filled.
    pub entries: &'a [SiteRule],
    /// Needed for entries that stand for a whole registrable domain.
    pub suffixes: &'a SuffixList,
    /// Sites that stand for one another.
    pub equivalents: Equivalents<'a>,
}

impl VaultSites<'_> {
    fn belongs(&self, page: &Origin<'_>, url: &str) -> bool {
        Page::new(page, url, self.suffixes)
            .with_equivalents(self.equivalents)
            .fits(self.entries)
            .is_some()
    }
}

impl Sites for VaultSites<'_> {
    fn item(&self, origin: &str, url: &str) -> SiteMatch {
        let Ok(page) = Origin::parse(origin) else {
            return SiteMatch::No;
        };
        if self.belongs(&page, url) {
            return SiteMatch::Match;
        }
        // The same page over https: then only the encryption is missing, and that is worth saying.
        let (Some(origin), Some(url)) = (origin.strip_prefix("http:"), url.strip_prefix("http:"))
        else {
            return SiteMatch::No;
        };
        let (origin, url) = (format!("https:{origin}"), format!("https:{url}"));
        let encrypted = Origin::parse(&origin).ok();
        if encrypted.is_some_and(|page| self.belongs(&page, &url)) {
            SiteMatch::Downgrade
        } else {
            SiteMatch::No
        }
    }

    fn same_site(&self, one: &str, other: &str) -> bool {
        let (Ok(one), Ok(other)) = (Origin::parse(one), Origin::parse(other)) else {
            return false;
        };
        let domain = self.suffixes.registrable_domain(one.host());
        one.host() == other.host()
            || (domain.is_some() && domain == self.suffixes.registrable_domain(other.host()))
    }
}
