//! What a form is for, from its words and from what its fields look like.

use crate::features::Evidence;
use crate::lexicon::{Concept, Concepts, concepts};
use crate::role::{Purpose, Role};
use crate::snapshot::{Field, Group, Snapshot};
use crate::understand::{Family, Seen};
use serde::Serialize;

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
}

/// What the words around a group say, apart from its fields.
struct Words {
    buttons: Concepts,
    headings: Concepts,
    attributes: Concepts,
    links: Concepts,
    page: Concepts,
}

impl Words {
    fn of(snapshot: &Snapshot, group: &Group) -> Self {
        let any = |texts: &mut dyn Iterator<Item = &str>| {
            texts.fold(Concepts::default(), |all, text| all.and(concepts(text)))
        };
        let sends = group
            .buttons
            .iter()
            .any(|button| button.submit && button.visible);
        let mut buttons = group
            .buttons
            .iter()
            .filter(|button| button.visible && (button.submit || !sends));
        let mut page = [snapshot.title.as_str(), snapshot.path.as_str()].into_iter();
        Self {
            buttons: any(&mut buttons.by_ref().map(|button| button.text.as_str())),
            headings: any(&mut group.headings.iter().map(String::as_str)),
            attributes: concepts(&group.attributes).and(concepts(path_of(&group.action))),
            links: any(&mut group.links.iter().map(String::as_str)),
            page: any(&mut page).and(any(&mut snapshot
                .headings
                .iter()
                .take(2)
                .map(String::as_str))),
        }
    }

    /// Weighs a meaning where it stands: on the button most, elsewhere on the page least.
    fn weigh(&self, concept: Concept) -> f32 {
        let at = |found: Concepts, weight: f32| if found.has(concept) { weight } else { 0.0 };
        at(self.buttons, 4.0)
            + at(self.headings, 2.5)
            + at(self.attributes, 2.5)
            + at(self.page, 1.0)
    }
}

fn path_of(action: &str) -> &str {
    let rest = action.split_once("://").map_or(action, |(_, rest)| rest);
    let path = rest.split_once('/').map_or("", |(_, path)| path);
    // Cut at a character, not in the middle of one.
    path.char_indices()
        .nth(80)
        .and_then(|(at, _)| path.get(..at))
        .unwrap_or(path)
}

/// Meanings of the words around a group.
pub(crate) fn around(snapshot: &Snapshot, group: &Group) -> Concepts {
    let words = Words::of(snapshot, group);
    words
        .buttons
        .and(words.headings)
        .and(words.attributes)
        .and(words.page)
}

/// The purpose of a group and why.
pub(crate) fn purpose(
    snapshot: &Snapshot,
    group: &Group,
    members: &[Seen<'_>],
) -> (Purpose, Vec<PurposeReason>) {
    let words = Words::of(snapshot, group);
    let count = |family: Family| members.iter().filter(|seen| seen.family == family).count();
    let passwords: Vec<&Seen<'_>> = members
        .iter()
        .filter(|seen| seen.family == Family::Password)
        .collect();
    let (identifiers, codes) = (count(Family::Identifier), count(Family::Code));
    let named = |evidence: &Evidence, concept| evidence.named.has(concept);
    let has = |concept: Concept| passwords.iter().any(|seen| named(seen.evidence, concept));
    let token = |role: Role| members.iter().any(|seen| seen.evidence.token == Some(role));
    let mut tally = Tally(Vec::new());

    let only_signup = words.buttons.has(Concept::Signup) && !words.buttons.has(Concept::Login);
    tally.add_if(
        only_signup && !passwords.is_empty(),
        Purpose::Signup,
        "button: sign up",
        3.0,
    );
    let (login, signup) = (words.weigh(Concept::Login), words.weigh(Concept::Signup));
    tally.add(Purpose::Login, "words: sign in", login);
    tally.add(Purpose::Signup, "words: sign up", signup);
    match passwords.len() {
        0 => without_password(&words, members, identifiers, codes, &mut tally),
        1 => {
            tally.add(Purpose::Login, "one password", 4.0);
            tally.add_if(identifiers == 0, Purpose::Reauth, "password alone", 2.0);
            tally.add(
                Purpose::Reauth,
                "words: confirm",
                words.weigh(Concept::Confirm),
            );
            tally.add_if(identifiers > 1, Purpose::Signup, "several identifiers", 2.0);
            tally.add_if(has(Concept::New), Purpose::Signup, "a new password", 3.0);
            tally.add_if(
                has(Concept::New) && identifiers == 0,
                Purpose::Change,
                "a new password, alone",
                6.0,
            );
            tally.add_if(
                identifiers == 0 && login < 4.0,
                Purpose::Change,
                "words: change",
                words.weigh(Concept::Change),
            );
            tally.add_if(
                words.links.has(Concept::Forgot),
                Purpose::Login,
                "link: forgot",
                3.0,
            );
        }
        two_or_more => {
            tally.add(Purpose::Signup, "two passwords", 6.0);
            tally.add_if(
                has(Concept::Repeat),
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
            tally.add_if(identifiers == 0, Purpose::Change, "no identifier", 7.0);
            tally.add_if(two_or_more > 2, Purpose::Change, "three passwords", 6.0);
            tally.add_if(
                has(Concept::Current),
                Purpose::Change,
                "the current password",
                8.0,
            );
        }
    }
    if !passwords.is_empty() {
        let identity = members
            .iter()
            .filter(|seen| seen.role.is_identity())
            .count();
        tally.add_if(
            identity > 0,
            Purpose::Signup,
            "who and where",
            if identity > 1 { 5.0 } else { 3.0 },
        );
        let changes = token(Role::CurrentPassword) && token(Role::NewPassword);
        tally.add_if(changes, Purpose::Change, "autocomplete: old and new", 12.0);
        tally.add_if(
            token(Role::CurrentPassword),
            Purpose::Login,
            "autocomplete: current",
            6.0,
        );
        tally.add_if(
            token(Role::NewPassword),
            Purpose::Signup,
            "autocomplete: new",
            6.0,
        );
        tally.add_if(
            token(Role::NewPassword) && identifiers == 0,
            Purpose::Change,
            "autocomplete: new, alone",
            6.0,
        );
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
    let both = passwords.len() < 2
        && group
            .buttons
            .iter()
            .filter(|button| button.visible)
            .any(|button| {
                let said = concepts(&button.text);
                said.has(Concept::Login) && said.has(Concept::Signup)
            });
    tally.add_if(
        both && identifiers > 0,
        Purpose::LoginOrSignup,
        "button says both",
        20.0,
    );

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
    let mut best = (Purpose::Other, 1.5);
    for candidate in ranked {
        let score = tally.score(candidate);
        if score > best.1 {
            best = (candidate, score);
        }
    }
    tally.0.retain(|reason| reason.weight != 0.0);
    (best.0, tally.0)
}

fn without_password(
    words: &Words,
    members: &[Seen<'_>],
    identifiers: usize,
    codes: usize,
    tally: &mut Tally,
) {
    let roles = |test: fn(Role) -> bool| members.iter().filter(|seen| test(seen.role)).count();
    let (cards, identity) = (roles(Role::is_card), roles(Role::is_identity));
    let searches = members
        .iter()
        .filter(|seen| seen.role == Role::Search)
        .count();
    tally.add_if(codes > 0, Purpose::Otp, "a code", 8.0);
    tally.add_if(cards > 1, Purpose::Card, "parts of a card", 12.0);
    tally.add_if(
        identity > 1,
        Purpose::Address,
        "who and where",
        if identity > 2 { 6.0 } else { 4.0 },
    );
    tally.add_if(identity > 1, Purpose::Signup, "who and where", 1.0);
    tally.add_if(identity > 1, Purpose::Login, "who and where", -6.0);
    tally.add_if(searches > 0, Purpose::Search, "search", 8.0);
    tally.add_if(searches > 0, Purpose::Login, "search", -6.0);
    if identifiers == 0 {
        // Words alone make no form to sign in with.
        tally.add(Purpose::Login, "nothing to sign in with", -20.0);
        tally.add(Purpose::Signup, "nothing to sign up with", -12.0);
        return;
    }
    let (forgot, newsletter) = (
        words.weigh(Concept::Forgot),
        words.weigh(Concept::Newsletter),
    );
    tally.add(Purpose::ResetRequest, "words: forgot", forgot * 1.5);
    tally.add(Purpose::Newsletter, "words: newsletter", newsletter * 1.5);
    let step = words.buttons.has(Concept::Next) && identifiers == 1;
    tally.add_if(
        step && forgot + newsletter < 2.0,
        Purpose::Login,
        "an identifier and Next",
        3.0,
    );
    let named = |seen: &Seen<'_>| {
        seen.evidence.named.has(Concept::Username) || seen.evidence.named.has(Concept::Account)
    };
    let alone = identifiers == 1 && members.iter().any(named);
    tally.add_if(
        alone && forgot + newsletter < 2.0,
        Purpose::Login,
        "a user name alone",
        2.0,
    );
    let token = members
        .iter()
        .any(|seen| seen.evidence.token == Some(Role::Username));
    tally.add_if(token, Purpose::Login, "autocomplete: username", 5.0);
    let webauthn = members.iter().any(|seen| has_webauthn(seen.field));
    tally.add_if(webauthn, Purpose::Login, "autocomplete: webauthn", 8.0);
    tally.add_if(
        words.links.has(Concept::Forgot),
        Purpose::Login,
        "link: forgot",
        2.0,
    );
    let message = members
        .iter()
        .any(|seen| seen.evidence.named.has(Concept::Message));
    tally.add_if(message, Purpose::Login, "a message to write", -8.0);
}

fn has_webauthn(field: &Field) -> bool {
    field
        .autocomplete
        .to_ascii_lowercase()
        .split_whitespace()
        .any(|token| token == "webauthn")
}
