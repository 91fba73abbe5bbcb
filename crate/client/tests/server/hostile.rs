//! The real server behind somebody who changes, drops, repeats, cuts and swaps what it says
//! (security.md A). Whatever comes, nothing that is stored gets lost or worse, and with an honest line
//! afterwards everything comes to the same end.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::support::{EMAIL, PASSWORD, Server};
use sesame_client::{Answer, Browser, ClientError, Http, Lost, Proof, Transport};
use sesame_engine::EngineError;
use sesame_protocol::account::{Message as _, Pulled, RowList};
use sesame_vault::{Store, SyncReason, VaultError};

/// What becomes of an answer to a request.
type Trick = Box<dyn FnMut(&str, &mut Http, &mut Answer) -> Result<(), Lost>>;

/// A line with somebody on it. Without a trick it is a plain line.
#[derive(Clone)]
struct Between {
    line: Http,
    trick: Rc<RefCell<Option<Trick>>>,
}

impl Between {
    fn new(server: &Server) -> Self {
        Self {
            line: Http::new(&server.origin),
            trick: Rc::default(),
        }
    }

    fn play(&self, trick: impl FnMut(&str, &mut Http, &mut Answer) -> Result<(), Lost> + 'static) {
        *self.trick.borrow_mut() = Some(Box::new(trick));
    }

    /// Changes answers of one route.
    fn change(&self, route: &'static str, mut change: impl FnMut(&mut Vec<u8>) + 'static) {
        self.play(move |path, _, answer| {
            if path == route && answer.status == 200 {
                change(&mut answer.body);
            }
            Ok(())
        });
    }

    fn honest(&self) {
        *self.trick.borrow_mut() = None;
    }
}

impl Transport for Between {
    fn post(&mut self, path: &str, token: Option<&str>, body: &[u8]) -> Result<Answer, Lost> {
        let mut answer = self.line.post(path, token, body)?;
        if let Some(trick) = &mut *self.trick.borrow_mut() {
            trick(path, &mut self.line, &mut answer)?;
        }
        Ok(answer)
    }
}

/// A profile with somebody on its line, signed in, and another one to make changes elsewhere.
struct Scene {
    between: Between,
    browser: Browser<Between>,
    elsewhere: Browser<Http>,
    _server: Server,
}

fn scene() -> Scene {
    let server = Server::start();
    let mut elsewhere = server.signed_up();
    for number in 0..6 {
        elsewhere
            .save_login(
                &format!("Site {number}"),
                "ada",
                &format!("secret {number}"),
            )
            .unwrap();
    }
    elsewhere.sync().unwrap();
    let between = Between::new(&server);
    let mut browser = Browser::new(server.origin.clone(), between.clone());
    browser.sign_in(EMAIL, Proof::Password(PASSWORD)).unwrap();
    browser.sync().unwrap();
    elsewhere.sync().unwrap();
    Scene {
        between,
        browser,
        elsewhere,
        _server: server,
    }
}

impl Scene {
    /// Changes items elsewhere, two edited and one new.
    fn change_elsewhere(&mut self) {
        let ids = self.elsewhere.ids().unwrap();
        for id in ids.iter().take(2) {
            let mut edit = self.elsewhere.item(id).unwrap();
            edit.password.push('!');
            self.elsewhere.save(&edit).unwrap();
        }
        self.elsewhere.save_login("New", "ada", "new").unwrap();
        self.elsewhere.sync().unwrap();
    }

    /// What is stored of items is what it was; only why sync stopped may be written down.
    fn unchanged(&self, before: &BTreeMap<String, Vec<u8>>) {
        assert!(self.browser.disk().all(Store::Items) == *before);
    }

    /// The person has both brought together.
    fn merges(&mut self) {
        let commit = self.browser.keeper_mut().resolve_suspended("merge");
        self.browser.write(commit.unwrap());
        self.converges();
    }

    /// Both come to the same end.
    fn converges(&mut self) {
        self.between.honest();
        self.browser.sync().unwrap();
        self.elsewhere.sync().unwrap();
        self.browser.sync().unwrap();
        assert!(self.browser.disk().rows(Store::Items) == self.elsewhere.disk().rows(Store::Items));
    }
}

fn suspended(error: &ClientError) -> Option<SyncReason> {
    match error {
        ClientError::Engine(EngineError::Vault(VaultError::Suspended(reason))) => Some(*reason),
        _ => None,
    }
}

/// S-17, S-21: one alteration, one stop; nothing taken, nothing told, nothing tried again.
fn stops(route: &'static str, change: impl FnMut(&mut Vec<u8>) + 'static) -> SyncReason {
    let mut scene = scene();
    scene.change_elsewhere();
    let before = scene.browser.disk().all(Store::Items);
    scene.between.change(route, change);
    let error = scene.browser.sync().unwrap_err();
    let reason = suspended(&error).unwrap_or_else(|| panic!("{error:?}"));
    scene.unchanged(&before);
    let view = scene.browser.keeper().account_view().unwrap();
    assert_eq!(view.state, "suspended");
    // It stays so, with an honest line and after a restart, until the person decides.
    scene.between.honest();
    assert!(suspended(&scene.browser.sync().unwrap_err()).is_some());
    scene.browser.restart().unwrap();
    scene.browser.unlock(PASSWORD).unwrap();
    assert!(suspended(&scene.browser.sync().unwrap_err()).is_some());
    scene.merges();
    reason
}

fn with_pulled(body: &mut Vec<u8>, change: impl FnOnce(&mut Pulled)) {
    let mut pulled = Pulled::decode(body).unwrap();
    change(&mut pulled);
    *body = pulled.encode();
}

fn with_rows(body: &mut Vec<u8>, change: impl FnOnce(&mut RowList)) {
    let mut rows = RowList::decode(body).unwrap();
    change(&mut rows);
    *body = rows.encode();
}

#[test]
fn s07_a_dropped_bucket_entry_is_noticed() {
    let reason = stops("/v1/v/pull", |body| {
        with_pulled(body, |pulled| {
            let bucket = pulled
                .buckets
                .iter_mut()
                .find(|bucket| !bucket.entries.is_empty());
            bucket.unwrap().entries.pop();
        });
    });
    // Its hash is another one than the manifest's: what is missing can't be told from what is changed.
    assert_eq!(reason, SyncReason::Mixed);
}

#[test]
fn s36_a_manifest_that_nobody_signed_is_noticed() {
    let reason = stops("/v1/v/pull", |body| {
        with_pulled(body, |pulled| pulled.manifest[60] ^= 1);
    });
    assert_eq!(reason, SyncReason::Forged);
}

#[test]
fn s04_rows_under_each_others_ids_are_noticed() {
    let reason = stops("/v1/v/rows", |body| {
        with_rows(body, |list| {
            let first = list.rows[0].blob.clone();
            list.rows[0].blob = std::mem::replace(&mut list.rows[1].blob, first);
        });
    });
    assert_eq!(reason, SyncReason::Mixed);
}

#[test]
fn s03_an_altered_row_is_noticed() {
    let reason = stops("/v1/v/rows", |body| {
        with_rows(body, |list| {
            let last = list.rows[0].blob.last_mut().unwrap();
            *last ^= 1;
        });
    });
    assert_eq!(reason, SyncReason::Mixed);
}

#[test]
fn s08_an_older_revision_under_the_newest_manifest_is_noticed() {
    let mut scene = scene();
    let old = scene.browser.disk().rows(Store::Items);
    scene.change_elsewhere();
    let before = scene.browser.disk().all(Store::Items);
    scene.between.change("/v1/v/rows", move |body| {
        with_rows(body, |list| {
            // Genuine rows of the same items, one revision older.
            for row in &mut list.rows {
                if let Some(stored) = old.get(&row.id) {
                    row.blob = stored[sesame_protocol::ROW_HEAD..].to_vec();
                }
            }
        });
    });
    let error = scene.browser.sync().unwrap_err();
    assert_eq!(suspended(&error), Some(SyncReason::Mixed));
    scene.unchanged(&before);
}

#[test]
fn s09_every_earlier_state_is_noticed() {
    let mut scene = scene();
    // What the server said to this browser, each time.
    let history = Rc::new(RefCell::new(Vec::new()));
    let kept = Rc::clone(&history);
    scene.between.change("/v1/v/pull", move |body| {
        kept.borrow_mut()
            .push(Pulled::decode(body).unwrap().manifest);
    });
    for _ in 0..3 {
        scene.change_elsewhere();
        scene.browser.sync().unwrap();
    }
    let before = scene.browser.disk().all(Store::Items);
    let manifests: Vec<_> = history.borrow().clone();
    let newest = manifests.last().unwrap().clone();
    let mut tried = 0;
    for manifest in manifests {
        if manifest == newest {
            continue;
        }
        tried += 1;
        scene.between.change("/v1/v/pull", move |body| {
            with_pulled(body, |pulled| pulled.manifest.clone_from(&manifest));
        });
        let error = scene.browser.sync().unwrap_err();
        assert_eq!(suspended(&error), Some(SyncReason::Rollback));
        scene.unchanged(&before);
        scene.merges();
    }
    assert!(tried >= 2, "{tried}");
}

#[test]
fn s10_two_pasts_are_noticed() {
    // A copy of the profile goes on alone: what it pushes is a second past for the first one.
    let mut scene = scene();
    scene.change_elsewhere();
    let stale = {
        let body = Rc::new(RefCell::new(None));
        let kept = Rc::clone(&body);
        scene.between.change("/v1/v/chain", move |body| {
            *kept.borrow_mut() = Some(body.clone())
        });
        scene.browser.sync().unwrap();
        body.borrow().clone()
    };
    scene.change_elsewhere();
    scene.change_elsewhere();
    let before = scene.browser.disk().all(Store::Items);
    // Links of another time instead of those that lead on.
    let stale = stale.unwrap_or_default();
    scene
        .between
        .change("/v1/v/chain", move |body| body.clone_from(&stale));
    let error = scene.browser.sync().unwrap_err();
    let honest = [SyncReason::Fork, SyncReason::Forged, SyncReason::Dropped];
    let noticed = suspended(&error).is_some_and(|reason| honest.contains(&reason));
    let no_answer = error == ClientError::Engine(EngineError::Vault(VaultError::BadAnswer));
    assert!(noticed || no_answer, "{error:?}");
    scene.unchanged(&before);
}

#[test]
fn s31_cut_answers_and_noise_change_nothing() {
    let mut scene = scene();
    scene.change_elsewhere();
    let before = scene.browser.disk().all(Store::Items);
    for cut in 0..4 {
        for route in ["/v1/v/pull", "/v1/v/rows"] {
            scene.between.change(route, move |body| {
                body.truncate([0, 1, body.len() / 2, body.len() - 1][cut]);
            });
            let error = scene.browser.sync().unwrap_err();
            let bad = ClientError::Engine(EngineError::Vault(VaultError::BadAnswer));
            assert_eq!(error, bad, "{route} {cut}");
            scene.unchanged(&before);
        }
    }
    for status in [201, 204, 302, 404, 500, 503] {
        scene.between.play(move |_, _, answer| {
            answer.status = status;
            answer.body = b"<html>".to_vec();
            Ok(())
        });
        assert_eq!(
            scene.browser.sync().unwrap_err(),
            ClientError::Lost,
            "{status}"
        );
        scene.unchanged(&before);
    }
    scene.converges();
}

/// Answers get lost at every request in turn, those to commits among them, which the server took.
#[test]
fn s33_lost_answers_lose_and_double_nothing() {
    let mut scene = scene();
    for round in 0..12 {
        scene
            .browser
            .save_login(&format!("Here {round}"), "ada", "here")
            .unwrap();
        scene.change_elsewhere();
        let mut left = round % 6;
        scene.between.play(move |_, _, _| {
            left -= 1;
            if left < 0 { Err(Lost) } else { Ok(()) }
        });
        let _ = scene.browser.sync();
        if round % 3 == 0 {
            // And the browser dies with it.
            scene.browser.restart().unwrap();
            scene.browser.unlock(PASSWORD).unwrap();
        }
        if round % 4 == 0 {
            scene.converges();
        }
    }
    scene.converges();
    let names = |browser: &Browser<Between>| {
        let ids = browser.ids().unwrap();
        ids.iter()
            .map(|id| browser.item(id).unwrap().name.clone())
            .collect::<Vec<_>>()
    };
    let names = names(&scene.browser);
    for round in 0..12 {
        let name = format!("Here {round}");
        assert_eq!(
            names.iter().filter(|one| **one == name).count(),
            1,
            "{name}"
        );
    }
}

#[test]
fn s23_nothing_is_sent_after_an_altered_second_message() {
    let server = Server::start();
    server.signed_up();
    let between = Between::new(&server);
    let asked = Rc::new(RefCell::new(Vec::new()));
    let seen = Rc::clone(&asked);
    between.play(move |path, _, answer| {
        seen.borrow_mut().push(path.to_owned());
        if path == "/v1/login/start" {
            let last = answer.body.last_mut().unwrap();
            *last ^= 1;
        }
        Ok(())
    });
    let mut browser = Browser::new(server.origin.clone(), between);
    let refused = browser.sign_in(EMAIL, Proof::Password(PASSWORD));
    assert!(matches!(refused, Err(ClientError::Auth(_))), "{refused:?}");
    assert_eq!(*asked.borrow(), ["/v1/login/start"]);
    assert!(browser.disk().all(Store::Vault).is_empty());
}

#[test]
fn s11_s35_a_new_browser_takes_no_other_vault() {
    let server = Server::start();
    let mut other = server.browser();
    other.create_vault(PASSWORD).unwrap();
    server.signed_up();
    // The header of another vault with the same password: genuine, but not this account's.
    let header = other.disk().get(Store::Vault, "header").unwrap().to_vec();
    let between = Between::new(&server);
    between.change("/v1/v/pull", move |body| {
        with_pulled(body, |pulled| pulled.header = Some(header.clone()));
    });
    let mut browser = Browser::new(server.origin.clone(), between);
    let refused = browser
        .sign_in(EMAIL, Proof::Password(PASSWORD))
        .unwrap_err();
    assert!(suspended(&refused).is_some(), "{refused:?}");
    assert!(browser.disk().all(Store::Vault).is_empty());
}
