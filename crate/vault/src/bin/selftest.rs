//! Runs the known-answer vectors and opens the golden vaults, natively or as a Wasm module of its
//! own (`tests/vectors/selftest.mjs`): the same code must give the same answers in both (S-176).
//! Exit code 0 if everything fits.

use std::process::ExitCode;

fn main() -> ExitCode {
    match sesame_vault::selftest::run_all() {
        Ok(checked) if checked > 1_000 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}
