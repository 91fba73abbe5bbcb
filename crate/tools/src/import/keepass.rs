//! KeePass 2 XML, as KeePass and KeePassXC write it. No entities but XML's own five are known, so
//! there is nothing that could grow (S-109).

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Reason;
use super::collect::Collector;
use super::item::{Draft, FieldKind, MatchMode};
use crate::ImportError;

/// Deeper nesting than any person makes.
const MAX_DEPTH: usize = 64;

/// One `String` element of an entry.
#[derive(Default)]
struct Pair {
    key: String,
    value: String,
    hidden: bool,
}

#[derive(Default)]
struct State {
    /// Names of the open elements.
    path: Vec<String>,
    /// Names of the open groups, as far as they are known.
    groups: Vec<Group>,
    bin: String,
    text: String,
    pair: Pair,
    entry: Option<Draft>,
    entries: u64,
}

#[derive(Default)]
struct Group {
    name: String,
    deleted: bool,
}

pub(super) fn read(text: &str, found: &mut Collector) -> Result<(), ImportError> {
    let mut reader = Reader::from_str(text);
    let mut state = State::default();
    let mut recognised = false;
    loop {
        match reader.read_event().map_err(|_| ImportError::Damaged)? {
            Event::Start(start) => {
                let name = start.name().as_ref().to_owned();
                if state.path.is_empty() && name != "KeePassFile" {
                    return Err(ImportError::NotRecognised);
                }
                recognised = true;
                if state.path.len() == MAX_DEPTH {
                    return Err(ImportError::Damaged);
                }
                state.open(&name, &start)?;
                state.path.push(name);
                state.text.clear();
            }
            Event::Empty(_) => state.text.clear(),
            Event::Text(text) => state.text.push_str(&text.xml10_content()),
            Event::CData(text) => state.text.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let character = match reference
                    .resolve_char_ref()
                    .map_err(|_| ImportError::Damaged)?
                {
                    Some(character) => Some(character),
                    None => named(&reference),
                };
                state.text.push(character.ok_or(ImportError::Damaged)?);
            }
            Event::End(_) => {
                let name = state.path.pop().ok_or(ImportError::Damaged)?;
                if !state.close(&name, found) {
                    return Ok(());
                }
            }
            Event::Eof => break,
            Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Comment(_) => {}
        }
    }
    if !recognised {
        return Err(ImportError::NotRecognised);
    }
    // Cut short: what was read is not all there was.
    if state.path.is_empty() {
        Ok(())
    } else {
        Err(ImportError::Damaged)
    }
}

fn named(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

impl State {
    /// Entries inside of an entry are its history.
    fn in_history(&self) -> bool {
        self.path.iter().any(|name| name == "History")
    }

    fn open(&mut self, name: &str, start: &BytesStart<'_>) -> Result<(), ImportError> {
        match name {
            "Group" => {
                let deleted = self.groups.last().is_some_and(|group| group.deleted);
                self.groups.push(Group {
                    name: String::new(),
                    deleted,
                });
            }
            "Entry" if !self.in_history() => self.entry = Some(Draft::default()),
            "String" => self.pair = Pair::default(),
            "Value" => {
                for attribute in start.attributes() {
                    let attribute = attribute.map_err(|_| ImportError::Damaged)?;
                    let set = attribute.value.eq_ignore_ascii_case("true");
                    match attribute.key.as_ref() {
                        // Sealed with the stream cipher of a .kdbx file, which is not here.
                        "Protected" if set => return Err(ImportError::Encrypted),
                        "ProtectInMemory" => self.pair.hidden = set,
                        _ => {}
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Takes in what an element held. False once no more items are taken.
    fn close(&mut self, name: &str, found: &mut Collector) -> bool {
        let text = std::mem::take(&mut self.text);
        let parent = self.path.last().map_or("", String::as_str);
        match (parent, name) {
            ("Meta", "RecycleBinUUID") => self.bin = text.trim().to_owned(),
            ("Group", "Name") => {
                if let Some(group) = self.groups.last_mut() {
                    text.trim().clone_into(&mut group.name);
                }
            }
            ("Group", "UUID") => {
                if let Some(group) = self.groups.last_mut() {
                    group.deleted |= !self.bin.is_empty() && text.trim() == self.bin;
                }
            }
            (_, "Group") => {
                self.groups.pop();
            }
            _ if self.in_history() => {}
            ("String", "Key") => self.pair.key = text,
            ("String", "Value") => self.pair.value = text,
            ("Entry", "String") => self.string(),
            ("Entry", "Tags") => {
                if let Some(entry) = &mut self.entry {
                    text.split([';', ',']).for_each(|tag| entry.tag(tag));
                }
            }
            ("Entry", "Binary") => {
                if let Some(entry) = &mut self.entry {
                    entry.remark(Reason::Attachment);
                }
            }
            (_, "Entry") => return self.finish(found),
            _ => {}
        }
        true
    }

    fn string(&mut self) {
        let Pair { key, value, hidden } = std::mem::take(&mut self.pair);
        let Some(draft) = &mut self.entry else { return };
        match key.as_str() {
            "Title" => draft.item.name = value,
            "UserName" => draft.item.username = value,
            "Password" => draft.item.password = value,
            "URL" => draft.address(&value, MatchMode::default()),
            "Notes" => draft.notes(&value),
            "otp" | "TimeOtp-Secret-Base32" | "TOTP Seed" => draft.code(&value),
            // KeePassXC's further addresses, and what goes with a code that was read above.
            key if key.starts_with("KP2A_URL") => draft.address(&value, MatchMode::default()),
            "TOTP Settings" => {}
            key => draft.custom(
                key,
                if hidden {
                    FieldKind::Hidden
                } else {
                    FieldKind::Text
                },
                &value,
            ),
        }
    }

    fn finish(&mut self, found: &mut Collector) -> bool {
        let Some(mut draft) = self.entry.take() else {
            return true;
        };
        self.entries += 1;
        if self.groups.last().is_some_and(|group| group.deleted) {
            found.problem(self.entries, Reason::Deleted);
            return true;
        }
        // The outermost group stands for the file.
        let folders: Vec<&str> = self
            .groups
            .iter()
            .skip(1)
            .map(|group| group.name.as_str())
            .collect();
        draft.tag(&folders.join("/"));
        found.add(self.entries, draft)
    }
}
