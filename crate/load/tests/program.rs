//! The program itself, which the tests of the server's crashes run (tests/server/crash.spec.ts).

use std::process::Command;

#[test]
fn it_says_how_it_is_used() {
    let output = Command::new(env!("CARGO_BIN_EXE_sesame-load"))
        .output()
        .unwrap();
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("usage: sesame-load"));
}
