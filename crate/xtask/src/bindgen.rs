//! wasm-bindgen as a library: the version is the one in `Cargo.lock`, the same as in the modules.

use crate::Failure;
use std::path::Path;
use wasm_bindgen_cli_support::Bindgen;

/// Writes `NAME.js`, `NAME.d.ts` and `NAME_bg.wasm` for the module at `wasm` into `out_dir`.
///
/// The glue has no default module address: our pages name the shipped file themselves, and an
/// address of a file that is not shipped would otherwise stay in every bundle. It can start the module
/// anew (`__wbg_reset_state`): locking, and a panic, end with memory that holds nothing of before (S-98).
pub(crate) fn generate(wasm: &Path, out_dir: &Path, name: &str) -> Result<(), Failure> {
    std::fs::create_dir_all(out_dir).map_err(Failure::at(out_dir))?;
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(wasm)
        .out_name(name)
        .typescript(true)
        .omit_default_module_path(true)
        // Lock makes a fresh instance (S-98); the glue keeps one in a variable of its own.
        .reset_state_function(true)
        .reset_state_function(true)
        .remove_name_section(true)
        .remove_producers_section(true);
    bindgen
        .web(true)
        .and_then(|bindgen| bindgen.generate(out_dir))
        .map_err(|error| Failure::Bindgen(format!("{error:#}")))
}
