//! How often something may be tried: per account, per address and in total (S-138).
//!
//! Each count is one row in the database, so that several servers share it, changed by one statement,
//! so that two requests at once can't both take the last try. What is stored is the time at which the
//! count would be empty again (the generic cell rate algorithm); names are hashed with a key of the
//! server's, so that the table tells no address (S-156). Nobody is locked out for good: tries come back
//! one by one.

mod charge;

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::clock::DAY_MS;

pub(crate) use charge::{Charged, allows, charge, charge_total, charged, pair, refund};

/// So many tries, of which one comes back each `period / tries`. Written `20/1h`, `3/1d`, `100/10m`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Tries at once.
    pub tries: u32,
    /// Milliseconds until all of them are back.
    pub period_ms: u64,
}

/// Longest time of a count for a network address, in milliseconds: with the day that empty counts are kept
/// on, nothing that was made of an address is older than a week (S-156).
const ADDRESS_MS: u64 = 6 * DAY_MS;

/// The text is not a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotARule {
    /// It can't be read, or there is no such count.
    #[error("expected tries and a time, as in 20/1h (s, m, h or d)")]
    Text,
    /// See [`ADDRESS_MS`].
    #[error("at most 6d: what is made of a network address is forgotten within a week")]
    Long,
}

impl Rule {
    /// What one try costs, in milliseconds of the count.
    #[must_use]
    pub const fn cost_ms(self) -> u64 {
        let tries = if self.tries == 0 { 1 } else { self.tries };
        self.period_ms / widened(tries)
    }

    /// How far ahead of now a count may reach before tries are refused, in milliseconds.
    #[must_use]
    pub const fn room_ms(self) -> u64 {
        self.cost_ms() * widened(self.tries)
    }
}

#[expect(clippy::as_conversions, reason = "u64::from is not const")]
const fn widened(number: u32) -> u64 {
    number as u64
}

impl FromStr for Rule {
    type Err = NotARule;

    fn from_str(text: &str) -> Result<Self, NotARule> {
        let (tries, time) = text.trim().split_once('/').ok_or(NotARule::Text)?;
        let unit_at = time
            .trim_end()
            .char_indices()
            .next_back()
            .map(|(at, _)| at)
            .ok_or(NotARule::Text)?;
        let (count, unit) = time.trim_end().split_at(unit_at);
        let unit_ms: u64 = match unit {
            "s" => 1_000,
            "m" => 60_000,
            "h" => 3_600_000,
            "d" => 86_400_000,
            _ => return Err(NotARule::Text),
        };
        let count: u32 = count.trim().parse().map_err(|_| NotARule::Text)?;
        let tries: u32 = tries.trim().parse().map_err(|_| NotARule::Text)?;
        let period_ms = unit_ms * u64::from(count);
        // A try must cost at least a millisecond, or it would cost nothing.
        if count == 0 || count > 366 || u64::from(tries) > period_ms {
            return Err(NotARule::Text);
        }
        Ok(Self { tries, period_ms })
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, unit) = [(86_400_000, "d"), (3_600_000, "h"), (60_000, "m")]
            .into_iter()
            .find(|(ms, _)| self.period_ms.is_multiple_of(*ms))
            .unwrap_or((1_000, "s"));
        write!(f, "{}/{}{unit}", self.tries, self.period_ms / count)
    }
}

/// What is counted, and for whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// Sign-ins begun and not finished, for one address of mail: a first message counts as a wrong
    /// password until the last one proves the right one (S-139).
    SignInAccount,
    /// The same for one address of mail from one network address: fewer, so that no single stranger
    /// takes all the tries from somebody. A network that the owner signed in from is not preferred: who
    /// shares it could tell by that who has an account (S-118).
    SignInAccountAddress,
    /// The same from one network address.
    SignInAddress,
    /// The same in total.
    SignInTotal,
    /// Sessions asked for and challenges, from one network address.
    SessionAddress,
    /// Mailed codes and links tried from one network address.
    CodeAddress,
    /// Codes for a new account, to one address of mail.
    RegisterMail,
    /// Hints to one account.
    HintMail,
    /// Reset links to one account.
    ResetMail,
    /// Changes of the address begun by one account, and codes to one new address.
    ChangeMail,
    /// Notices to one address of what was done in its account.
    NoticeMail,
    /// Mails asked for without a session, from one network address.
    MailAddress,
    /// The same in total.
    MailTotal,
    /// Proofs for sealed generations tried by one account.
    SealedAccount,
}

impl Count {
    /// Every count.
    pub const ALL: [Self; 14] = [
        Self::SignInAccount,
        Self::SignInAccountAddress,
        Self::SignInAddress,
        Self::SignInTotal,
        Self::SessionAddress,
        Self::CodeAddress,
        Self::RegisterMail,
        Self::HintMail,
        Self::ResetMail,
        Self::ChangeMail,
        Self::NoticeMail,
        Self::MailAddress,
        Self::MailTotal,
        Self::SealedAccount,
    ];

    /// Its name in the configuration.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SignInAccount => "sign_in_account",
            Self::SignInAccountAddress => "sign_in_account_address",
            Self::SignInAddress => "sign_in_address",
            Self::SignInTotal => "sign_in_total",
            Self::SessionAddress => "session_address",
            Self::CodeAddress => "code_address",
            Self::RegisterMail => "register_mail",
            Self::HintMail => "hint_mail",
            Self::ResetMail => "reset_mail",
            Self::ChangeMail => "change_mail",
            Self::NoticeMail => "notice_mail",
            Self::MailAddress => "mail_address",
            Self::MailTotal => "mail_total",
            Self::SealedAccount => "sealed_account",
        }
    }

    /// What holds unless the operator says otherwise.
    #[must_use]
    pub const fn usual(self) -> Rule {
        const MINUTE: u64 = 60_000;
        const HOUR: u64 = 60 * MINUTE;
        const DAY: u64 = 24 * HOUR;
        let (tries, period_ms) = match self {
            Self::SignInAccount | Self::SealedAccount => (20, HOUR),
            Self::SignInAccountAddress => (8, HOUR),
            Self::SignInAddress => (120, HOUR),
            Self::SignInTotal => (6_000, MINUTE),
            Self::SessionAddress => (1_200, HOUR),
            Self::CodeAddress => (60, HOUR),
            Self::RegisterMail | Self::ChangeMail => (5, DAY),
            Self::HintMail | Self::ResetMail => (3, DAY),
            Self::NoticeMail => (60, DAY),
            Self::MailAddress => (30, HOUR),
            Self::MailTotal => (2_000, HOUR),
        };
        Rule { tries, period_ms }
    }

    /// Whether a network address is what, or part of what, it counts for.
    const fn is_by_place(self) -> bool {
        matches!(
            self,
            Self::SignInAccountAddress
                | Self::SignInAddress
                | Self::SessionAddress
                | Self::CodeAddress
                | Self::MailAddress
        )
    }

    fn place(self) -> usize {
        Self::ALL
            .iter()
            .position(|count| *count == self)
            .unwrap_or_default()
    }
}

/// The rule of each count; `None` counts nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits([Option<Rule>; Count::ALL.len()]);

impl Default for Limits {
    fn default() -> Self {
        Self(Count::ALL.map(|count| Some(count.usual())))
    }
}

impl Limits {
    /// No limits at all: for tests, where one machine is everybody.
    #[must_use]
    pub const fn off() -> Self {
        Self([None; Count::ALL.len()])
    }

    /// The rule of a count.
    #[must_use]
    pub fn rule(&self, count: Count) -> Option<Rule> {
        self.0.get(count.place()).copied().flatten()
    }

    /// Sets the rule with this name, as the configuration writes it; `off` counts nothing.
    ///
    /// # Errors
    /// [`NotARule`] for an unknown name, a text that is no rule, or one that remembers for too long.
    pub fn set(&mut self, name: &str, rule: &str) -> Result<(), NotARule> {
        let count = Count::ALL
            .into_iter()
            .find(|count| count.name() == name)
            .ok_or(NotARule::Text)?;
        let rule = match rule.trim() {
            "off" => None,
            text => Some(text.parse::<Rule>()?),
        };
        if count.is_by_place() && rule.is_some_and(|rule| rule.period_ms > ADDRESS_MS) {
            return Err(NotARule::Long);
        }
        if let Some(slot) = self.0.get_mut(count.place()) {
            *slot = rule;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
