use super::*;
use serde_json::{Value, json};

mod details;
mod pages;
mod places;
mod shapes;

const BANK: &str = "https://bank.example";
const NOW: u64 = 1_800_000_000_000;
/// A password and a code that stand out in any text.
const PASSWORD: &str = "canary-Pa55-word";
const CODE: &str = "314159";

/// Sites by a list of origins; two hosts are of one site when their last two labels are the same.
struct Listed(&'static [&'static str]);

impl Sites for Listed {
    fn item(&self, origin: &str, _: &str) -> SiteMatch {
        let encrypted = origin.replacen("http://", "https://", 1);
        match (
            self.0.contains(&origin),
            self.0.contains(&encrypted.as_str()),
        ) {
            (true, _) => SiteMatch::Match,
            (false, true) => SiteMatch::Downgrade,
            (false, false) => SiteMatch::No,
        }
    }

    fn same_site(&self, one: &str, other: &str) -> bool {
        let site = |origin: &str| {
            origin
                .rsplit('.')
                .take(2)
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let host = |origin: &str| origin.split("://").nth(1).map(str::to_owned);
        host(one) == host(other)
            || site(&one.replace("://", ".")) == site(&other.replace("://", "."))
    }
}

fn field(of: &Value) -> Value {
    let mut whole = json!({
        "tag": "input", "type": "text", "name": "", "id": "", "className": "", "autocomplete": "", "placeholder": "",
        "ariaLabel": "", "title": "", "inputMode": "", "pattern": "", "maxLength": null, "readOnly": false,
        "disabled": false, "required": false, "hasValue": false, "ariaHidden": false, "tabIndex": 0, "label": "",
        "description": "", "nearby": "", "options": [], "group": 0, "visibility": "yes",
        "x": 0, "y": 0, "width": 200, "height": 30,
    });
    merge(&mut whole, of);
    whole
}

fn group(of: &Value) -> Value {
    let mut whole = json!({
        "isForm": true, "attributes": "", "action": "https://bank.example/in", "hasAction": true, "method": "post",
        "hasMethod": true, "headings": [], "links": [], "buttons": [button(&json!({}))],
    });
    merge(&mut whole, of);
    whole
}

fn button(of: &Value) -> Value {
    let mut whole = json!({ "text": "Sign in", "attributes": "", "submit": true, "formAction": "", "formMethod": "", "visible": true });
    merge(&mut whole, of);
    whole
}

fn merge(whole: &mut Value, part: &Value) {
    for (key, value) in part.as_object().unwrap() {
        whole[key] = value.clone();
    }
}

fn snapshot(fields: &[Value], groups: &[Value]) -> Value {
    json!({
        "id": "snapshot-1", "title": "Bank", "lang": "en", "path": "/", "headings": [], "focused": null,
        "frameVisible": true, "fields": fields, "groups": groups,
    })
}

/// A user name and a password in one form.
fn sign_in(form: &Value) -> Value {
    let fields = [
        field(&json!({ "label": "User name" })),
        field(&json!({ "label": "Password", "type": "password" })),
    ];
    snapshot(&fields, &[group(form)])
}

fn frame(id: i64, parent: i64, origin: &str, snapshot: &Value) -> Value {
    json!({
        "frame": id, "parent": parent, "origin": origin, "url": format!("{origin}/"),
        "documentId": format!("document-{id}"), "snapshot": snapshot,
    })
}

/// The verdict for a login of the bank.
fn ask(frames: &[Value], confirm: &str) -> Value {
    ask_for(&Listed(&[BANK]), frames, confirm)
}

fn ask_for(sites: &dyn Sites, frames: &[Value], confirm: &str) -> Value {
    ask_at(sites, frames, confirm, "")
}

fn ask_at(sites: &dyn Sites, frames: &[Value], confirm: &str, at: &str) -> Value {
    let code = || Some(Zeroizing::new(CODE.to_owned()));
    let item = FillItem::Login(Login {
        username: "alice@bank.example",
        password: PASSWORD,
        totp: Some(&code),
    });
    let request = Request {
        frames: &json!(frames).to_string(),
        confirm,
        at,
        now_ms: NOW,
    };
    let text = plan(&item, sites, &request).unwrap();
    let verdict: Value = serde_json::from_str(&text).unwrap();
    if verdict["verdict"] != "fill" {
        assert!(
            !text.contains(PASSWORD) && !text.contains(CODE),
            "only a grant holds a secret"
        );
    }
    verdict
}

fn refused(verdict: &Value) -> &str {
    assert_eq!(verdict["verdict"], "refuse", "{verdict}");
    verdict["reason"].as_str().unwrap()
}

fn values(verdict: &Value) -> Vec<(u64, &str, &str)> {
    assert_eq!(verdict["verdict"], "fill", "{verdict}");
    let step = |step: &'_ Value| {
        (
            step["field"].as_u64().unwrap(),
            text(&step["action"]),
            text(&step["value"]),
        )
    };
    return verdict["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(step)
        .collect();
    fn text(value: &Value) -> &'static str {
        Box::leak(value.as_str().unwrap().to_owned().into_boxed_str())
    }
}
