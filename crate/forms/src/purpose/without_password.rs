//! Forms that ask for no password: steps of signing in, and everything else.

use super::{Form, Tally};
use crate::lexicon::Concept;
use crate::role::{Purpose, Role};
use crate::snapshot::{Field, Tag};
use crate::understand::Family;

pub(super) fn without_password(form: &Form<'_>, tally: &mut Tally) {
    let words = &form.words;
    let (cards, identity) = (form.roles(Role::is_card), form.roles(Role::is_identity));
    let named = form.roles(|role| role.is_identity() && role != Role::Tel);
    let searches = form.roles(|role| role == Role::Search);
    tally.add_if(form.codes > 0, Purpose::Otp, "a code", 8.0);
    // Payment pages give each field of a card a frame of its own.
    tally.add_if(
        cards > 0,
        Purpose::Card,
        "parts of a card",
        if cards > 1 { 12.0 } else { 4.0 },
    );
    tally.add_if(
        identity > 1,
        Purpose::Address,
        "who and where",
        if identity > 2 { 6.0 } else { 4.0 },
    );
    tally.add_if(identity > 1, Purpose::Signup, "who and where", 1.0);
    tally.add_if(
        identity > 1 || named > 0,
        Purpose::Login,
        "who and where",
        -6.0,
    );
    tally.add_if(searches > 0, Purpose::Search, "search", 8.0);
    tally.add_if(searches > 0, Purpose::Login, "search", -6.0);
    if form.identifiers == 0 {
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
    tally.add(Purpose::Newsletter, "words: newsletter", newsletter * 2.5);
    // One signs up for a newsletter, too.
    tally.add(Purpose::Signup, "words: newsletter", -newsletter);
    let quiet = forgot + newsletter < 2.0;
    let step = words.buttons.has(Concept::Next) && form.identifiers == 1;
    tally.add_if(step && quiet, Purpose::Login, "an identifier and Next", 3.0);
    let alone = form.identifiers == 1
        && (form.identifier_is(Concept::Username) || form.identifier_is(Concept::Account));
    tally.add_if(alone && quiet, Purpose::Login, "a user name alone", 2.0);
    let mut evidence = form.members.iter().map(|seen| seen.evidence);
    let token = evidence.any(|evidence| evidence.token == Some(Role::Username));
    tally.add_if(token, Purpose::Login, "autocomplete: username", 5.0);
    let webauthn = form.members.iter().any(|seen| has_webauthn(seen.field));
    tally.add_if(webauthn, Purpose::Login, "autocomplete: webauthn", 8.0);
    tally.add_if(
        words.links.has(Concept::Forgot),
        Purpose::Login,
        "link: forgot",
        2.0,
    );
    tally.add_if(
        words.buttons.has(Concept::Guest),
        Purpose::Login,
        "button: as a guest",
        -10.0,
    );
    // What one is known by may be called the subject, too.
    let mut others = form
        .members
        .iter()
        .filter(|seen| seen.family != Family::Identifier);
    let letter = others.any(|seen| {
        seen.evidence.named.has(Concept::Message)
            || (seen.field.tag == Tag::Textarea && !seen.evidence.named.has(Concept::Captcha))
    });
    tally.add_if(letter, Purpose::Login, "a message to write", -8.0);
    tally.add_if(letter, Purpose::Signup, "a message to write", -4.0);
}

fn has_webauthn(field: &Field) -> bool {
    let tokens = field.autocomplete.to_ascii_lowercase();
    tokens.split_whitespace().any(|token| token == "webauthn")
}
