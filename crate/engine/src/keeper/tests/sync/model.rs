//! S-33: three browsers, random changes, and a failure at any step; in the end all have the same, and
//! every value that was saved is current, in the history or among the other values, unless somebody who
//! saw it replaced it.

use super::world::{Fault, Faults, Stop};
use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

#[derive(Debug, Clone)]
enum Act {
    Add,
    Password(usize),
    Name(usize),
    Notes(usize),
    Custom(usize, usize),
    Website(usize),
    Tag(usize, usize),
    Bin(usize, bool),
    Delete(usize),
    Settings,
    NewCode,
    Restart,
    Sync(Option<(usize, Fault)>),
}

fn fault() -> impl Strategy<Value = Fault> {
    prop_oneof![
        Just(Fault::Request),
        Just(Fault::Answer),
        Just(Fault::BeforeWrite),
        Just(Fault::AfterWrite),
    ]
}

fn act() -> impl Strategy<Value = Act> {
    let item = 0..4usize;
    prop_oneof![
        2 => Just(Act::Add),
        3 => item.clone().prop_map(Act::Password),
        3 => item.clone().prop_map(Act::Name),
        2 => item.clone().prop_map(Act::Notes),
        2 => (item.clone(), 0..3usize).prop_map(|(item, field)| Act::Custom(item, field)),
        1 => item.clone().prop_map(Act::Website),
        1 => (item.clone(), 0..3usize).prop_map(|(item, tag)| Act::Tag(item, tag)),
        1 => (item.clone(), any::<bool>()).prop_map(|(item, bin)| Act::Bin(item, bin)),
        1 => item.prop_map(Act::Delete),
        1 => Just(Act::Settings),
        1 => Just(Act::NewCode),
        1 => Just(Act::Restart),
        6 => prop::option::of((0..8usize, fault())).prop_map(Act::Sync),
    ]
}

/// What was saved, and what somebody who saw it replaced.
#[derive(Default)]
struct Book {
    ids: Vec<String>,
    written: BTreeSet<(String, String)>,
    replaced: BTreeSet<(String, String)>,
    next: usize,
}

/// Everything that an item still says.
fn values(browser: &Browser, id: &str) -> BTreeSet<String> {
    let item = browser.item(id);
    let mut all: BTreeSet<String> = [&item.name, &item.notes, &item.password]
        .into_iter()
        .cloned()
        .collect();
    all.extend(item.custom.iter().map(|field| field.value.clone()));
    all.extend(item.websites.iter().map(|site| site.url.clone()));
    all.extend(item.history.iter().map(|old| old.value.clone()));
    all.extend(item.others.iter().map(|other| other.value.clone()));
    all
}

impl Book {
    fn value(&mut self) -> String {
        self.next += 1;
        format!("v{}", self.next)
    }

    fn pick(&self, browser: &Browser, at: usize) -> Option<String> {
        let here: Vec<&String> = self
            .ids
            .iter()
            .filter(|id| {
                let key = (Store::Items, (*id).clone());
                browser.machine.disk.borrow().contains_key(&key) && browser.has(id)
            })
            .collect();
        here.get(at % here.len().max(1)).map(|id| (*id).clone())
    }

    /// Sets one field; what it said is replaced knowingly.
    fn set(
        &mut self,
        browser: &mut Browser,
        at: usize,
        change: impl FnOnce(&mut ItemEdit, String) -> String,
    ) {
        let Some(id) = self.pick(browser, at) else {
            return;
        };
        let value = self.value();
        let mut before = String::new();
        browser.edit(&id, |edit| before = change(edit, value.clone()));
        self.written.insert((id.clone(), value));
        self.replaced.insert((id, before));
    }

    fn act(&mut self, world: &mut World, at: usize, act: &Act) {
        let World { server, browsers } = world;
        let browser = &mut browsers[at];
        match act {
            Act::Add => {
                let name = self.value();
                let id = browser.save(&login(&name, "site.example", ""));
                self.written.insert((id.clone(), name));
                self.ids.push(id);
            }
            Act::Password(item) => {
                // A replaced password stays in the history: it is never gone.
                let Some(id) = self.pick(browser, *item) else {
                    return;
                };
                let value = self.value();
                browser.edit(&id, |edit| edit.password = value.clone());
                self.written.insert((id, value));
            }
            Act::Name(item) => self.set(browser, *item, |edit, value| {
                std::mem::replace(&mut edit.name, value)
            }),
            Act::Notes(item) => self.set(browser, *item, |edit, value| {
                std::mem::replace(&mut edit.notes, value)
            }),
            Act::Custom(item, field) => self.set(browser, *item, |edit, value| {
                let name = format!("field {field}");
                match edit.custom.iter_mut().find(|field| field.name == name) {
                    Some(field) => std::mem::replace(&mut field.value, value),
                    None => {
                        edit.custom.push(sesame_vault::item::CustomEdit {
                            name,
                            kind: "text".into(),
                            value,
                        });
                        String::new()
                    }
                }
            }),
            Act::Website(item) => {
                let Some(id) = self.pick(browser, *item) else {
                    return;
                };
                let url = format!("https://{}.example", self.value());
                browser.edit(&id, |edit| {
                    edit.websites.push(WebsiteEdit {
                        url: url.clone(),
                        mode: "host".into(),
                    });
                });
                self.written.insert((id, url));
            }
            Act::Tag(item, tag) => {
                let Some(id) = self.pick(browser, *item) else {
                    return;
                };
                let tag = format!("tag {tag}");
                browser.edit(&id, |edit| match edit.tags.iter().position(|t| *t == tag) {
                    Some(place) => drop(edit.tags.remove(place)),
                    None => edit.tags.push(tag),
                });
            }
            Act::Bin(item, bin) => {
                if let Some(id) = self.pick(browser, *item) {
                    browser.bin(&id, *bin);
                }
            }
            Act::Delete(item) => {
                if let Some(id) = self.pick(browser, *item) {
                    for value in values(browser, &id) {
                        self.replaced.insert((id.clone(), value));
                    }
                    browser.delete(&id);
                }
            }
            Act::Settings => {
                browser.machine.pass(7);
                let edit = crate::api::SettingsEdit {
                    lock_after: 15,
                    vault_name: self.value(),
                };
                let commit = browser.keeper.save_settings(&edit).unwrap();
                browser.write(commit);
            }
            Act::NewCode => {
                browser.fresh();
                let made = browser.keeper.new_recovery_code().unwrap();
                browser.write(made.commit);
            }
            Act::Restart => browser.restart(),
            Act::Sync(fault) => {
                let faults = match fault {
                    Some((step, kind)) => Faults::at(*step, Some(*kind)),
                    None => Faults::none(),
                };
                match browser.sync(server, &faults) {
                    Ok(_) | Err(Stop::Fault) => {}
                    Err(failed) => panic!("{failed:?}"),
                }
            }
        }
    }

    fn check(&self, browser: &Browser) {
        for (id, value) in &self.written {
            let replaced = self.replaced.contains(&(id.clone(), value.clone()));
            if browser.has(id) {
                assert!(
                    replaced || values(browser, id).contains(value),
                    "{value} of {id} is lost"
                );
            } else {
                assert!(replaced, "{value} went with {id}, which somebody changed");
            }
        }
    }
}

/// As many runs as can be waited for; each with up to 60 acts.
fn runs() -> ProptestConfig {
    ProptestConfig {
        cases: std::env::var("PROPTEST_CASES").map_or(96, |cases| cases.parse().unwrap()),
        max_shrink_iters: 200,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(runs())]
    #[test]
    fn s33_nothing_is_lost_and_all_come_to_the_same(
        acts in prop::collection::vec((0..3usize, act()), 1..60),
    ) {
        let mut world = World::of(500, 3);
        let mut book = Book::default();
        for (at, act) in &acts {
            book.act(&mut world, *at, act);
        }
        world.settle();
        for browser in &mut world.browsers {
            book.check(browser);
            browser.restart();
            prop_assert!(browser.keeper.open_view().unwrap().damage.is_empty());
            let rows = browser.machine.rows();
            prop_assert!(browser.keeper.verify_rows(&rows).unwrap().is_empty());
        }
    }
}
