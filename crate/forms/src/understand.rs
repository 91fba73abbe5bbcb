//! What every field and every form of a snapshot is.

use crate::features::{Evidence, Reason, look};
use crate::lexicon::Concept;
use crate::purpose::{PurposeReason, Verdict, purpose};
use crate::role::{Purpose, Role};
use crate::snapshot::{Field, Group, Snapshot, Tag};
use crate::{codes, dates, neighbours};
use serde::Serialize;

/// Lowest score that makes a field more than [`Role::None`].
const LEAST: f32 = 1.2;

/// Lowest score of a second user name in one form.
const SECOND: f32 = 3.0;

/// Coarse kind of a field, before the form's purpose is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    Password,
    Identifier,
    Code,
    Rest,
}

/// A field with what was seen of it.
pub(crate) struct Seen<'a> {
    pub(crate) index: usize,
    pub(crate) field: &'a Field,
    pub(crate) evidence: &'a Evidence,
    pub(crate) family: Family,
    /// Role by itself, before the form has its say.
    pub(crate) role: Role,
}

/// The answer, index for index with the snapshot.
#[derive(Clone, Debug, Default)]
pub struct Understanding {
    /// Role of each field. Hidden ones have theirs, too; the plan leaves them alone.
    pub roles: Vec<Role>,
    /// Purpose of each group, from the fields that can be seen.
    pub purposes: Vec<Purpose>,
    pub(crate) reasons: Vec<Vec<Reason>>,
    pub(crate) purpose_reasons: Vec<Vec<PurposeReason>>,
}

/// Everything that led to an answer, heaviest first.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    /// The field's role.
    pub role: Role,
    /// Purpose of its group.
    pub purpose: Purpose,
    /// Why the role.
    pub reasons: Vec<Reason>,
    /// Why the purpose.
    pub purpose_reasons: Vec<PurposeReason>,
}

impl Understanding {
    /// Why a field was taken for what it was; `None` for a field that is not in the snapshot.
    #[must_use]
    pub fn explain(&self, snapshot: &Snapshot, field: usize) -> Option<Explanation> {
        let group = snapshot.fields.get(field)?.group;
        Some(Explanation {
            role: *self.roles.get(field)?,
            purpose: *self.purposes.get(group)?,
            reasons: heaviest_first(self.reasons.get(field)?, |reason| reason.weight),
            purpose_reasons: heaviest_first(self.purpose_reasons.get(group)?, |reason| {
                reason.weight
            }),
        })
    }
}

/// A short list put in order one by one: the standard library's sort is 5 kB for each type in a module that
/// every wake of the service worker reads.
fn heaviest_first<T: Clone>(list: &[T], weight: impl Fn(&T) -> f32) -> Vec<T> {
    let mut ordered: Vec<T> = Vec::with_capacity(list.len());
    for one in list {
        let place = ordered.partition_point(|other| weight(other).abs() >= weight(one).abs());
        ordered.insert(place, one.clone());
    }
    ordered
}

/// Understands a snapshot: every field by itself, then each form from its fields, then its fields again
/// in the light of what the form is for.
#[must_use]
pub fn understand(snapshot: &Snapshot) -> Understanding {
    let evidence: Vec<Evidence> = snapshot.fields.iter().map(look).collect();
    let boxes = codes::boxes(snapshot);
    let mut answer = Understanding {
        roles: vec![Role::None; snapshot.fields.len()],
        ..Understanding::default()
    };
    for (index, group) in snapshot.groups.iter().enumerate() {
        let mut all: Vec<Seen<'_>> = snapshot
            .fields
            .iter()
            .zip(&evidence)
            .enumerate()
            .filter(|(_, (field, _))| field.group == index)
            .map(|(at, (field, evidence))| {
                see(at, field, evidence, boxes.get(at).copied().flatten())
            })
            .collect();
        codes::by_context(snapshot, group, &mut all);
        neighbours::without_plain_doubles(&mut all);
        dates::by_context(&mut all);
        neighbours::name_on_card(&mut all);
        neighbours::lone_identifier(snapshot, group, &mut all);
        let shown = all.iter().any(|seen| seen.field.is_seen());
        // Of a form that is hidden as a whole, one still wants to know what it is.
        let (members, unseen): (Vec<Seen<'_>>, Vec<Seen<'_>>) = all
            .into_iter()
            .partition(|seen| seen.field.is_seen() || !shown);
        let verdict = purpose(snapshot, group, &members);
        assign(&verdict, group, &members, &mut answer.roles);
        assign(
            &verdict,
            group,
            &neighbours::decoys(unseen),
            &mut answer.roles,
        );
        answer.purposes.push(verdict.purpose);
        answer.purpose_reasons.push(verdict.reasons);
    }
    answer.reasons = evidence
        .into_iter()
        .map(|evidence| evidence.reasons)
        .collect();
    answer
}

fn see<'a>(
    index: usize,
    field: &'a Field,
    evidence: &'a Evidence,
    boxed: Option<Role>,
) -> Seen<'a> {
    let role = boxed.unwrap_or_else(|| alone(field, evidence));
    let family = match role {
        Role::CurrentPassword | Role::NewPassword | Role::ConfirmPassword => Family::Password,
        Role::Username | Role::Email => Family::Identifier,
        Role::Otp | Role::OtpOther => Family::Code,
        _ => Family::Rest,
    };
    Seen {
        index,
        field,
        evidence,
        family,
        role,
    }
}

/// The role by the field's own evidence.
fn alone(field: &Field, evidence: &Evidence) -> Role {
    let mut unfit = None;
    if let Some(role) = evidence.token {
        // A token can't make a password of what shows its text (S-72), nor a user name of dots.
        let dots = field.kind == "password";
        let typed = field.tag == Tag::Input;
        let fits = match role {
            Role::Username | Role::Email => !dots && typed,
            // "Mobile number or e-mail" is an identifier, whichever of the two it is called.
            Role::Tel => !evidence.named.has(Concept::Email),
            Role::CurrentPassword | Role::NewPassword => typed && (dots || only_password(evidence)),
            _ => true,
        };
        if fits {
            return role;
        }
        unfit = Some(role);
    }
    let best = evidence.best(LEAST, unfit).unwrap_or(Role::None);
    let named = |concept: Concept| evidence.named.has(concept);
    match best {
        // Its words may weigh more than its dots; codes and answers are dotted, too.
        other if field.kind == "password" => match other {
            Role::Otp | Role::CcCsc | Role::OtpOther => other,
            Role::None if named(Concept::Answer) => other,
            _ => Role::CurrentPassword,
        },
        Role::Otp | Role::OtpOther
            if named(Concept::SentCode) && !named(Concept::Authenticator) =>
        {
            Role::OtpOther
        }
        // "Code" alone is for the words around it to tell.
        Role::Otp if !named(Concept::OneTimeCode) && !named(Concept::Authenticator) => Role::None,
        other => other,
    }
}

/// Whether what shows its text is called a password all the same, and nothing else.
fn only_password(evidence: &Evidence) -> bool {
    let named = |concept: Concept| evidence.named.has(concept);
    named(Concept::Password)
        && !named(Concept::Username)
        && !named(Concept::Email)
        && !named(Concept::Login)
}

/// Gives every field of a group its role, now that the group's purpose is known.
fn assign(verdict: &Verdict, group: &Group, members: &[Seen<'_>], roles: &mut [Role]) {
    let purpose = verdict.purpose;
    let mut set = |index: usize, role: Role| {
        if let Some(slot) = roles.get_mut(index) {
            *slot = role;
        }
    };
    for seen in members {
        set(seen.index, seen.role);
    }
    for (index, role) in passwords(verdict, group, members) {
        set(index, role);
    }
    let signs_in = matches!(
        purpose,
        Purpose::Login | Purpose::LoginOrSignup | Purpose::Reauth | Purpose::Otp
    );
    if let Some(index) = identifier(members).filter(|_| signs_in) {
        for seen in members.iter().filter(|seen| seen.role == Role::Username) {
            // One is known by one name; a second one that is hardly called so is something else.
            if seen.evidence.score(Role::Username) < SECOND {
                set(seen.index, Role::None);
            }
        }
        set(index, Role::Username);
    }
    if purpose == Purpose::Signup {
        // Nobody has an authenticator for an account yet to be: it is a code that was sent.
        for seen in members.iter().filter(|seen| seen.role == Role::Otp) {
            set(seen.index, Role::OtpOther);
        }
    }
}

/// The one field that a sign-in form wants the identifier in.
fn identifier(members: &[Seen<'_>]) -> Option<usize> {
    let password = members
        .iter()
        .position(|seen| seen.family == Family::Password);
    let ranked = members
        .iter()
        .filter(|seen| seen.family == Family::Identifier)
        .map(|seen| {
            (
                seen.index,
                seen.evidence
                    .score(Role::Username)
                    .max(seen.evidence.score(Role::Email) * 0.9),
            )
        })
        .fold(None, |best: Option<(usize, f32)>, next| match best {
            Some(best) if best.1 > next.1 => Some(best),
            _ => Some(next),
        });
    if let Some((index, _)) = ranked {
        return Some(index);
    }
    // No words for it: the last field before the password that one types into and that is nothing else.
    let before = members.get(..password?)?;
    before
        .iter()
        .rev()
        .find(|seen| {
            let typed = seen.field.tag == Tag::Input
                && matches!(seen.field.kind.as_str(), "text" | "tel" | "number");
            let named = seen.evidence.named;
            let other = [
                Concept::Captcha,
                Concept::Voucher,
                Concept::Answer,
                Concept::Code,
            ];
            let plain = !other.iter().any(|concept| named.has(*concept));
            // What the page itself calls part of a card is no user name, wherever it stands.
            let card = seen.evidence.token.is_some_and(Role::is_card);
            let other = matches!(seen.role, Role::Otp | Role::OtpOther | Role::Search);
            typed && plain && !card && !other
        })
        .map(|seen| seen.index)
}

/// Which of the passwords are old, new, or new again (S-71: a mistake here gives the old one away).
fn passwords(verdict: &Verdict, group: &Group, members: &[Seen<'_>]) -> Vec<(usize, Role)> {
    let list: Vec<&Seen<'_>> = members
        .iter()
        .filter(|seen| seen.family == Family::Password)
        .collect();
    let said = |seen: &Seen<'_>, concept: Concept| seen.evidence.named.has(concept);
    let token = |seen: &Seen<'_>| seen.evidence.token.filter(|_| verdict.trusts_tokens);
    let mut fresh = 0;
    let known_old = list
        .iter()
        .any(|seen| token(seen) == Some(Role::CurrentPassword) || said(seen, Concept::Current));
    list.iter()
        .enumerate()
        .map(|(at, seen)| {
            let role = match token(seen) {
                Some(Role::CurrentPassword) => Role::CurrentPassword,
                Some(Role::NewPassword) => Role::NewPassword,
                _ if said(seen, Concept::Current) && !said(seen, Concept::New) => {
                    Role::CurrentPassword
                }
                _ => match verdict.purpose {
                    Purpose::Signup => Role::NewPassword,
                    Purpose::Change => {
                        let first_of_three = at == 0 && list.len() >= 3 && !known_old;
                        // Two that are not told apart are a new one and the same again, if nothing says otherwise.
                        if first_of_three {
                            Role::CurrentPassword
                        } else {
                            Role::NewPassword
                        }
                    }
                    _ if said(seen, Concept::New) && list.len() > 1 => Role::NewPassword,
                    _ if at > 0 && said(seen, Concept::Repeat) => Role::NewPassword,
                    _ if verdict.purpose == Purpose::Other && said(seen, Concept::New) => {
                        Role::NewPassword
                    }
                    _ => Role::CurrentPassword,
                },
            };
            if role != Role::NewPassword {
                return (seen.index, role);
            }
            fresh += 1;
            let again = fresh > 1 || (said(seen, Concept::Repeat) && group.is_form && at > 0);
            (
                seen.index,
                if again {
                    Role::ConfirmPassword
                } else {
                    Role::NewPassword
                },
            )
        })
        .collect()
}

#[cfg(test)]
pub(crate) mod tests;
