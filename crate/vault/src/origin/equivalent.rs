//! Sites that share one account system: an item of one also belongs on the others.
//!
//! The list below is our own and part of the build; a person adds groups of their own, which are kept
//! in the settings item. Nothing else can add one: whoever could, could have a bank's password offered
//! elsewhere (S-87).

/// Groups of registrable domains, each with the reason why one account holds on all of them. The first
/// domain names the group in the settings of whoever switched it off: it stays.
pub const BUILT_IN: &[&[&str]] = &[
    // One Amazon account signs in at every one of these shops (Japan has accounts of its own).
    &[
        "amazon.com",
        "amazon.ca",
        "amazon.co.uk",
        "amazon.com.au",
        "amazon.de",
        "amazon.es",
        "amazon.fr",
        "amazon.it",
        "amazon.nl",
        "amazon.pl",
        "amazon.se",
    ],
    // The Apple account; iCloud signs in on its own domain.
    &["apple.com", "icloud.com"],
    // One Atlassian account for all products.
    &["atlassian.com", "bitbucket.org", "trello.com"],
    // One eBay account for all countries.
    &[
        "ebay.com",
        "ebay.ca",
        "ebay.co.uk",
        "ebay.com.au",
        "ebay.de",
        "ebay.es",
        "ebay.fr",
        "ebay.it",
        "ebay.nl",
    ],
    // Messenger signs in with the Facebook account, on its own domain.
    &["facebook.com", "messenger.com"],
    // The Google account.
    &["google.com", "youtube.com"],
    // The Microsoft account asks for its password on live.com and on microsoftonline.com.
    &["live.com", "microsoftonline.com", "outlook.com"],
    // The addresses of Proton before and after its new name.
    &["proton.me", "protonmail.com"],
    // One network account for all communities, each signing in on its own domain.
    &[
        "stackexchange.com",
        "askubuntu.com",
        "mathoverflow.net",
        "serverfault.com",
        "stackoverflow.com",
        "superuser.com",
    ],
    // Shop and community share the Steam account.
    &["steampowered.com", "steamcommunity.com"],
    // One unified login for all projects of the foundation.
    &[
        "wikipedia.org",
        "mediawiki.org",
        "wikibooks.org",
        "wikidata.org",
        "wikimedia.org",
        "wikinews.org",
        "wikiquote.org",
        "wikisource.org",
        "wikiversity.org",
        "wikivoyage.org",
        "wiktionary.org",
    ],
    // The same service before and after its new name.
    &["x.com", "twitter.com"],
];

/// The groups that hold: built in, less those that were switched off, and the person's own.
#[derive(Clone, Copy, Default)]
pub struct Equivalents<'a> {
    built_in: &'a [&'a [&'a str]],
    off: &'a [String],
    own: &'a [Vec<String>],
}

impl<'a> Equivalents<'a> {
    /// The build's list without the groups in `off` (by their first domain), and the person's own.
    #[must_use]
    pub fn new(off: &'a [String], own: &'a [Vec<String>]) -> Self {
        Self {
            built_in: BUILT_IN,
            off,
            own,
        }
    }

    /// Other registrable domains of the same account system. Groups are not joined by what they have
    /// in common: each was written down by itself.
    #[must_use]
    pub fn of(&self, domain: &str) -> Vec<&'a str> {
        let built_in = self
            .built_in
            .iter()
            .filter(|group| {
                let name = group.first().copied().unwrap_or_default();
                group.contains(&domain) && !self.off.iter().any(|off| off == name)
            })
            .flat_map(|group| group.iter().copied());
        let own = self
            .own
            .iter()
            .filter(|group| group.iter().any(|one| one == domain))
            .flat_map(|group| group.iter().map(String::as_str));
        built_in
            .chain(own)
            .filter(|other| *other != domain)
            .collect()
    }
}
