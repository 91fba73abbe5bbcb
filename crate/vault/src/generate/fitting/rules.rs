//! The `passwordrules` attribute, as Apple describes it, with the other attributes of the fields.

use super::FieldRules;
use super::pattern::Pattern;

/// Bytes of an attribute beyond which it is not read.
const LONGEST: usize = 1_000;
/// Sets that one of must be in; a page that asks for more is not asking for a password.
const REQUIRED: usize = 16;

/// Fields that are read; a form has two.
const FIELDS: usize = 8;

/// What all fields of a form together take.
#[derive(Default)]
pub(super) struct Rules {
    /// Characters that may be in it; `None` = any.
    pub(super) allowed: Option<Vec<char>>,
    /// One of each set must be in it.
    pub(super) required: Vec<Vec<char>>,
    /// Fewest characters.
    pub(super) min: u32,
    /// Most characters.
    pub(super) max: Option<u32>,
    /// Most of the same character in a row.
    in_a_row: Option<u32>,
    patterns: Vec<Pattern>,
}

impl Rules {
    pub(super) fn of(fields: &[FieldRules<'_>]) -> Self {
        let mut rules = Self::default();
        for field in fields.iter().take(FIELDS) {
            rules.shorten(field.max_length);
            rules.min = rules.min.max(field.min_length.unwrap_or(0));
            if field.password_rules.len() <= LONGEST {
                rules.read(field.password_rules);
            }
            if let Some(pattern) = Pattern::read(field.pattern) {
                rules.shorten(pattern.max);
                rules.min = rules.min.max(pattern.min);
                if let Some(class) = &pattern.only {
                    rules.allow(class.clone());
                }
                for class in &pattern.some {
                    rules.require(class.clone());
                }
                rules.patterns.push(pattern);
            }
        }
        rules
    }

    /// KiB of the compiled patterns.
    pub(super) fn weight(&self) -> u32 {
        self.patterns
            .iter()
            .fold(0, |sum, pattern| sum.saturating_add(pattern.weight))
    }

    /// Whether a password of this character is taken.
    pub(super) fn allows(&self, c: char) -> bool {
        self.allowed
            .as_ref()
            .is_none_or(|allowed| allowed.contains(&c))
    }

    /// Whether a password is taken, as far as the rules were understood.
    pub(super) fn admit(&self, value: &str) -> bool {
        let length = u32::try_from(value.chars().count()).unwrap_or(u32::MAX);
        length >= self.min.min(self.max.unwrap_or(u32::MAX))
            && self.max.is_none_or(|max| length <= max)
            && value.chars().all(|c| self.allows(c))
            && self
                .required
                .iter()
                .all(|set| value.chars().any(|c| set.contains(&c)))
            && self.in_a_row.is_none_or(|most| longest_run(value) <= most)
            && self.patterns.iter().all(|pattern| pattern.fits(value))
    }

    fn shorten(&mut self, max: Option<u32>) {
        // Nobody means "no password at all".
        let max = max.filter(|max| *max > 0);
        self.max = match (self.max, max) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
    }

    /// Of two lists what is in both.
    fn allow(&mut self, class: Vec<char>) {
        match &mut self.allowed {
            Some(allowed) => allowed.retain(|c| class.contains(c)),
            None => self.allowed = Some(class),
        }
    }

    fn require(&mut self, class: Vec<char>) {
        if !class.is_empty() && self.required.len() < REQUIRED && !self.required.contains(&class) {
            self.required.push(class);
        }
    }

    /// Reads one attribute: `name: value; name: value`.
    fn read(&mut self, text: &str) {
        let mut allowed: Option<Vec<char>> = None;
        let mut required: Vec<Vec<char>> = Vec::new();
        for rule in split(text, ';') {
            let Some((name, value)) = rule.split_once(':') else {
                continue;
            };
            let number = value.trim().parse::<u32>().ok();
            match name.trim().to_ascii_lowercase().as_str() {
                "minlength" => self.min = self.min.max(number.unwrap_or(0)),
                "maxlength" => self.shorten(number),
                "max-consecutive" => {
                    let number = number.filter(|number| *number > 0);
                    self.in_a_row = match (self.in_a_row, number) {
                        (Some(one), Some(other)) => Some(one.min(other)),
                        (one, other) => one.or(other),
                    };
                }
                "required" => {
                    let class = classes(value);
                    if !class.is_empty() {
                        required.push(class);
                    }
                }
                "allowed" => allowed.get_or_insert_default().extend(classes(value)),
                _ => {}
            }
        }
        // Where something is named, what is not named is not taken.
        if allowed.is_some() || !required.is_empty() {
            let mut all = allowed.unwrap_or_default();
            all.extend(required.iter().flatten());
            if !all.is_empty() {
                self.allow(all);
            }
        }
        for class in required {
            self.require(class);
        }
    }
}

/// All characters of a list of classes: `upper, digit, [-_.]`.
fn classes(list: &str) -> Vec<char> {
    let printable = || '!'..='~';
    let mut all: Vec<char> = Vec::new();
    for class in split(list, ',') {
        let class = class.trim();
        match class.to_ascii_lowercase().as_str() {
            "upper" => all.extend('A'..='Z'),
            "lower" => all.extend('a'..='z'),
            "digit" => all.extend('0'..='9'),
            "special" => all.extend(printable().filter(char::is_ascii_punctuation)),
            "ascii-printable" | "unicode" => all.extend(printable()),
            _ => {
                let custom = class
                    .strip_prefix('[')
                    .and_then(|rest| rest.strip_suffix(']'));
                // Blanks are left out: too many pages trim them.
                all.extend(
                    custom
                        .unwrap_or_default()
                        .chars()
                        .filter(char::is_ascii_graphic),
                );
            }
        }
    }
    printable().filter(|c| all.contains(c)).collect()
}

/// Parts between separators, which mean nothing within brackets. A `]` closes them unless another
/// follows at once: "[-a]]" is the set of `-`, `a` and `]`.
fn split(text: &str, at: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut inside) = (0, false);
    let mut signs = text.char_indices().peekable();
    while let Some((place, sign)) = signs.next() {
        let next = signs.peek().map(|(_, next)| *next);
        match sign {
            '[' if !inside => inside = true,
            ']' if inside && next != Some(']') => inside = false,
            _ if sign == at && !inside => {
                parts.push(text.get(start..place).unwrap_or_default());
                start = place.saturating_add(sign.len_utf8());
            }
            _ => {}
        }
    }
    parts.push(text.get(start..).unwrap_or_default());
    parts
}

fn longest_run(value: &str) -> u32 {
    let (mut longest, mut run, mut last) = (0_u32, 0_u32, None);
    for c in value.chars() {
        run = if last == Some(c) {
            run.saturating_add(1)
        } else {
            1
        };
        last = Some(c);
        longest = longest.max(run);
    }
    longest
}
