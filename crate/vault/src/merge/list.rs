//! Lists, entry by entry. One routine over keys and encoded contents for all of them: each type of
//! entry would otherwise bring its own copy into the service worker's module.

use zeroize::Zeroizing;

/// An entry: what tells it from others, and what it says.
pub(super) struct Line {
    key: String,
    content: Zeroizing<Vec<u8>>,
}

/// Where an entry of the merged list comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pick {
    Won(usize),
    Lost(usize),
}

/// A merged list, as places in the two lists.
pub(super) struct Picks {
    picks: Vec<Pick>,
    /// Entries of the losing side that were changed on both.
    lost: Vec<usize>,
}

impl Line {
    pub(super) fn new(key: &str, content: Zeroizing<Vec<u8>>) -> Self {
        Self {
            key: key.to_owned(),
            content,
        }
    }
}

impl Picks {
    /// The merged list itself.
    pub(super) fn of<T: Clone>(&self, won: &[T], lost: &[T]) -> Vec<T> {
        let pick = |pick: &Pick| match *pick {
            Pick::Won(at) => won.get(at).cloned(),
            Pick::Lost(at) => lost.get(at).cloned(),
        };
        self.picks.iter().filter_map(pick).collect()
    }

    /// Entries that lost against another change of the same entry.
    pub(super) fn lost<'l, T>(&self, lost: &'l [T]) -> impl Iterator<Item = &'l T> {
        self.lost.iter().filter_map(|at| lost.get(*at))
    }
}

/// The same key for the second time is another key.
fn numbered(lines: Vec<Line>) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    for mut line in lines {
        let before = |known: &Line| {
            known.key == line.key || known.key.starts_with(&format!("{}\0", line.key))
        };
        let count = out.iter().filter(|known| before(known)).count();
        if count > 0 {
            line.key = format!("{}\0{count}", line.key);
        }
        out.push(line);
    }
    out
}

fn find<'l>(lines: &'l [Line], key: &str) -> Option<(usize, &'l Line)> {
    lines.iter().enumerate().find(|(_, line)| line.key == key)
}

fn same_lists(one: &[Line], other: &[Line]) -> bool {
    one.len() == other.len()
        && one
            .iter()
            .zip(other)
            .all(|(one, other)| one.key == other.key && one.content == other.content)
}

/// Merges two lists. Without a base nothing counts as removed.
pub(super) fn merge_lines(base: Option<Vec<Line>>, won: Vec<Line>, lost: Vec<Line>) -> Picks {
    let (base, won, lost) = (base.map(numbered), numbered(won), numbered(lost));
    let all = |count: usize, pick: fn(usize) -> Pick| Picks {
        picks: (0..count).map(pick).collect(),
        lost: Vec::new(),
    };
    // A list that only one side touched is that side's, its order included.
    if same_lists(&won, &lost) || base.as_ref().is_some_and(|base| same_lists(base, &lost)) {
        return all(won.len(), Pick::Won);
    }
    if base.as_ref().is_some_and(|base| same_lists(base, &won)) {
        return all(lost.len(), Pick::Lost);
    }
    let mut out = all(0, Pick::Won);
    let before = |key: &str| base.as_deref().and_then(|base| find(base, key));
    for (at, line) in won.iter().enumerate() {
        let began = before(&line.key).map(|(_, began)| began);
        let unchanged = began.is_some_and(|began| began.content == line.content);
        match find(&lost, &line.key) {
            Some((_, other)) if other.content == line.content => out.picks.push(Pick::Won(at)),
            Some((place, _)) if unchanged => out.picks.push(Pick::Lost(place)),
            Some((place, other)) => {
                out.picks.push(Pick::Won(at));
                if began.is_none_or(|began| began.content != other.content) {
                    out.lost.push(place);
                }
            }
            // The other side removed it, and this one did nothing with it.
            None if unchanged => {}
            None => out.picks.push(Pick::Won(at)),
        }
    }
    for (place, line) in lost.iter().enumerate() {
        let removed = before(&line.key).is_some_and(|(_, began)| began.content == line.content);
        if find(&won, &line.key).is_none() && !removed {
            out.picks.push(Pick::Lost(place));
        }
    }
    out
}
