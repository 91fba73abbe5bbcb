use super::*;

fn line(words: &[&str]) -> Result<Line, lexopt::Error> {
    parse(
        std::iter::once("sesame-server")
            .chain(words.iter().copied())
            .map(OsString::from),
    )
}

#[test]
fn command_lines() {
    assert_eq!(line(&["serve"]).unwrap().command, Command::Serve);
    let with = line(&["--config", "/etc/s.toml", "migrate"]).unwrap();
    assert_eq!(with.command, Command::Migrate);
    assert_eq!(with.config, Some(PathBuf::from("/etc/s.toml")));
    assert_eq!(line(&["-h"]).unwrap().command, Command::Help);
    for bad in [
        &[][..],
        &["start"],
        &["serve", "now"],
        &["--port", "1"],
        &["--config"],
    ] {
        assert!(line(bad).is_err(), "{bad:?}");
    }
}

/// S-150: what can be done is done on the machine; this is all of it.
#[test]
fn help_names_every_command() {
    for command in [
        "serve",
        "migrate",
        "check",
        "backup",
        "restore",
        "export-account",
        "delete-account",
    ] {
        assert!(HEAD.contains(&format!("\n  {command} ")), "{command}");
        let known = (0..3).any(|more| {
            let words: Vec<&str> = [command]
                .into_iter()
                .chain(["x"; 2])
                .take(more + 1)
                .collect();
            line(&words).is_ok()
        });
        assert!(known, "{command}");
    }
}
