//! Build steps that want Rust. `build.sh` is the door; nobody needs to call this by hand.
//!
//! A tool of its own, rather than globally installed ones, so that `Cargo.lock` decides which
//! wasm-bindgen and which deflate make the shipped bytes (S-112).

mod archive;
mod bindgen;
mod suffixes;

use std::path::Path;
use std::process::ExitCode;

/// What can go wrong in a build step; each says which file it was about.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("usage: sesame-xtask bindgen WASM OUTDIR NAME | suffixes LIST OUT | zip DIR OUT")]
    Usage,
    #[error("{0}: {1}")]
    File(String, std::io::Error),
    #[error("wasm-bindgen: {0}")]
    Bindgen(String),
    #[error("{0}: not UTF-8 text")]
    NotText(String),
    #[error("{0}: not a list of public suffixes")]
    NoRules(String),
    #[error("{0}: a name that can't be put into an archive")]
    Name(String),
    #[error("zip: {0}")]
    Zip(#[from] zip::result::ZipError),
}

impl Failure {
    /// For `map_err` on anything that touched `path`.
    fn at(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let name = path.display().to_string();
        move |error| Self::File(name, error)
    }
}

fn run(args: &[String]) -> Result<(), Failure> {
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["bindgen", wasm, out_dir, name] => {
            bindgen::generate(Path::new(wasm), Path::new(out_dir), name)
        }
        ["suffixes", list, out] => suffixes::write(Path::new(list), Path::new(out)),
        ["zip", dir, out] => archive::write(Path::new(dir), Path::new(out)),
        _ => Err(Failure::Usage),
    }
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            use std::io::Write;
            // Nothing is left to do when standard error itself is closed.
            let _ = writeln!(std::io::stderr(), "sesame-xtask: {failure}");
            ExitCode::FAILURE
        }
    }
}
