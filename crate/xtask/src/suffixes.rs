//! The public suffix list as the extension ships it: rules only.

use crate::Failure;
use std::path::Path;

/// The line that separates the two sections; the parser needs it to tell ICANN rules from private ones.
const SECTION_MARKS: [&str; 4] = [
    "// ===BEGIN ICANN DOMAINS===",
    "// ===END ICANN DOMAINS===",
    "// ===BEGIN PRIVATE DOMAINS===",
    "// ===END PRIVATE DOMAINS===",
];

/// Copies the list without its comments, which are most of its bytes.
pub(crate) fn strip(list: &Path, out: &Path) -> Result<(), Failure> {
    let bytes = std::fs::read(list).map_err(Failure::at(list))?;
    let text =
        String::from_utf8(bytes).map_err(|_| Failure::NotText(list.display().to_string()))?;
    let rules = rules(&text);
    if rules.is_empty() {
        return Err(Failure::NoRules(list.display().to_string()));
    }
    if let Some(parent) = out.parent() {
        std::fs::create_dir_all(parent).map_err(Failure::at(parent))?;
    }
    std::fs::write(out, rules).map_err(Failure::at(out))
}

fn rules(text: &str) -> String {
    let mut kept = String::new();
    for line in text.lines().map(str::trim) {
        let comment = line.starts_with("//") && !SECTION_MARKS.contains(&line);
        if !line.is_empty() && !comment {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

#[cfg(test)]
mod tests;
