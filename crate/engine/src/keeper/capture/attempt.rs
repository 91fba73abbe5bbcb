//! What a form's values are, once it was sent: whose password, and which.

use crate::api::Attempt;
use sesame_forms::{Purpose, Role, understand};
use sesame_vault::capture::{Capture, Step};
use sesame_vault::item::TimeMs;
use sesame_vault::origin::Origin;

/// Fields of one form that are looked at.
const VALUES_MAX: usize = 40;

/// A capture of the form, or `None` where it was no sign-in, sign-up or change of password.
pub(super) fn read(attempt: &Attempt, now: TimeMs) -> Option<Capture> {
    // An opaque origin has no item, ever (S-65).
    Origin::parse(&attempt.origin).ok()?;
    let understanding = understand(&attempt.snapshot);
    let known: Vec<(usize, Role, &str)> = attempt
        .values
        .iter()
        .take(VALUES_MAX)
        .filter(|(_, value)| !value.is_empty())
        .filter_map(|(field, value)| {
            let group = attempt.snapshot.fields.get(*field)?.group;
            Some((group, *understanding.roles.get(*field)?, value.as_str()))
        })
        .collect();
    let is_password = |role: Role| {
        matches!(
            role,
            Role::CurrentPassword | Role::NewPassword | Role::ConfirmPassword
        )
    };
    let (group, ..) = known
        .iter()
        .find(|(_, role, _)| is_password(*role))
        .or(known.first())?;
    let purpose = *understanding.purposes.get(*group)?;
    let all = |wanted: Role| {
        known
            .iter()
            .filter(move |(of, role, _)| of == group && *role == wanted)
            .map(|(_, _, value)| *value)
    };
    let first = |wanted: Role| all(wanted).next().unwrap_or_default();
    let passwords = Passwords::of(
        purpose,
        &all(Role::CurrentPassword).collect::<Vec<_>>(),
        first(Role::NewPassword),
        first(Role::ConfirmPassword),
    )?;
    let username = [Role::Username, Role::Email, Role::Tel]
        .into_iter()
        .map(first)
        .find(|value| !value.trim().is_empty())
        .unwrap_or_default();
    let nothing = passwords.current.is_empty() && passwords.fresh.is_empty();
    let names = matches!(
        purpose,
        Purpose::Login | Purpose::LoginOrSignup | Purpose::Signup | Purpose::Reauth
    );
    if nothing && (username.is_empty() || !names) {
        return None;
    }
    Some(Capture {
        origin: attempt.origin.clone(),
        at: now,
        step: passwords.step(purpose),
        username: username.to_owned(),
        current: passwords.current.to_owned(),
        fresh: passwords.fresh.to_owned(),
        generated: false,
    })
}

struct Passwords<'a> {
    current: &'a str,
    fresh: &'a str,
}

impl<'a> Passwords<'a> {
    /// `None` where a new password and its repetition differ: no site takes that.
    fn of(purpose: Purpose, current: &[&'a str], fresh: &'a str, again: &'a str) -> Option<Self> {
        if !fresh.is_empty() && !again.is_empty() && fresh != again {
            return None;
        }
        let fresh = if fresh.is_empty() { again } else { fresh };
        Some(match (current, purpose) {
            // Twice the same in a form that does not say what it is: a new one and its repetition.
            ([one, other], _) if fresh.is_empty() && one == other => Self {
                current: "",
                fresh: one,
            },
            ([one, ..], Purpose::Signup) if fresh.is_empty() => Self {
                current: "",
                fresh: one,
            },
            _ => Self {
                current: current.first().copied().unwrap_or_default(),
                fresh,
            },
        })
    }

    fn step(&self, purpose: Purpose) -> Step {
        match (self.current.is_empty(), self.fresh.is_empty()) {
            (_, true) => Step::SignIn,
            (false, false) => Step::Change,
            (true, false) if purpose == Purpose::Change => Step::Change,
            (true, false) => Step::SignUp,
        }
    }
}
