//! Which fields of which form get what of an item, and which never do.

mod details;
mod login;

use crate::role::{Purpose, Role};
use crate::snapshot::{Field, Snapshot};
use crate::understand::{Understanding, understand};

/// What the login has to give.
#[derive(Clone, Copy, Debug, Default)]
pub struct Has {
    /// A user name.
    pub username: bool,
    /// The user name is an e-mail address.
    pub email: bool,
    /// A password.
    pub password: bool,
    /// A one-time-code secret.
    pub code: bool,
}

/// What there is to give.
#[derive(Clone, Copy, Debug)]
pub enum Offer<'a> {
    /// A login.
    Login(Has),
    /// A payment card, with the roles that it has something for.
    Card(&'a [Role]),
    /// Who and where a person is, likewise.
    Identity(&'a [Role]),
    /// A password that was made for this form.
    NewPassword,
}

/// What a field is to be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Give {
    /// The user name.
    Username,
    /// The password.
    Password,
    /// The whole one-time code.
    Code,
    /// One sign of the code, from 0, of so many boxes.
    CodeSign(usize, usize),
    /// The password that was made for this form.
    NewPassword,
    /// What a card or an identity has for this role.
    Part(Role),
    /// One part of a card's number, from 0, of so many boxes.
    NumberPart(usize, usize),
    /// The country's part of the telephone number.
    CallingCode,
}

impl Give {
    /// Whether it is a secret, by itself.
    #[must_use]
    pub fn is_secret(self) -> bool {
        match self {
            Self::Password | Self::Code | Self::CodeSign(..) | Self::NewPassword => true,
            Self::NumberPart(..) => true,
            Self::Part(role) => matches!(role, Role::CcNumber | Role::CcCsc),
            Self::Username | Self::CallingCode => false,
        }
    }
}

/// What the person does after the fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Sends the form.
    Submit,
    /// Goes on to the next step, where the password is asked for.
    NextStep,
}

/// A plan for one form (S-74).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Index of the group.
    pub group: usize,
    /// What the form is for.
    pub purpose: Purpose,
    /// Fields by index and what each is given, in document order.
    pub gives: Vec<(usize, Give)>,
    /// What is left to do.
    pub next: Option<Next>,
    /// The form has the keyboard focus.
    pub focused: bool,
}

/// Why there is no plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPlan {
    /// Nothing here takes what there is.
    NoForm,
    /// A form is here, but a person can't see it (S-73).
    NotVisible,
}

/// The best form of the snapshot for what there is; with `only`, that group or none. Whether the
/// document's own frame can be seen ([`Snapshot::frame_visible`]) is not asked here: that is known only
/// where the frames above are.
///
/// # Errors
/// [`NoPlan`] where no form takes anything of it.
pub fn plan(snapshot: &Snapshot, offer: Offer<'_>, only: Option<usize>) -> Result<Plan, NoPlan> {
    let understood = understand(snapshot);
    let on = snapshot.focused_group();
    let best = |seen: bool| {
        // Of equals the first on the page.
        (0..snapshot.groups.len())
            .filter(|group| only.is_none_or(|only| only == *group))
            .filter_map(|group| {
                let form = Form {
                    group,
                    purpose: *understood.purposes.get(group)?,
                    members: members(snapshot, &understood, group, seen),
                    focused: on == Some(group),
                };
                match offer {
                    Offer::Login(has) => login::plan(&form, has),
                    Offer::Card(roles) => details::card(&form, roles),
                    Offer::Identity(roles) => details::identity(&form, roles),
                    Offer::NewPassword => login::new_password(&form),
                }
            })
            .min_by_key(Plan::rank)
    };
    match best(true) {
        Some(plan) => Ok(plan),
        None if best(false).is_some() => Err(NoPlan::NotVisible),
        None => Err(NoPlan::NoForm),
    }
}

/// A group with those of its fields that can be filled.
struct Form<'a> {
    group: usize,
    purpose: Purpose,
    members: Vec<Member<'a>>,
    focused: bool,
}

struct Member<'a> {
    index: usize,
    field: &'a Field,
    role: Role,
}

fn members<'a>(
    snapshot: &'a Snapshot,
    understood: &Understanding,
    group: usize,
    seen: bool,
) -> Vec<Member<'a>> {
    snapshot
        .fields
        .iter()
        .enumerate()
        .zip(&understood.roles)
        .filter(|((_, field), _)| {
            field.group == group && field.is_editable() && field.is_seen() == seen
        })
        .map(|((index, field), role)| Member {
            index,
            field,
            role: *role,
        })
        .collect()
}

impl Form<'_> {
    fn count(&self, role: Role) -> usize {
        self.members.iter().filter(|one| one.role == role).count()
    }

    fn has(&self, role: Role) -> bool {
        self.count(role) > 0
    }

    fn plan(&self, gives: Vec<(usize, Give)>, next: Option<Next>) -> Option<Plan> {
        (!gives.is_empty()).then_some(Plan {
            group: self.group,
            purpose: self.purpose,
            gives,
            next,
            focused: self.focused,
        })
    }
}

impl Plan {
    /// Whether anything that it gives is a secret.
    #[must_use]
    pub fn gives_secret(&self) -> bool {
        self.gives.iter().any(|(_, give)| give.is_secret())
    }

    /// Order among plans, lowest first: where the person is, then forms that take a secret, then by
    /// purpose; of forms for a person's details the one that takes most.
    #[must_use]
    pub fn rank(&self) -> (bool, bool, u8, usize) {
        let purpose = match self.purpose {
            Purpose::Login => 0,
            Purpose::Reauth | Purpose::LoginOrSignup => 1,
            Purpose::Otp => 2,
            Purpose::Change => 3,
            _ => 4,
        };
        let parts = self
            .gives
            .iter()
            .filter(|(_, give)| matches!(give, Give::Part(_)))
            .count();
        let left = usize::MAX.saturating_sub(parts);
        (!self.focused, !self.gives_secret(), purpose, left)
    }
}

#[cfg(test)]
mod tests;
