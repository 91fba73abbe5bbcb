//! What there is to fill: one item, borrowed for the moment, or a password made for the page.

use super::details::{Details, Put};
use super::{SiteMatch, Sites, card, identity, target};
use serde::{Serialize, Serializer};
use sesame_forms::{Give, Has, NoPlan, Offer, Plan, Snapshot};
use zeroize::Zeroizing;

/// The item as it is to be filled: borrowed, nothing of it is kept.
pub enum FillItem<'a> {
    /// User name, password, one-time code: for the item's own sites.
    Login(Login<'a>),
    /// A payment card: for any site that a person chooses to pay on.
    Card(Details<'a>),
    /// Who and where a person is: likewise.
    Identity(Details<'a>),
    /// A password that was made for this page.
    Suggested(&'a str),
}

/// What a login holds.
pub struct Login<'a> {
    /// User name; empty where there is none.
    pub username: &'a str,
    /// Password; empty where there is none.
    pub password: &'a str,
    /// Makes the code that is current now. Called only when a page has a field for it.
    pub totp: Option<&'a dyn Fn() -> Option<Zeroizing<String>>>,
}

/// One field's part of a grant (`FillStep`).
#[derive(Serialize)]
pub(super) struct Step {
    field: usize,
    action: &'static str,
    #[serde(serialize_with = "plain")]
    value: Zeroizing<String>,
    /// For a select: other words for the same.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also: Vec<String>,
}

fn plain<S: Serializer>(value: &Zeroizing<String>, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_str(value)
}

impl FillItem<'_> {
    /// The best form of a document for it; with `only`, that group or none.
    pub(super) fn plan(&self, snapshot: &Snapshot, only: Option<usize>) -> Result<Plan, NoPlan> {
        match self {
            Self::Login(login) => sesame_forms::plan(snapshot, Offer::Login(login.has()), only),
            Self::Card(details) => {
                sesame_forms::plan(snapshot, Offer::Card(&card::roles(details)), only)
            }
            Self::Identity(details) => {
                sesame_forms::plan(snapshot, Offer::Identity(&identity::roles(details)), only)
            }
            Self::Suggested(_) => sesame_forms::plan(snapshot, Offer::NewPassword, only),
        }
    }

    /// Whether it may be filled into a document at all. Cards and identities belong to no site, but never
    /// on a page that others on the way can read; a password that is new is nobody's yet.
    pub(super) fn belongs(&self, sites: &dyn Sites, origin: &str, url: &str) -> SiteMatch {
        match self {
            Self::Login(_) => sites.item(origin, url),
            Self::Card(_) | Self::Identity(_) if !target::is_private(origin) => {
                SiteMatch::Downgrade
            }
            Self::Card(_) | Self::Identity(_) | Self::Suggested(_) => SiteMatch::Match,
        }
    }

    /// The values for a plan, as each field takes them. What a field can't take whole stays out of it.
    pub(super) fn steps(&self, snapshot: &Snapshot, plan: &Plan) -> Vec<Step> {
        let field = |at: usize| snapshot.fields.get(at);
        let put = |at: usize, put: Option<Put>| put.map(|put| Step::of(at, put));
        match self {
            Self::Login(login) => login.steps(plan),
            Self::Suggested(value) => {
                let secret =
                    |(at, _): &(usize, Give)| Step::new(*at, "secret", (*value).to_owned());
                plan.gives.iter().map(secret).collect()
            }
            Self::Card(details) => {
                let boxes = card::boxes(snapshot, plan);
                plan.gives
                    .iter()
                    .filter_map(|(at, give)| {
                        put(*at, card::put(details, *give, field(*at)?, &boxes))
                    })
                    .collect()
            }
            Self::Identity(details) => {
                let all: Vec<Give> = plan.gives.iter().map(|(_, give)| *give).collect();
                plan.gives
                    .iter()
                    .filter_map(|(at, give)| {
                        put(*at, identity::put(details, *give, field(*at)?, &all))
                    })
                    .collect()
            }
        }
    }
}

impl Login<'_> {
    fn has(&self) -> Has {
        Has {
            username: !self.username.is_empty(),
            email: self
                .username
                .split_once('@')
                .is_some_and(|(name, host)| !name.is_empty() && host.contains('.')),
            password: !self.password.is_empty(),
            code: self.totp.is_some(),
        }
    }

    fn steps(&self, plan: &Plan) -> Vec<Step> {
        let coded = plan
            .gives
            .iter()
            .any(|(_, give)| matches!(give, Give::Code | Give::CodeSign(..)));
        let code = self.totp.filter(|_| coded).and_then(|make| make());
        let step = |(at, give): &(usize, Give)| {
            let (action, value) = match give {
                Give::Username => ("text", self.username.to_owned()),
                Give::Password => ("secret", self.password.to_owned()),
                Give::Code => ("text", code.as_ref()?.to_string()),
                Give::CodeSign(sign, boxes) => {
                    let code = code
                        .as_ref()
                        .filter(|code| code.chars().count() == *boxes)?;
                    ("text", code.chars().nth(*sign)?.to_string())
                }
                // Nothing that a login has.
                Give::NewPassword | Give::Part(_) | Give::NumberPart(..) | Give::CallingCode => {
                    return None;
                }
            };
            Some(Step::new(*at, action, value))
        };
        plan.gives.iter().filter_map(step).collect()
    }
}

impl Step {
    fn new(field: usize, action: &'static str, value: String) -> Self {
        Self {
            field,
            action,
            value: Zeroizing::new(value),
            also: Vec::new(),
        }
    }

    fn of(field: usize, put: Put) -> Self {
        match put {
            Put::Text(value) => Self {
                field,
                action: "text",
                value,
                also: Vec::new(),
            },
            Put::Choice(words) => {
                let mut words = words.into_iter();
                Self {
                    also: Vec::new(),
                    ..Self::new(field, "select", words.next().unwrap_or_default())
                }
                .with(words.collect())
            }
        }
    }

    fn with(self, also: Vec<String>) -> Self {
        Self { also, ..self }
    }
}
