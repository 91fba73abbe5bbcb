//! The one way by which a secret leaves for a page (S-75).
//!
//! Every path that fills (popup, shortcut, context menu, the menu in the page) comes through [`plan`]. What
//! leaves is a [`FillGrant`]: one item's values for one form of one document, good once and for two
//! seconds. Only [`fill_policy`] makes one; its fields are private so that nothing else can.

mod card;
mod country;
mod date;
mod details;
mod frames;
mod identity;
mod item;
mod sites;
mod target;

pub use details::Details;
pub use item::{FillItem, Login};
pub use sites::{SiteMatch, Sites, VaultSites};

use frames::{At, Frame};
use item::Step;
use serde::Serialize;
use sesame_forms::{Next, NoPlan, Plan};
use zeroize::Zeroizing;

/// Why nothing can be planned at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FillError {
    /// The frames are not what the background sends; error code `invalid`.
    #[error("malformed frames")]
    BadFrames,
}

/// The answer, as in extension/shared/page.ts (`FillVerdict`).
#[derive(Serialize)]
#[serde(tag = "verdict", rename_all = "kebab-case")]
pub enum Verdict {
    /// Values for one form.
    Fill(FillGrant),
    /// The person must see this first, and say yes to this very target.
    Confirm {
        /// What is unusual.
        reason: Confirm,
        /// The document that asks.
        origin: String,
        /// Where it would go.
        target: String,
    },
    /// No.
    Refuse {
        /// Why not.
        reason: Refusal,
        /// The document that it is about; empty where there is none.
        origin: String,
    },
}

/// What a person can say yes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confirm {
    /// A document of another origin is above (S-63, S-64); the target is the frame's own origin, then
    /// those above that differ, from the top down.
    CrossOriginFrame,
    /// The form is sent to another site, or unencrypted (S-68).
    ActionElsewhere,
    /// The secret would become part of an address (S-70).
    MethodGet,
}

/// What nobody can say yes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// Nothing here takes this item.
    NoForm,
    /// The item does not belong here (S-66).
    NoMatch,
    /// A document of another origin is above it, and can't be asked about (S-63, S-64).
    CrossOriginFrame,
    /// An https item on http (S-60).
    InsecurePage,
    /// An origin that is no web site (S-65).
    OpaqueOrigin,
    /// A form is here, but can't be seen (S-62, S-73).
    NotVisible,
}

/// Leave to fill one form of one document, once. Made by [`fill_policy`] alone (S-75, S-76).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FillGrant {
    frame: i64,
    document_id: String,
    origin: String,
    snapshot: String,
    minted_at: u64,
    group: usize,
    steps: Vec<Step>,
    targets: Vec<String>,
    next: Option<&'static str>,
}

/// What is asked, and where.
pub struct Request<'a> {
    /// JSON list of `FrameInput`.
    pub frames: &'a str,
    /// Empty, or `reason target` of an earlier [`Verdict::Confirm`].
    pub confirm: &'a str,
    /// Empty, or JSON `{frame, documentId}` of the document that the person chose in: then the form that
    /// they are in, or none.
    pub at: &'a str,
    /// Time since 1970, ms.
    pub now_ms: u64,
}

/// Decides and answers in JSON (`FillVerdict`).
///
/// # Errors
/// [`FillError::BadFrames`] if `frames` or `at` is not what the background sends.
pub fn plan(
    item: &FillItem<'_>,
    sites: &dyn Sites,
    request: &Request<'_>,
) -> Result<Zeroizing<String>, FillError> {
    let frames = frames::read(request.frames)?;
    let at = At::read(request.at)?;
    let verdict = fill_policy(item, sites, &frames, at.as_ref(), request);
    serde_json::to_string(&verdict)
        .map(Zeroizing::new)
        .map_err(|_| FillError::BadFrames)
}

/// A login's user name and password for a server that asks by itself, before there is a page: the same
/// rules, as far as they are about a place (S-60, S-65, S-66, S-75). `HttpVerdict` in JSON.
///
/// # Errors
/// [`FillError::BadFrames`] if the answer can't be written.
pub fn http_credentials(
    login: &Login<'_>,
    sites: &dyn Sites,
    origin: &str,
    url: &str,
) -> Result<Zeroizing<String>, FillError> {
    let reason = match sites.item(origin, url) {
        _ if !target::is_web(origin) => Some(Refusal::OpaqueOrigin),
        SiteMatch::Downgrade => Some(Refusal::InsecurePage),
        SiteMatch::No => Some(Refusal::NoMatch),
        SiteMatch::Match if login.password.is_empty() => Some(Refusal::NoForm),
        SiteMatch::Match => None,
    };
    let verdict = match reason {
        Some(reason) => HttpVerdict::Refuse { reason, origin },
        None => HttpVerdict::Credentials {
            username: login.username,
            password: login.password,
        },
    };
    serde_json::to_string(&verdict)
        .map(Zeroizing::new)
        .map_err(|_| FillError::BadFrames)
}

#[derive(Serialize)]
#[serde(tag = "verdict", rename_all = "kebab-case")]
enum HttpVerdict<'a> {
    Credentials {
        username: &'a str,
        password: &'a str,
    },
    Refuse {
        reason: Refusal,
        origin: &'a str,
    },
}

/// The rules, S-59 to S-76, in one place.
fn fill_policy(
    item: &FillItem<'_>,
    sites: &dyn Sites,
    frames: &[Frame],
    at: Option<&At>,
    request: &Request<'_>,
) -> Verdict {
    let looked: Vec<Looked<'_>> = frames
        .iter()
        .filter(|frame| at.is_none_or(|at| at.is(frame)))
        .filter_map(|frame| look(item, sites, frames, frame, at.is_some()))
        .collect();
    // One gesture, one form (S-74): where the person is, then what need not be asked about, then the
    // best of the page, of equals the outermost.
    let open = looked
        .iter()
        .filter(|looked| looked.barred.is_none())
        .filter_map(|looked| looked.plan.as_ref().ok().map(|plan| (looked, plan)))
        .min_by_key(|(looked, plan)| {
            let asks = looked.asks.is_some();
            let frame = looked.frame;
            (
                !plan.focused,
                asks,
                plan.rank(),
                frame.parent >= 0,
                frame.id,
            )
        });
    let Some((chosen, plan)) = open else {
        return refusal(&looked);
    };
    let frame = chosen.frame;
    let ask = |reason: Confirm, target: String| Verdict::Confirm {
        reason,
        origin: frame.origin.clone(),
        target,
    };
    let refuse = |reason: Refusal| Verdict::Refuse {
        reason,
        origin: frame.origin.clone(),
    };

    let sent = target::of(chosen.snapshot, plan.group, &frame.origin, sites);
    let elsewhere = sent.elsewhere.join(" ");
    let by_get = sent.by_get && plan.gives_secret();
    let said = request
        .confirm
        .split_once(' ')
        .unwrap_or((request.confirm, ""));
    if let Some(target) = &chosen.asks {
        // Who is in whose frame is one question; that it also sends on to a third is not a second one.
        if !elsewhere.is_empty() || by_get {
            return refuse(Refusal::CrossOriginFrame);
        }
        if said != ("cross-origin-frame", target) {
            return ask(Confirm::CrossOriginFrame, target.clone());
        }
    }
    let agreed = said == ("action-elsewhere", elsewhere.as_str());
    if !elsewhere.is_empty() && !agreed {
        return ask(Confirm::ActionElsewhere, elsewhere);
    }
    // Who agreed to where it goes has agreed to how: that question was the greater one.
    let agreed = (agreed && !elsewhere.is_empty()) || said == ("method-get", frame.origin.as_str());
    if by_get && !agreed {
        return ask(Confirm::MethodGet, frame.origin.clone());
    }
    let steps = item.steps(chosen.snapshot, plan);
    if steps.is_empty() {
        return refuse(Refusal::NoForm);
    }
    Verdict::Fill(FillGrant {
        frame: frame.id,
        document_id: frame.document_id.clone(),
        origin: frame.origin.clone(),
        snapshot: chosen.snapshot.id.clone(),
        minted_at: request.now_ms,
        group: plan.group,
        steps,
        targets: sent.allowed,
        next: plan.next.map(|next| match next {
            Next::Submit => "submit",
            Next::NextStep => "next-step",
        }),
    })
}

/// A frame that described itself, with what is planned for it and what bars it.
struct Looked<'a> {
    frame: &'a Frame,
    snapshot: &'a sesame_forms::Snapshot,
    plan: Result<Plan, NoPlan>,
    barred: Option<Refusal>,
    /// Target of the question that comes first: other origins are above.
    asks: Option<String>,
}

fn look<'a>(
    item: &FillItem<'_>,
    sites: &dyn Sites,
    frames: &'a [Frame],
    frame: &'a Frame,
    only_focused: bool,
) -> Option<Looked<'a>> {
    let snapshot = frame.snapshot.as_ref()?;
    let (barred, asks) = match bar(item, sites, frames, frame) {
        Ok(asks) => (None, asks),
        Err(reason) => (Some(reason), None),
    };
    let plan = match (only_focused, snapshot.focused_group()) {
        (true, None) => Err(NoPlan::NoForm),
        (true, group) => item.plan(snapshot, group),
        (false, _) => item.plan(snapshot, None),
    };
    // A frame that can't be seen is one matter for a document of one's own, and another below a foreign
    // one, which may have hidden it (S-62).
    let unseen = barred.is_none() && !snapshot.frame_visible;
    let (plan, barred) = match (unseen, &asks) {
        (true, Some(_)) => (plan, Some(Refusal::CrossOriginFrame)),
        (true, None) => (plan.and(Err(NoPlan::NotVisible)), barred),
        (false, _) => (plan, barred),
    };
    Some(Looked {
        frame,
        snapshot,
        plan,
        barred,
        asks,
    })
}

/// What keeps a document from being filled, decided on its own attested origin, never on the tab's.
/// Otherwise the question that must come first, if there is one.
fn bar(
    item: &FillItem<'_>,
    sites: &dyn Sites,
    frames: &[Frame],
    frame: &Frame,
) -> Result<Option<String>, Refusal> {
    if !target::is_web(&frame.origin) {
        return Err(Refusal::OpaqueOrigin);
    }
    let foreign = frames::foreign_above(frames, frame).ok_or(Refusal::CrossOriginFrame)?;
    match item.belongs(sites, &frame.origin, &frame.url) {
        SiteMatch::Match => {}
        // Which page it is in says more than that it is the wrong one.
        _ if !foreign.is_empty() => return Err(Refusal::CrossOriginFrame),
        SiteMatch::Downgrade => return Err(Refusal::InsecurePage),
        SiteMatch::No => return Err(Refusal::NoMatch),
    }
    let named = std::iter::once(frame.origin.as_str()).chain(foreign.iter().copied());
    Ok((!foreign.is_empty()).then(|| named.collect::<Vec<_>>().join(" ")))
}

/// The reason that helps most: of a form that could have been filled rather than of an empty page.
fn refusal(looked: &[Looked<'_>]) -> Verdict {
    let refuse = |reason: Refusal, at: &Looked<'_>| Verdict::Refuse {
        reason,
        origin: at.frame.origin.clone(),
    };
    let unseen = |at: &&Looked<'_>| matches!(at.plan, Err(NoPlan::NotVisible));
    if let Some(at) = looked.iter().find(|at| at.barred.is_none() && unseen(at)) {
        return refuse(Refusal::NotVisible, at);
    }
    let top = looked.iter().find(|at| at.frame.parent < 0);
    let with_form = looked
        .iter()
        .filter(|at| at.plan.is_ok())
        .min_by_key(|at| (at.frame.parent >= 0, at.frame.id));
    for at in [with_form, top].into_iter().flatten() {
        if let Some(reason) = at.barred {
            return refuse(reason, at);
        }
    }
    let origin = top.map(|at| at.frame.origin.clone()).unwrap_or_default();
    Verdict::Refuse {
        reason: Refusal::NoForm,
        origin,
    }
}

#[cfg(test)]
mod tests;
