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
    for command in ["serve", "migrate"] {
        assert!(HEAD.contains(&format!("\n  {command} ")), "{command}");
        assert!(line(&[command]).is_ok() || line(&[command, "x"]).is_ok());
    }
}
