//! Where a form would be sent.

use super::Sites;
use sesame_forms::{Group, Method, Snapshot};
use sesame_vault::origin::{Origin, Scheme, is_loopback};
use std::borrow::Cow;

/// Longest address shown in a question, bytes.
const SHOWN: usize = 80;

/// What the form does when it is sent.
#[derive(Default)]
pub(super) struct Sent {
    /// Origins that it may be sent to: its own, and those that it names now.
    pub(super) allowed: Vec<String>,
    /// What of that is another site, or unencrypted (S-68): origins, or the start of an odd address.
    pub(super) elsewhere: Vec<String>,
    /// The values would become part of an address (S-70).
    pub(super) by_get: bool,
}

/// Looks at a form's action and at every button that sends it elsewhere of its own accord.
pub(super) fn of(snapshot: &Snapshot, group: usize, origin: &str, sites: &dyn Sites) -> Sent {
    let mut sent = Sent {
        allowed: vec![origin.to_owned()],
        ..Sent::default()
    };
    let Some(form) = snapshot.groups.get(group).filter(|form| form.is_form) else {
        return sent;
    };
    sent.by_get = by_get(form);
    let buttons = form
        .buttons
        .iter()
        .filter(|button| button.submit)
        .map(|button| button.form_action.as_str());
    let action = Some(form.action.as_str()).filter(|_| form.method != Method::Dialog);
    for address in action
        .into_iter()
        .chain(buttons)
        .filter(|address| !address.is_empty() && !is_script(address))
    {
        let plain = without_user(address);
        let target = origin_of(&plain);
        let named = target.map_or_else(|| "null".to_owned(), str::to_owned);
        // A user name in an address is there to be mistaken for the host: asked about even at home.
        let odd = plain.len() != address.len();
        let encrypted = target.is_some_and(|target| target.starts_with("https://"));
        let downgrade = origin.starts_with("https://") && !encrypted;
        if downgrade
            || odd
            || !target.is_some_and(|target| target == origin || sites.same_site(origin, target))
        {
            push(
                &mut sent.elsewhere,
                target.map_or_else(|| shown(address), str::to_owned),
            );
        }
        push(&mut sent.allowed, named);
    }
    sent
}

/// Sent by GET, as far as markup says. A form with neither a method nor an address is what frameworks
/// render and handle themselves; asking about each of them would teach people to say yes.
fn by_get(form: &Group) -> bool {
    let sends = form.has_action && !is_script(&form.action);
    let form_itself = form.method == Method::Get && (form.has_method || sends);
    form_itself
        || form
            .buttons
            .iter()
            .any(|button| button.submit && button.form_method == Method::Get)
}

fn is_script(address: &str) -> bool {
    address
        .get(..11)
        .is_some_and(|start| start.eq_ignore_ascii_case("javascript:"))
}

/// Whether it is an origin that a site can have: not `null`, not empty, not of another scheme (S-65).
pub(super) fn is_web(origin: &str) -> bool {
    origin_of(origin) == Some(origin)
}

/// Whether what is sent there can't be read on the way: https, or this very machine (S-60).
pub(super) fn is_private(origin: &str) -> bool {
    Origin::parse(origin)
        .is_ok_and(|origin| origin.scheme() == Scheme::Https || is_loopback(origin.host()))
}

/// The origin of an address as the browser resolved it; `None` for what is no web address.
fn origin_of(address: &str) -> Option<&str> {
    let host = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"))?;
    let start = address.len().checked_sub(host.len())?;
    let length = host.find(['/', '?', '#', '\\']).unwrap_or(host.len());
    let authority = host.get(..length)?;
    // With a user name in it the origin is not a part of the text.
    if authority.is_empty() || authority.contains(['@', ' ']) {
        return None;
    }
    address.get(..start.checked_add(length)?)
}

/// `https://bank.test@evil.test/` is sent to `https://evil.test/`, and that is what a person has to read.
fn without_user(address: &str) -> Cow<'_, str> {
    let parts = address.split_once("://").and_then(|(scheme, rest)| {
        let length = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
        let (_, host) = rest.get(..length)?.rsplit_once('@')?;
        Some(format!("{scheme}://{host}{}", rest.get(length..)?))
    });
    parts.map_or(Cow::Borrowed(address), Cow::Owned)
}

fn shown(address: &str) -> String {
    let end = address
        .char_indices()
        .nth(SHOWN)
        .map_or(address.len(), |(at, _)| at);
    address.get(..end).unwrap_or_default().replace(' ', "")
}

fn push(list: &mut Vec<String>, one: String) {
    if !list.contains(&one) {
        list.push(one);
    }
}
