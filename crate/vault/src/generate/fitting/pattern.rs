//! The `pattern` attribute, as far as patterns for passwords go: conditions looked for ahead, and one
//! class with a count. The engine for it has no look-ahead, so these are taken off and asked one by one.

use regex_lite::{Regex, RegexBuilder};

/// Bytes of a pattern.
const LONGEST: usize = 500;
/// KiB that it may compile to. The least that holds it says how long it takes to match.
const SIZES: [u32; 4] = [1, 4, 16, 64];
/// Conditions that are looked at.
const CONDITIONS: usize = 16;

/// A pattern that was understood, in part or whole.
pub(super) struct Pattern {
    /// Every character is of this class.
    pub(super) only: Option<Vec<char>>,
    /// One of each must be in it.
    pub(super) some: Vec<Vec<char>>,
    /// Fewest characters.
    pub(super) min: u32,
    /// Most characters.
    pub(super) max: Option<u32>,
    /// KiB of all that is asked of a value.
    pub(super) weight: u32,
    conditions: Vec<(bool, Regex)>,
    whole: Option<Regex>,
}

impl Pattern {
    /// Reads a pattern; `None` where there is none, or nothing of it is understood.
    pub(super) fn read(text: &str) -> Option<Self> {
        if text.is_empty() || text.len() > LONGEST {
            return None;
        }
        // The attribute speaks of the whole value, whether it says so or not.
        let text = text.strip_prefix('^').unwrap_or(text);
        let mut rest = match text.strip_suffix('$') {
            Some(body) if !body.ends_with('\\') => body,
            _ => text,
        };
        let mut pattern = Self {
            only: None,
            some: Vec::new(),
            min: 0,
            max: None,
            weight: 0,
            conditions: Vec::new(),
            whole: None,
        };
        for _ in 0..CONDITIONS {
            let Some((wanted, condition, after)) = ahead(rest) else {
                break;
            };
            rest = after;
            if let Some(class) = condition
                .strip_prefix(".*")
                .map(|c| c.trim_start_matches('?'))
                && wanted
                && let Some((class, "")) = atom(class)
            {
                pattern.some.extend(members(class));
            }
            // A condition that ends in `$` is about the whole value, and the others about its beginning.
            if let Some((regex, weight)) = weighed(&format!("^(?:{condition})")) {
                pattern.weight = pattern.weight.saturating_add(weight);
                pattern.conditions.push((wanted, regex));
            }
        }
        if let Some((class, count)) = atom(rest)
            && let Some((min, max)) = counted(count)
        {
            pattern.only = members(class);
            (pattern.min, pattern.max) = (min, max);
        }
        // On its own first: "a)|(?:.*" would close the group.
        if let Some((regex, weight)) = weighed(rest).and_then(|_| weighed(&format!("^(?:{rest})$")))
        {
            pattern.weight = pattern.weight.saturating_add(weight);
            pattern.whole = Some(regex);
        }
        let understood = pattern.whole.is_some() || !pattern.conditions.is_empty();
        understood.then_some(pattern)
    }

    /// Whether a value fits what was understood.
    pub(super) fn fits(&self, value: &str) -> bool {
        self.conditions
            .iter()
            .all(|(wanted, regex)| regex.is_match(value) == *wanted)
            && self
                .whole
                .as_ref()
                .is_none_or(|whole| whole.is_match(value))
    }
}

/// `(?=…)` or `(?!…)` at the beginning: whether it is wanted, what is in it, and what comes after.
fn ahead(text: &str) -> Option<(bool, &str, &str)> {
    let wanted = text.starts_with("(?=");
    let inside = text
        .strip_prefix("(?=")
        .or_else(|| text.strip_prefix("(?!"))?;
    let (mut depth, mut class, mut escaped) = (1_u32, false, false);
    for (place, sign) in inside.char_indices() {
        match sign {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => class = true,
            ']' => class = false,
            '(' if !class => depth = depth.saturating_add(1),
            ')' if !class => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            let after = inside.get(place.saturating_add(1)..)?;
            return Some((wanted, inside.get(..place)?, after));
        }
    }
    None
}

/// One class at the beginning, and what comes after it: `[…]`, `\d`, `.`.
fn atom(text: &str) -> Option<(&str, &str)> {
    let end = match text.as_bytes().first()? {
        b'.' => 1,
        b'\\' => matches!(
            text.as_bytes().get(1)?,
            b'd' | b'D' | b'w' | b'W' | b's' | b'S'
        )
        .then_some(2)?,
        b'[' => {
            let mut escaped = false;
            let place = text.char_indices().skip(1).find(|(_, sign)| {
                let closes = *sign == ']' && !escaped;
                escaped = *sign == '\\' && !escaped;
                closes
            });
            place?.0.checked_add(1)?
        }
        _ => return None,
    };
    text.split_at_checked(end)
}

/// `+`, `*`, `{8}`, `{8,}`, `{8,20}`: fewest and most.
fn counted(text: &str) -> Option<(u32, Option<u32>)> {
    match text {
        "+" => return Some((1, None)),
        "*" => return Some((0, None)),
        _ => {}
    }
    let inside = text.strip_prefix('{')?.strip_suffix('}')?;
    match inside.split_once(',') {
        None => inside.parse().ok().map(|exactly| (exactly, Some(exactly))),
        Some((min, "")) => Some((min.parse().ok()?, None)),
        Some((min, max)) => Some((min.parse().ok()?, Some(max.parse().ok()?))),
    }
}

/// The visible characters of US-ASCII that a class holds.
fn members(class: &str) -> Option<Vec<char>> {
    let (regex, _) = weighed(&format!("^{class}$"))?;
    let held: Vec<char> = ('!'..='~')
        .filter(|c| regex.is_match(c.encode_utf8(&mut [0; 4])))
        .collect();
    (!held.is_empty()).then_some(held)
}

/// Compiled, and KiB of that.
fn weighed(pattern: &str) -> Option<(Regex, u32)> {
    SIZES.into_iter().find_map(|kib| {
        let most = usize::try_from(kib).ok()?.checked_mul(1024)?;
        let regex = RegexBuilder::new(pattern).size_limit(most).build().ok()?;
        Some((regex, kib))
    })
}
