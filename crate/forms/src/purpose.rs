//! What a form is for, from its words and from what its fields look like.

mod without_password;
mod words;

use crate::lexicon::{Concept, concepts};
use crate::role::{Purpose, Role};
use crate::snapshot::{Group, Snapshot};
use crate::understand::{Family, Seen};
use serde::Serialize;
use without_password::without_password;
use words::Words;
pub(crate) use words::around;

/// One thing that speaks for (or against) a purpose.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PurposeReason {
    /// Purpose it speaks for.
    pub purpose: Purpose,
    /// What was seen.
    pub feature: &'static str,
    /// How much it weighs.
    pub weight: f32,
}

/// A form with less to say for it is for something else.
const LEAST: f32 = 1.5;

struct Tally(Vec<PurposeReason>);

impl Tally {
    fn add(&mut self, purpose: Purpose, feature: &'static str, weight: f32) {
        self.0.push(PurposeReason {
            purpose,
            feature,
            weight,
        });
    }

    fn add_if(&mut self, when: bool, purpose: Purpose, feature: &'static str, weight: f32) {
        if when {
            self.add(purpose, feature, weight);
        }
    }

    fn score(&self, purpose: Purpose) -> f32 {
        self.0
            .iter()
            .filter(|reason| reason.purpose == purpose)
            .map(|reason| reason.weight)
            .sum()
    }

    fn best(&self) -> Purpose {
        let ranked = [
            Purpose::Login,
            Purpose::Signup,
            Purpose::LoginOrSignup,
            Purpose::Change,
            Purpose::ResetRequest,
            Purpose::Reauth,
            Purpose::Otp,
            Purpose::Card,
            Purpose::Address,
            Purpose::Newsletter,
            Purpose::Search,
        ];
        let mut best = (Purpose::Other, LEAST);
        for candidate in ranked {
            let score = self.score(candidate);
            if score > best.1 {
                best = (candidate, score);
            }
        }
        best.0
    }
}

/// What a group was taken for.
pub(crate) struct Verdict {
    pub(crate) purpose: Purpose,
    pub(crate) reasons: Vec<PurposeReason>,
    /// Whether what `autocomplete` says of the passwords is believed. Some sites say "new" of a
    /// password to sign in with, to keep browsers from filling it, and some know no better.
    pub(crate) trusts_tokens: bool,
}

/// What the purpose is told by.
struct Form<'a> {
    words: Words,
    members: &'a [Seen<'a>],
    passwords: Vec<&'a Seen<'a>>,
    identifiers: usize,
    codes: usize,
}

impl Form<'_> {
    fn password_is(&self, concept: Concept) -> bool {
        let mut all = self.passwords.iter();
        all.any(|seen| seen.evidence.named.has(concept))
    }

    fn identifier_is(&self, concept: Concept) -> bool {
        let mut all = self.members.iter();
        all.any(|seen| seen.family == Family::Identifier && seen.evidence.named.has(concept))
    }

    fn token(&self, role: Role) -> bool {
        let mut all = self.passwords.iter();
        all.any(|seen| seen.evidence.token == Some(role))
    }

    /// How many members have such a role by themselves.
    fn roles(&self, test: fn(Role) -> bool) -> usize {
        self.members.iter().filter(|seen| test(seen.role)).count()
    }
}

/// The purpose of a group and why.
pub(crate) fn purpose(snapshot: &Snapshot, group: &Group, members: &[Seen<'_>]) -> Verdict {
    let count = |family: Family| members.iter().filter(|seen| seen.family == family).count();
    let form = Form {
        words: Words::of(snapshot, group),
        members,
        passwords: members
            .iter()
            .filter(|seen| seen.family == Family::Password)
            .collect(),
        identifiers: count(Family::Identifier),
        codes: count(Family::Code),
    };
    let mut tally = Tally(Vec::new());
    tally.add(
        Purpose::Login,
        "words: sign in",
        form.words.weigh(Concept::Login),
    );
    tally.add(
        Purpose::Signup,
        "words: sign up",
        form.words.weigh(Concept::Signup),
    );
    match form.passwords.len() {
        0 => without_password(&form, &mut tally),
        1 => one_password(&form, &mut tally),
        _ => several_passwords(&form, &mut tally),
    }
    if !form.passwords.is_empty() {
        with_password(&form, &mut tally);
    }
    let trusts_tokens = trusts_tokens(&form, &tally);
    if trusts_tokens {
        tokens(&form, &mut tally);
    }
    let both = form.passwords.len() < 2
        && group
            .buttons
            .iter()
            .filter(|button| button.visible)
            .any(|button| {
                let said = concepts(&button.text);
                said.has(Concept::Login) && said.has(Concept::Signup)
            });
    tally.add_if(
        both && form.identifiers > 0,
        Purpose::LoginOrSignup,
        "button says both",
        20.0,
    );
    let purpose = tally.best();
    tally.0.retain(|reason| reason.weight != 0.0);
    Verdict {
        purpose,
        reasons: tally.0,
        trusts_tokens,
    }
}

fn one_password(form: &Form<'_>, tally: &mut Tally) {
    let words = &form.words;
    let alone = form.identifiers == 0;
    let fresh = form.password_is(Concept::New);
    tally.add(Purpose::Login, "one password", 3.0);
    tally.add_if(alone, Purpose::Reauth, "password alone", 2.0);
    tally.add(
        Purpose::Reauth,
        "words: confirm",
        words.weigh(Concept::Confirm),
    );
    tally.add_if(
        form.identifiers > 1,
        Purpose::Signup,
        "several identifiers",
        2.0,
    );
    tally.add_if(fresh, Purpose::Signup, "a new password", 3.0);
    tally.add_if(
        fresh && alone,
        Purpose::Change,
        "a new password, alone",
        6.0,
    );
    tally.add_if(
        alone && words.weigh(Concept::Login) < 4.0,
        Purpose::Change,
        "words: change",
        words.weigh(Concept::Change),
    );
    for purpose in [Purpose::Login, Purpose::Reauth] {
        let fits = purpose == Purpose::Login || alone;
        let forgot = words.links.has(Concept::Forgot);
        tally.add_if(forgot && fits, purpose, "link: forgot", 3.0);
    }
    // The password only proves who changes it.
    let renewed = form.identifier_is(Concept::New) && !fresh;
    for purpose in [Purpose::Login, Purpose::Signup] {
        tally.add_if(renewed, purpose, "a new identifier", -10.0);
    }
}

fn several_passwords(form: &Form<'_>, tally: &mut Tally) {
    let words = &form.words;
    let whose = if form.identifiers == 0 { 3.0 } else { 6.0 };
    tally.add(Purpose::Signup, "two passwords", whose);
    tally.add_if(
        form.password_is(Concept::Repeat),
        Purpose::Signup,
        "password repeated",
        2.0,
    );
    tally.add(
        Purpose::Change,
        "words: change",
        words.weigh(Concept::Change),
    );
    tally.add(
        Purpose::Change,
        "words: reset",
        words.weigh(Concept::Forgot) * 0.7,
    );
    tally.add_if(form.identifiers == 0, Purpose::Change, "no identifier", 7.0);
    tally.add_if(
        form.passwords.len() > 2,
        Purpose::Change,
        "three passwords",
        6.0,
    );
    tally.add_if(
        form.password_is(Concept::Current),
        Purpose::Change,
        "the current password",
        8.0,
    );
}

/// What holds for any form with a password.
fn with_password(form: &Form<'_>, tally: &mut Tally) {
    let words = &form.words;
    let only_signup = words.buttons.has(Concept::Signup) && !words.buttons.has(Concept::Login);
    tally.add_if(only_signup, Purpose::Signup, "button: sign up", 3.0);
    // One signs in by telephone number, too.
    let who = form.roles(|role| role.is_identity() && role != Role::Tel);
    let identity = form.roles(Role::is_identity);
    let weight = match (who, identity) {
        (0, 0) => 0.0,
        (0, _) => 1.0,
        (_, 1) => 3.0,
        _ => 5.0,
    };
    tally.add(Purpose::Signup, "who and where", weight);
    // One agrees to terms once, at the beginning.
    let terms = words.links.has(Concept::Terms) || words.checks.has(Concept::Terms);
    tally.add_if(terms, Purpose::Signup, "terms", TERMS);
    // And is remembered afterwards.
    let remember = words.checks.has(Concept::Remember);
    tally.add_if(remember, Purpose::Login, "remember me", REMEMBER);
    // A link names the other thing one could do here.
    tally.add_if(
        words.links.has(Concept::Signup),
        Purpose::Login,
        "link: sign up",
        1.5,
    );
    tally.add_if(
        words.links.has(Concept::Login),
        Purpose::Signup,
        "link: sign in",
        1.5,
    );
}

fn tokens(form: &Form<'_>, tally: &mut Tally) {
    let (old, new) = (
        form.token(Role::CurrentPassword),
        form.token(Role::NewPassword),
    );
    tally.add_if(
        old && new,
        Purpose::Change,
        "autocomplete: old and new",
        12.0,
    );
    tally.add_if(old, Purpose::Login, "autocomplete: current", 6.0);
    tally.add_if(new, Purpose::Signup, "autocomplete: new", 6.0);
    tally.add_if(
        new && form.identifiers == 0,
        Purpose::Change,
        "autocomplete: new, alone",
        6.0,
    );
}

/// Weight of terms to agree to. Some ask again at every sign-in.
const TERMS: f32 = 3.5;
/// Weight of being remembered.
const REMEMBER: f32 = 2.0;
/// Weight by which everything else has to speak against a token before it is not believed.
const DOUBT: f32 = 5.0;

/// Weight of words that stand on a button, in a heading or in the form's own name.
const SAID: f32 = 2.5;

fn trusts_tokens(form: &Form<'_>, tally: &Tally) -> bool {
    let (login, signup) = (tally.score(Purpose::Login), tally.score(Purpose::Signup));
    let says = |role: Role| {
        let mut all = form.passwords.iter();
        all.all(|seen| seen.evidence.token == Some(role))
    };
    let buttons = form.words.buttons;
    let (in_, up) = (buttons.has(Concept::Login), buttons.has(Concept::Signup));
    if form.passwords.len() == 1 && says(Role::NewPassword) {
        let fresh = form.password_is(Concept::New) || form.password_is(Concept::Repeat);
        let words = &form.words;
        let said = words.weigh(Concept::Login) >= SAID && words.weigh(Concept::Signup) < SAID;
        let sure = in_ || said || words.links.has(Concept::Forgot);
        return fresh || up || !sure || login < signup + DOUBT;
    }
    if !form.passwords.is_empty() && says(Role::CurrentPassword) {
        // The same old password twice is none of both.
        let twice = form.passwords.len() > 1 && form.password_is(Concept::Repeat);
        return !twice && (!up || in_ || signup < login + DOUBT);
    }
    true
}
