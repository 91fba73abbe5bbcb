//! The item's side of filling: opened for the moment in which [`crate::fill`] decides.

use super::{EngineError, EngineResult, Keeper};
use crate::fill::{self, Details, FillItem, Login, Request, VaultSites};
use sesame_forms::{Role, Snapshot, understand};
use sesame_vault::generate::{FieldRules, Generated, Options, generate_for};
use sesame_vault::item::{Item, Kind};
use sesame_vault::summary::{SiteRule, Summary};
use sesame_vault::totp::Totp;
use zeroize::Zeroizing;

impl Keeper {
    /// What to fill where, as `FillVerdict` in JSON. Whether at all is decided in [`crate::fill`].
    ///
    /// # Errors
    /// `NotFound`, also for a kind that is not filled; `Damaged`; `Invalid` for malformed frames.
    pub fn plan_fill(
        &self,
        id: &str,
        row: &[u8],
        frames: &str,
        confirm: &str,
        at: &str,
    ) -> EngineResult<Zeroizing<String>> {
        let item = self.kept(id, row)?;
        let code = self.code_maker(&item);
        let filled = match item.kind {
            Kind::Login => FillItem::Login(login(&item, &code)),
            Kind::Card => FillItem::Card(Details(&item.fields)),
            Kind::Identity => FillItem::Identity(Details(&item.fields)),
            Kind::Note | Kind::Other(_) => return Err(EngineError::NotFound),
        };
        let entries = Summary::of(&item).sites;
        self.planned(&filled, &entries, frames, confirm, at)
    }

    /// The same for a password that was made for the page; it must be in the history of generated ones
    /// already, so that it can't be lost with the page.
    ///
    /// # Errors
    /// `Locked`; `NotFound` for a value that is not in the history; `Invalid` for malformed frames.
    pub fn plan_suggested(
        &self,
        value: &str,
        frames: &str,
        confirm: &str,
        at: &str,
    ) -> EngineResult<Zeroizing<String>> {
        let history = self.generator_history()?;
        if value.is_empty() || !history.iter().any(|kept| kept.value == value) {
            return Err(EngineError::NotFound);
        }
        self.planned(&FillItem::Suggested(value), &[], frames, confirm, at)
    }

    /// A password for the new-password fields of the form that the person is in, or of the first that has
    /// some: as wished, as far as the form takes it. Needs no vault.
    ///
    /// # Errors
    /// `Invalid` where no such password is possible.
    pub fn suggest(&mut self, snapshot: &Snapshot, wish: &Options) -> EngineResult<Generated> {
        let roles = understand(snapshot).roles;
        let fresh = |group: Option<usize>| {
            let fields = snapshot.fields.iter().zip(&roles);
            fields
                .filter(move |(field, role)| {
                    matches!(role, Role::NewPassword | Role::ConfirmPassword)
                        && group.is_none_or(|group| group == field.group)
                })
                .map(|(field, _)| field)
                .collect::<Vec<_>>()
        };
        let group = snapshot
            .focused_group()
            .filter(|group| !fresh(Some(*group)).is_empty())
            .or_else(|| fresh(None).first().map(|field| field.group));
        let fields = group.map_or_else(Vec::new, |group| fresh(Some(group)));
        let rules: Vec<FieldRules<'_>> = fields
            .into_iter()
            .map(|field| FieldRules {
                password_rules: &field.password_rules,
                pattern: whole(&field.pattern),
                min_length: field.min_length,
                max_length: field.max_length,
            })
            .collect();
        Ok(generate_for(&rules, wish, self.host.random())?)
    }

    /// User name and password for a server that asks before there is a page, as `HttpVerdict` in JSON.
    ///
    /// # Errors
    /// `NotFound`, also for what is no login; `Damaged`.
    pub fn http_credentials(
        &self,
        id: &str,
        row: &[u8],
        origin: &str,
        url: &str,
    ) -> EngineResult<Zeroizing<String>> {
        let item = self.kept(id, row)?;
        if item.kind != Kind::Login {
            return Err(EngineError::NotFound);
        }
        let entries = Summary::of(&item).sites;
        let code = self.code_maker(&item);
        fill::http_credentials(&login(&item, &code), &self.sites(&entries)?, origin, url)
            .map_err(|_| EngineError::Invalid)
    }

    /// An item that is not in the bin.
    fn kept(&self, id: &str, row: &[u8]) -> EngineResult<Item> {
        let item = self.item(id, row)?;
        if item.deleted.is_some() {
            return Err(EngineError::NotFound);
        }
        Ok(item)
    }

    fn code_maker<'a>(&self, item: &'a Item) -> impl Fn() -> Option<Zeroizing<String>> + 'a {
        let now = self.host.now() / 1000;
        move || Some(Zeroizing::new(Totp::parse(&item.totp).ok()?.code(now)))
    }

    fn sites<'a>(&'a self, entries: &'a [SiteRule]) -> EngineResult<VaultSites<'a>> {
        Ok(VaultSites {
            entries,
            suffixes: &self.suffixes,
            equivalents: self.opened()?.settings.filling.equivalents(),
        })
    }

    fn planned(
        &self,
        item: &FillItem<'_>,
        entries: &[SiteRule],
        frames: &str,
        confirm: &str,
        at: &str,
    ) -> EngineResult<Zeroizing<String>> {
        let request = Request {
            frames,
            confirm,
            at,
            now_ms: self.host.now(),
        };
        fill::plan(item, &self.sites(entries)?, &request).map_err(|_| EngineError::Invalid)
    }
}

/// A pattern that may have been cut off by the script means something else than it says.
fn whole(pattern: &str) -> &str {
    /// UTF-16 units of any text in a snapshot (`LIMITS.text` in extension/shared/page.ts).
    const CUT: usize = 160;
    if pattern.encode_utf16().count() < CUT {
        pattern
    } else {
        ""
    }
}

fn login<'a>(item: &'a Item, code: &'a dyn Fn() -> Option<Zeroizing<String>>) -> Login<'a> {
    Login {
        username: &item.username,
        password: &item.password,
        totp: (!item.totp.is_empty()).then_some(code),
    }
}
