//! Which documents may have anything: S-60, S-62 to S-66, S-74 to S-76.

use super::*;

#[test]
fn s75_s76_a_grant_names_one_item_form_and_document_and_when() {
    let verdict = ask(&[frame(0, -1, BANK, &sign_in(&json!({})))], "");
    assert_eq!(
        values(&verdict),
        [(0, "text", "alice@bank.example"), (1, "secret", PASSWORD)]
    );
    assert_eq!(verdict["documentId"], "document-0");
    assert_eq!(verdict["origin"], BANK);
    assert_eq!(verdict["snapshot"], "snapshot-1");
    assert_eq!(verdict["mintedAt"], NOW);
    assert_eq!(verdict["targets"], json!([BANK]));
    assert_eq!(verdict["next"], "submit");
}

#[test]
fn s75_grants_are_made_in_one_place() {
    fn count(dir: &std::path::Path) -> usize {
        let entries = std::fs::read_dir(dir)
            .unwrap()
            .map(|entry| entry.unwrap().path());
        entries
            .filter(|path| {
                path.file_name()
                    .is_some_and(|name| name != "tests" && name != "tests.rs")
            })
            .map(|path| match path.is_dir() {
                true => count(&path),
                false => std::fs::read_to_string(&path)
                    .unwrap()
                    .matches("Verdict::Fill(FillGrant {")
                    .count(),
            })
            .sum()
    }
    assert_eq!(
        count(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src")),
        1
    );
}

#[test]
fn s60_an_https_item_is_not_filled_over_http() {
    let page = frame(
        0,
        -1,
        "http://bank.example",
        &sign_in(&json!({ "action": "http://bank.example/in" })),
    );
    assert_eq!(refused(&ask(&[page], "")), "insecure-page");
}

#[test]
fn s60_an_http_item_is_filled_where_it_was_saved() {
    let page = frame(
        0,
        -1,
        "http://localhost:8600",
        &sign_in(&json!({ "action": "http://localhost:8600/in" })),
    );
    assert_eq!(
        ask_for(&Listed(&["http://localhost:8600"]), &[page], "")["verdict"],
        "fill"
    );
}

#[test]
fn s62_a_frame_of_the_same_origin_is_filled_when_it_can_be_seen() {
    let frames = |inner: &Value| {
        [
            frame(0, -1, BANK, &snapshot(&[], &[])),
            frame(7, 0, BANK, inner),
        ]
    };
    assert_eq!(ask(&frames(&sign_in(&json!({}))), "")["frame"], 7);
    let mut hidden = sign_in(&json!({}));
    hidden["frameVisible"] = json!(false);
    assert_eq!(refused(&ask(&frames(&hidden), "")), "not-visible");
}

#[test]
fn s63_the_pages_item_stays_out_of_a_foreign_frame() {
    // Below another origin the script can't look up to its own frame element.
    let mut form = sign_in(&json!({}));
    form["frameVisible"] = json!(false);
    let frames = [
        frame(0, -1, BANK, &snapshot(&[], &[])),
        frame(1, 0, "https://evil.example", &form),
    ];
    assert_eq!(refused(&ask(&frames, "")), "cross-origin-frame");
}

#[test]
fn s63_the_frames_item_under_a_foreign_page_is_asked_about_with_both_origins() {
    let frames = |form: &Value| {
        [
            frame(0, -1, "https://evil.example", &snapshot(&[], &[])),
            frame(1, 0, BANK, form),
        ]
    };
    let plain = frames(&sign_in(&json!({})));
    let target = format!("{BANK} https://evil.example");
    assert_eq!(
        ask(&plain, ""),
        json!({ "verdict": "confirm", "reason": "cross-origin-frame", "origin": BANK, "target": target })
    );
    for said in [
        "cross-origin-frame".to_owned(),
        format!("cross-origin-frame {BANK}"),
        format!("cross-origin-frame {BANK} https://other.example"),
        format!("action-elsewhere {target}"),
    ] {
        assert_eq!(ask(&plain, &said)["verdict"], "confirm", "{said}");
    }
    let yes = format!("cross-origin-frame {target}");
    assert_eq!(ask(&plain, &yes)["frame"], 1);

    // Hidden by whoever is above, or sending on to a third: no question is clear enough for that.
    let mut hidden = sign_in(&json!({}));
    hidden["frameVisible"] = json!(false);
    let third = sign_in(&json!({ "action": "https://third.example/" }));
    let by_get = sign_in(&json!({ "method": "get" }));
    for form in [hidden, third, by_get] {
        assert_eq!(refused(&ask(&frames(&form), &yes)), "cross-origin-frame");
    }
}

#[test]
fn s63_a_form_that_needs_no_question_comes_before_one_that_does() {
    let frames = [
        frame(0, -1, BANK, &snapshot(&[], &[])),
        frame(1, 0, "https://evil.example", &snapshot(&[], &[])),
        frame(2, 1, BANK, &sign_in(&json!({}))),
        frame(3, 0, BANK, &sign_in(&json!({}))),
    ];
    assert_eq!(ask(&frames, "")["frame"], 3);
}

#[test]
fn s63_a_foreign_frame_beside_the_form_changes_nothing() {
    let frames = [
        frame(0, -1, BANK, &sign_in(&json!({}))),
        frame(1, 0, "https://evil.example", &sign_in(&json!({}))),
    ];
    assert_eq!(ask(&frames, "")["frame"], 0);
}

#[test]
fn s64_no_foreign_document_may_be_in_between() {
    let empty = snapshot(&[], &[]);
    let chain = |between: &str| {
        [
            frame(0, -1, BANK, &empty),
            frame(1, 0, between, &empty),
            frame(2, 1, BANK, &sign_in(&json!({}))),
        ]
    };
    for between in ["https://evil.example", "https://sub.bank.example"] {
        let verdict = ask(&chain(between), "");
        assert_eq!(verdict["reason"], "cross-origin-frame");
        assert_eq!(verdict["target"], format!("{BANK} {between}"));
        assert_eq!(verdict["verdict"], "confirm");
    }
    for between in ["null", "file://", "data:text/html,x"] {
        assert_eq!(refused(&ask(&chain(between), "")), "cross-origin-frame");
    }
    assert_eq!(ask(&chain(BANK), "")["frame"], 2);
}

#[test]
fn s64_nor_further_up() {
    let empty = snapshot(&[], &[]);
    for foreign in [0, 1] {
        let origin = |at: i64| {
            if at == foreign {
                "https://evil.example"
            } else {
                BANK
            }
        };
        let mut frames: Vec<Value> = (0..3)
            .map(|at| frame(at, at - 1, origin(at), &empty))
            .collect();
        frames.push(frame(3, 2, BANK, &sign_in(&json!({}))));
        let verdict = ask(&frames, "");
        assert_eq!(verdict["verdict"], "confirm");
        assert_eq!(verdict["target"], format!("{BANK} https://evil.example"));
    }
}

#[test]
fn s64_every_other_origin_above_is_named_from_the_top_down() {
    let empty = snapshot(&[], &[]);
    let above = [
        "https://top.example",
        BANK,
        "https://ad.example",
        "https://top.example",
    ];
    let mut frames: Vec<Value> = (0..)
        .zip(above)
        .map(|(at, origin)| frame(at, at - 1, origin, &empty))
        .collect();
    frames.push(frame(4, 3, BANK, &sign_in(&json!({}))));
    assert_eq!(
        ask(&frames, "")["target"],
        format!("{BANK} https://top.example https://ad.example")
    );
}

#[test]
fn s64_a_frame_above_that_did_not_answer_counts_as_foreign() {
    let inner = frame(2, 1, BANK, &sign_in(&json!({})));
    let silent = json!({ "frame": 1, "parent": 0, "origin": "", "url": "", "documentId": "", "snapshot": null });
    let top = frame(0, -1, BANK, &snapshot(&[], &[]));
    assert_eq!(
        refused(&ask(&[top.clone(), silent, inner.clone()], "")),
        "cross-origin-frame"
    );
    assert_eq!(refused(&ask(&[top, inner], "")), "cross-origin-frame");
}

#[test]
fn s64_frames_in_a_ring_or_named_twice_are_refused() {
    let form = sign_in(&json!({}));
    assert_eq!(
        refused(&ask(
            &[frame(1, 2, BANK, &form), frame(2, 1, BANK, &form)],
            ""
        )),
        "cross-origin-frame"
    );
    let empty = snapshot(&[], &[]);
    let twice = [
        frame(0, -1, BANK, &empty),
        frame(0, -1, BANK, &empty),
        frame(1, 0, BANK, &form),
    ];
    assert_eq!(refused(&ask(&twice, "")), "cross-origin-frame");
}

#[test]
fn s65_what_is_no_web_origin_gets_nothing() {
    let origins = [
        "null",
        "",
        "file://",
        "data:text/html,x",
        "about:blank",
        "about:srcdoc",
        "blob:https://bank.example/1",
        "javascript:0",
        "chrome-extension://abc",
        "view-source:https://bank.example",
        "https://",
        "https://a@bank.example",
    ];
    for origin in origins {
        let page = frame(0, -1, origin, &sign_in(&json!({})));
        assert_eq!(
            refused(&ask_for(&Everywhere, &[page], "")),
            "opaque-origin",
            "{origin}"
        );
    }
}

/// An item that would match anything: the rule must not rest on matching alone.
struct Everywhere;
impl Sites for Everywhere {
    fn item(&self, _: &str, _: &str) -> SiteMatch {
        SiteMatch::Match
    }
    fn same_site(&self, _: &str, _: &str) -> bool {
        true
    }
}

#[test]
fn s66_an_item_of_another_site_is_not_filled() {
    for origin in [
        "https://evil-bank.example",
        "https://bank.example.evil.example",
        "https://bank.example:8443",
    ] {
        assert_eq!(
            refused(&ask(&[frame(0, -1, origin, &sign_in(&json!({})))], "")),
            "no-match",
            "{origin}"
        );
    }
}

#[test]
fn s66_entries_of_the_vault_decide_with_public_suffixes() {
    use sesame_vault::item::MatchMode;
    use sesame_vault::origin::{Equivalents, SuffixList, compile};
    use sesame_vault::summary::SiteRule;
    let suffixes = SuffixList::new(compile("com\ngithub.io\n")).unwrap();
    let entries = [SiteRule::new(
        "https://shop.com/".to_owned(),
        &MatchMode::Site,
    )];
    let sites = VaultSites {
        entries: &entries,
        suffixes: &suffixes,
        equivalents: Equivalents::default(),
    };
    assert_eq!(
        sites.item("https://www.shop.com", "https://www.shop.com/in"),
        SiteMatch::Match
    );
    assert_eq!(
        sites.item("http://www.shop.com", "http://www.shop.com/in"),
        SiteMatch::Downgrade,
        "S-60"
    );
    assert_eq!(
        sites.item("https://evilshop.com", "https://evilshop.com/"),
        SiteMatch::No
    );
    assert_eq!(sites.item("null", "https://www.shop.com/"), SiteMatch::No);
    assert!(sites.same_site("https://a.shop.com", "https://shop.com"));
    assert!(!sites.same_site("https://one.github.io", "https://two.github.io"));
    assert!(!sites.same_site("http://127.0.0.1", "http://localhost"));
}

#[test]
fn s74_of_many_frames_and_forms_one_is_filled() {
    let mut frames = vec![frame(0, -1, BANK, &sign_in(&json!({})))];
    frames.extend((1..20).map(|id| frame(id, 0, BANK, &sign_in(&json!({})))));
    let verdict = ask(&frames, "");
    assert_eq!(
        (verdict["frame"].as_i64(), values(&verdict).len()),
        (Some(0), 2)
    );

    let fields: Vec<Value> = (0..20)
        .flat_map(|group| {
            let user = field(&json!({ "label": "User name", "group": group }));
            [
                user,
                field(&json!({ "label": "Password", "type": "password", "group": group })),
            ]
        })
        .collect();
    let groups = vec![group(&json!({})); 20];
    let verdict = ask(&[frame(0, -1, BANK, &snapshot(&fields, &groups))], "");
    assert_eq!(
        values(&verdict)
            .iter()
            .map(|(field, ..)| *field)
            .collect::<Vec<_>>(),
        [0, 1]
    );
}

#[test]
fn one_frames_nonsense_does_not_keep_the_others_from_being_filled() {
    let mut odd = frame(1, 0, BANK, &json!({ "id": 5 }));
    assert_eq!(
        ask(&[frame(0, -1, BANK, &sign_in(&json!({}))), odd.clone()], "")["frame"],
        0
    );
    odd["parent"] = json!("top");
    let item = FillItem::Login(Login {
        username: "a",
        password: "b",
        totp: None,
    });
    let frames = json!([odd]).to_string();
    let request = |frames, at| Request {
        frames,
        confirm: "",
        at,
        now_ms: NOW,
    };
    for (frames, at) in [(frames.as_str(), ""), ("[]", "0"), ("[]", r#"{"frame":0}"#)] {
        let answer = plan(&item, &Everywhere, &request(frames, at));
        assert_eq!(answer.unwrap_err(), FillError::BadFrames);
    }
}

#[test]
fn s74_a_choice_in_the_page_is_for_the_form_that_the_person_is_in() {
    let two = |focused: Value| {
        let fields: Vec<Value> = (0..2)
            .flat_map(|group| {
                [
                    field(&json!({ "label": "User name", "group": group })),
                    field(&json!({ "label": "Password", "type": "password", "group": group })),
                ]
            })
            .collect();
        let mut page = snapshot(&fields, &[group(&json!({})), group(&json!({}))]);
        page["focused"] = focused;
        page
    };
    let at =
        |frame: i64, document: &str| json!({ "frame": frame, "documentId": document }).to_string();
    let in_page = |focused: Value, at: &str| {
        let frames = [
            frame(0, -1, BANK, &two(focused)),
            frame(1, 0, BANK, &two(json!(0))),
        ];
        ask_at(&Listed(&[BANK]), &frames, "", at)
    };
    let chosen = in_page(json!(3), &at(0, "document-0"));
    assert_eq!(
        (chosen["frame"].as_i64(), values(&chosen)[0].0),
        (Some(0), 2)
    );
    assert_eq!(in_page(json!(3), &at(1, "document-1"))["frame"], 1);
    // Nor is another form of the page filled where the one with the focus takes nothing.
    let mut search = two(json!(4));
    let fields = search["fields"].as_array_mut().unwrap();
    fields.push(field(
        &json!({ "label": "Search", "type": "search", "group": 2 }),
    ));
    let groups = search["groups"].as_array_mut().unwrap();
    groups.push(group(
        &json!({ "buttons": [button(&json!({ "text": "Search" }))] }),
    ));
    let page = [frame(0, -1, BANK, &search)];
    let in_search = ask_at(&Listed(&[BANK]), &page, "", &at(0, "document-0"));
    assert_eq!(refused(&in_search), "no-form");
    // No field, another document, a document without a name: nothing else is filled instead (S-76).
    assert_eq!(
        refused(&in_page(json!(null), &at(0, "document-0"))),
        "no-form"
    );
    assert_eq!(refused(&in_page(json!(3), &at(0, "document-1"))), "no-form");
    assert_eq!(refused(&in_page(json!(3), &at(0, ""))), "no-form");
}
