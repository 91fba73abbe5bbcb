//! The public suffix list (publicsuffix.org), the PRIVATE section included: who may be told apart
//! from whom below one host (S-66).
//!
//! The extension ships a compiled form: every rule in ASCII, sorted, one a line. Looking a rule up
//! is then a binary search in the bytes as they were read; nothing is parsed when the service
//! worker wakes.

use super::is_ip;

/// First line of the compiled form.
const HEAD: &[u8] = b"SESAME-SUFFIXES 1\n";

/// A compiled list.
#[derive(Default)]
pub struct SuffixList {
    /// Empty or a compiled list, head included.
    bytes: Vec<u8>,
}

/// The bytes are not a compiled suffix list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a compiled suffix list")]
pub struct NotASuffixList;

impl SuffixList {
    /// Takes a compiled list.
    ///
    /// # Errors
    /// If the head line is missing, or no rule follows.
    pub fn new(bytes: Vec<u8>) -> Result<Self, NotASuffixList> {
        if bytes.starts_with(HEAD) && bytes.len() > HEAD.len() && bytes.ends_with(b"\n") {
            Ok(Self { bytes })
        } else {
            Err(NotASuffixList)
        }
    }

    /// The registrable domain of a canonical host: its public suffix and one label more. `None`
    /// for IP addresses, for public suffixes themselves, and for a top-level domain that the list
    /// doesn't name: such hosts stand for themselves only.
    #[must_use]
    pub fn registrable_domain<'h>(&self, host: &'h str) -> Option<&'h str> {
        if is_ip(host) {
            return None;
        }
        // `parts` are the host and its parents, longest first: a.b.c, b.c, c.
        let parts: Vec<&str> = std::iter::successors(Some(host), |h| parent(h)).collect();
        let mut above = None;
        for part in parts {
            if self.has(&format!("!{part}")) {
                // An exception is registrable itself.
                return Some(part);
            }
            let wildcard = parent(part).is_some_and(|parent| self.has(&format!("*.{parent}")));
            if wildcard || self.has(part) {
                return above;
            }
            above = Some(part);
        }
        None
    }

    fn has(&self, rule: &str) -> bool {
        let Some(text) = self.bytes.get(HEAD.len()..) else {
            return false;
        };
        let (mut low, mut high) = (0, text.len());
        while low < high {
            // The line that the middle lies in.
            let middle = low.midpoint(high);
            let before = text.get(low..middle).unwrap_or_default();
            let start = before
                .iter()
                .rposition(|b| *b == b'\n')
                .map_or(low, |at| low.saturating_add(at).saturating_add(1));
            let rest = text.get(start..high).unwrap_or_default();
            let len = rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len());
            let line = rest.get(..len).unwrap_or_default();
            match rule.as_bytes().cmp(line) {
                std::cmp::Ordering::Equal => return true,
                std::cmp::Ordering::Less => high = start,
                std::cmp::Ordering::Greater => low = start.saturating_add(len).saturating_add(1),
            }
        }
        false
    }
}

fn parent(host: &str) -> Option<&str> {
    host.split_once('.').map(|(_, parent)| parent)
}

/// Makes the compiled form of `public_suffix_list.dat`; run by the build, not in the extension.
#[must_use]
pub fn compile(list: &str) -> Vec<u8> {
    let mut rules: Vec<String> = list
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .filter(|rule| !rule.starts_with("//"))
        .map(|rule| rule.split('.').map(to_ascii).collect::<Vec<_>>().join("."))
        .collect();
    rules.sort_unstable();
    rules.dedup();
    let mut bytes = HEAD.to_vec();
    for rule in rules {
        bytes.extend_from_slice(rule.as_bytes());
        bytes.push(b'\n');
    }
    bytes
}

/// A label of the list in ASCII: Punycode (RFC 3492) if need be. The list is already in lower case
/// and normalised, so nothing else of IDNA applies.
fn to_ascii(label: &str) -> String {
    if label.is_ascii() {
        return label.to_owned();
    }
    // The exception mark is no part of the label.
    let (mark, label) = label
        .strip_prefix('!')
        .map_or(("", label), |rest| ("!", rest));
    format!("{mark}xn--{}", punycode(label))
}

/// RFC 3492, section 6.3, with the parameters of section 5.
fn punycode(label: &str) -> String {
    const BASE: u32 = 36;
    const T_MIN: u32 = 1;
    const T_MAX: u32 = 26;
    // Letters first (a = 0), digits after them (0 = 26).
    let digit = |d: u32| match d.checked_sub(26) {
        None => char::from_digit(d.saturating_add(10), BASE).unwrap_or('?'),
        Some(number) => char::from_digit(number, 10).unwrap_or('?'),
    };
    let basic: String = label.chars().filter(char::is_ascii).collect();
    let mut handled = u32::try_from(basic.len()).unwrap_or(0);
    let basic_len = handled;
    let mut out = basic;
    if basic_len > 0 {
        out.push('-');
    }
    let total = u32::try_from(label.chars().count()).unwrap_or(0);
    let (mut n, mut delta, mut bias) = (128_u32, 0_u32, 72_u32);
    while handled < total {
        let Some(next) = label.chars().map(u32::from).filter(|c| *c >= n).min() else {
            break;
        };
        let steps = next
            .saturating_sub(n)
            .saturating_mul(handled.saturating_add(1));
        delta = delta.saturating_add(steps);
        n = next;
        for c in label.chars().map(u32::from) {
            if c < n {
                delta = delta.saturating_add(1);
            }
            if c != n {
                continue;
            }
            let mut q = delta;
            let mut k = BASE;
            loop {
                let t = k.saturating_sub(bias).clamp(T_MIN, T_MAX);
                if q < t {
                    break;
                }
                let span = BASE.saturating_sub(t);
                let over = q.saturating_sub(t);
                out.push(digit(t.saturating_add(over % span)));
                q = over / span;
                k = k.saturating_add(BASE);
            }
            out.push(digit(q));
            bias = adapt(delta, handled.saturating_add(1), handled == basic_len);
            delta = 0;
            handled = handled.saturating_add(1);
        }
        delta = delta.saturating_add(1);
        n = n.saturating_add(1);
    }
    out
}

/// RFC 3492, section 6.1.
fn adapt(delta: u32, points: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta = delta.saturating_add(delta / points.max(1));
    let mut k = 0_u32;
    while delta > 455 {
        delta /= 35;
        k = k.saturating_add(36);
    }
    k.saturating_add(36_u32.saturating_mul(delta) / delta.saturating_add(38))
}
