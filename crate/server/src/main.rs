//! The account server's program.

use std::io::Write as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    let outcome = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(Into::into)
        .and_then(|runtime| runtime.block_on(sesame_server::command::run(std::env::args_os())));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody can be told when standard error is gone.
            let _ = writeln!(std::io::stderr(), "sesame-server: {error}");
            ExitCode::FAILURE
        }
    }
}
