use std::path::PathBuf;

use sesame_protocol::account::{Lang, Origin};

use super::{Mail, reset_link, undo_link, write};

const AT: u64 = 1_795_402_500_000;
const DAY: u64 = 86_400_000;

fn origin() -> Origin {
    Origin::parse("https://sesame.example:8443").expect("an origin")
}

fn all(hint: &str, to: &str) -> Vec<(&'static str, Mail)> {
    let token = "0123456789ABCDEFGHJKMNPQRSTVWXYZ0123456789ABCDEFGHJK";
    vec![
        (
            "register-code",
            Mail::RegisterCode {
                code: "7K3QD-9M2XW".into(),
            },
        ),
        ("already-registered", Mail::AlreadyRegistered),
        ("hint", Mail::Hint { hint: hint.into() }),
        (
            "no-hint",
            Mail::Hint {
                hint: String::new(),
            },
        ),
        (
            "reset-requested",
            Mail::ResetRequested {
                link: reset_link(&origin(), token),
                code: "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ-0123-4567-89AB-CDEF-GHJK".into(),
            },
        ),
        (
            "reset-done",
            Mail::ResetDone {
                at: AT,
                undo_until: AT + 14 * DAY,
                erase_at: AT + 90 * DAY,
            },
        ),
        ("reset-undone", Mail::ResetUndone { at: AT }),
        ("new-device", Mail::NewDevice { at: AT }),
        ("ways-changed", Mail::WaysChanged { at: AT }),
        ("password-changed", Mail::PasswordChanged { at: AT }),
        (
            "email-code",
            Mail::EmailCode {
                code: "7K3QD-9M2XW".into(),
            },
        ),
        (
            "email-changing",
            Mail::EmailChanging {
                to: to.into(),
                link: undo_link(&origin(), token),
            },
        ),
        ("email-changed", Mail::EmailChanged),
        ("email-kept", Mail::EmailKept),
        (
            "deletion",
            Mail::Deletion {
                erase_at: AT + 30 * DAY,
            },
        ),
        ("deletion-stopped", Mail::DeletionStopped),
        (
            "erase-now",
            Mail::EraseNow {
                erase_at: AT + 30 * DAY,
            },
        ),
    ]
}

/// With SESAME_WRITE_GOLDEN=1 the files are written anew, to be read before they are committed.
fn golden(name: &str, now: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name);
    if std::env::var_os("SESAME_WRITE_GOLDEN").is_some() {
        std::fs::write(&path, now).expect("the golden file can be written");
    }
    let kept = std::fs::read_to_string(&path).expect("the golden file is there");
    assert_eq!(kept, now, "{name}");
}

#[test]
fn s136_every_mail_says_what_it_did() {
    for (lang, name) in [(Lang::En, "mails.en.txt"), (Lang::It, "mails.it.txt")] {
        let mut out = String::new();
        for (kind, mail) in all("the street where we lived", "new@sesame.example") {
            let letter = write(&mail, lang, &origin());
            out.push_str(&format!(
                "===== {kind}\nSubject: {}\n\n{}\n",
                letter.subject, letter.text
            ));
        }
        golden(name, &out);
    }
    let letter = all("the street where we lived", "new@sesame.example")
        .into_iter()
        .find(|(kind, _)| *kind == "reset-requested")
        .map(|(_, mail)| write(&mail, Lang::En, &origin()))
        .expect("it is among them");
    golden("reset-requested.html", &letter.html);
}

#[test]
fn s136_nothing_that_somebody_wrote_becomes_markup_or_a_link() {
    for evil in [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "</blockquote><a href='https://evil.example'>press</a>",
        "https://evil.example",
        "a\r\nBcc: thief@evil.example",
        "&lt;b&gt; {{7*7}} ${x} %0d%0a",
    ] {
        for (kind, mail) in all(evil, evil) {
            for lang in [Lang::En, Lang::It] {
                let letter = write(&mail, lang, &origin());
                let html = letter.html.to_lowercase();
                assert!(
                    !html.contains("<script") && !html.contains("<img"),
                    "{kind} {evil}"
                );
                assert!(!html.contains("evil.example"), "{kind} {evil}");
                assert!(!letter.text.contains("evil.example"), "{kind} {evil}");
                assert!(!letter.text.contains('\r'), "{kind} {evil}");
                assert_eq!(letter.subject.lines().count(), 1);
                // The only links are the two that the server makes, to its own address (S-126).
                for link in html.match_indices("href=").map(|(at, _)| &html[at..]) {
                    assert!(
                        link.starts_with("href=\"https://sesame.example:8443/"),
                        "{kind}"
                    );
                }
            }
        }
    }
}

#[test]
fn s136_no_mail_asks_for_a_password_or_loads_anything() {
    for (_, mail) in all("x", "y@sesame.example") {
        for lang in [Lang::En, Lang::It] {
            let html = write(&mail, lang, &origin()).html;
            for forbidden in ["<input", "<form", "src=", "url(", "@import", "<link"] {
                assert!(!html.contains(forbidden), "{forbidden}");
            }
        }
    }
}
