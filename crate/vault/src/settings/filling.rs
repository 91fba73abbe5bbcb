//! How pages are filled, as far as the person decides it.

use crate::order::sorted_by;
use crate::origin::{Equivalents, Origin, SuffixList};

/// Groups of equivalent sites that a person may add, and domains in each.
const GROUPS: usize = 50;
const DOMAINS: usize = 20;
/// Names of built-in groups that don't hold; a newer version may have written some of its own.
const OFF: usize = 200;
/// Sites that are never asked about.
const NEVER: usize = 2_000;
/// Bytes of all names together, so that the settings item stays under an item's limit.
const BYTES: usize = 192 * 1024;

/// Settings of filling and saving.
#[derive(Clone, PartialEq, Eq)]
pub struct Filling {
    /// Shows the icon in fields.
    pub icon: bool,
    /// Puts the one-time code on the clipboard after a sign-in was filled (S-84: off at first).
    pub copy_code: bool,
    /// Groups of registrable domains with one account system, the person's own.
    pub equivalents: Vec<Vec<String>>,
    /// Built-in groups that don't hold, by their first domain.
    pub built_in_off: Vec<String>,
    /// Origins where saving is never offered, sorted.
    pub never: Vec<String>,
}

/// Why settings of filling can't be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FillingError {
    /// A group of fewer than two domains, a name that is no registrable domain, an address that is no
    /// origin.
    #[error("not a domain or an origin")]
    Invalid,
    /// More than the settings item keeps.
    #[error("too many")]
    TooMany,
}

impl Default for Filling {
    fn default() -> Self {
        Self {
            icon: true,
            copy_code: false,
            equivalents: Vec::new(),
            built_in_off: Vec::new(),
            never: Vec::new(),
        }
    }
}

impl Filling {
    /// In the one order that is kept, after every name was looked at. Public suffixes themselves are
    /// refused: "all that ends in co.uk" is nobody's account system (S-66).
    ///
    /// # Errors
    /// [`FillingError`]; nothing is repaired.
    pub fn checked(mut self, suffixes: &SuffixList) -> Result<Self, FillingError> {
        let lists = [&mut self.never, &mut self.built_in_off];
        for list in lists.into_iter().chain(&mut self.equivalents) {
            *list = sorted_by(std::mem::take(list), Ord::cmp);
            list.dedup();
        }
        let too_many = self.equivalents.len() > GROUPS
            || self.equivalents.iter().any(|group| group.len() > DOMAINS)
            || self.built_in_off.len() > OFF
            || self.never.len() > NEVER;
        let names = self.equivalents.iter().flatten();
        let names = names.chain(&self.built_in_off).chain(&self.never);
        if too_many || names.map(String::len).sum::<usize>() > BYTES {
            return Err(FillingError::TooMany);
        }
        let is_domain = |name: &String| {
            let origin = format!("https://{name}");
            // A port is no part of a domain.
            Origin::parse(&origin).is_ok_and(|origin| origin.host() == name)
                && suffixes.registrable_domain(name) == Some(name)
        };
        let off_fit = self.built_in_off.iter().all(is_domain);
        let groups_fit = self
            .equivalents
            .iter()
            .all(|group| group.len() >= 2 && group.iter().all(is_domain));
        let origins_fit = self
            .never
            .iter()
            .all(|origin| Origin::parse(origin).is_ok());
        if off_fit && groups_fit && origins_fit {
            Ok(self)
        } else {
            Err(FillingError::Invalid)
        }
    }

    /// The groups that hold.
    #[must_use]
    pub fn equivalents(&self) -> Equivalents<'_> {
        Equivalents::new(&self.built_in_off, &self.equivalents)
    }

    /// Whether saving is never offered on this origin.
    #[must_use]
    pub fn is_never(&self, origin: &str) -> bool {
        self.never.iter().any(|known| known == origin)
    }

    /// Offers saving on this origin no more; false if there is no room, or it is no origin.
    pub fn add_never(&mut self, origin: &str) -> bool {
        if Origin::parse(origin).is_err() {
            return false;
        }
        if self.is_never(origin) {
            return true;
        }
        let room = self.never.len() < NEVER;
        if room {
            let place = self.never.partition_point(|known| known.as_str() < origin);
            self.never.insert(place, origin.to_owned());
        }
        room
    }
}

#[cfg(test)]
mod tests;
