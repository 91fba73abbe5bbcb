//! The item's own addresses, by the rules of the vault.

use super::{SiteMatch, Sites};
use sesame_vault::origin::{Origin, SuffixList, matches};
use sesame_vault::summary::SiteRule;

/// An item's website entries and the list of public suffixes.
pub struct VaultSites<'a> {
    /// Entries of the one item that is to be filled.
    pub entries: &'a [SiteRule],
    /// Needed for entries that stand for a whole registrable domain.
    pub suffixes: &'a SuffixList,
}

impl Sites for VaultSites<'_> {
    fn item(&self, origin: &str, url: &str) -> SiteMatch {
        let Ok(page) = Origin::parse(origin) else {
            return SiteMatch::No;
        };
        if matches(self.entries, &page, url, self.suffixes).is_some() {
            return SiteMatch::Match;
        }
        // The same page over https: then only the encryption is missing, and that is worth saying.
        let (Some(origin), Some(url)) = (origin.strip_prefix("http:"), url.strip_prefix("http:"))
        else {
            return SiteMatch::No;
        };
        let (origin, url) = (format!("https:{origin}"), format!("https:{url}"));
        let encrypted = Origin::parse(&origin).ok();
        match encrypted.and_then(|page| matches(self.entries, &page, &url, self.suffixes)) {
            Some(_) => SiteMatch::Downgrade,
            None => SiteMatch::No,
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
