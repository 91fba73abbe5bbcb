//! The public suffix list as the extension ships it: compiled here, so that nothing is parsed when
//! the service worker wakes.

use crate::Failure;
use sesame_vault::origin::{SuffixList, compile};
use std::path::Path;

/// Compiles `public_suffix_list.dat` at `list` into `out`, and reads back what it has written.
pub(crate) fn write(list: &Path, out: &Path) -> Result<(), Failure> {
    let bytes = std::fs::read(list).map_err(Failure::at(list))?;
    let text =
        String::from_utf8(bytes).map_err(|_| Failure::NotText(list.display().to_string()))?;
    let compiled = compile(&text);
    SuffixList::new(compiled.clone())
        .ok()
        .filter(|suffixes| {
            suffixes.registrable_domain("www.example.co.uk") == Some("example.co.uk")
        })
        .ok_or_else(|| Failure::NoRules(list.display().to_string()))?;
    if let Some(parent) = out.parent() {
        std::fs::create_dir_all(parent).map_err(Failure::at(parent))?;
    }
    std::fs::write(out, compiled).map_err(Failure::at(out))
}
