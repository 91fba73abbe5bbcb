use super::*;

#[test]
fn text_reads_back() {
    let secrets = Secrets::generate().unwrap();
    let text = secrets.to_text();
    let again = Secrets::from_text(&text).unwrap();
    assert_eq!(*again.to_text(), *text);
    assert_eq!(again.fingerprint(), secrets.fingerprint());
    assert_ne!(
        Secrets::generate().unwrap().fingerprint(),
        secrets.fingerprint()
    );
    // Anything else is not a secrets file.
    for bad in [
        "",
        "sesame-server secrets 2\n",
        &text[..text.len() - 3],
        &text.replace("sealing", "ceiling"),
        &format!("{}more\n", *text),
    ] {
        assert!(Secrets::from_text(bad).is_none());
    }
}

/// S-146: the file is its owner's alone, and another one's permissions are refused.
#[cfg(unix)]
#[test]
fn s146_the_file_is_private() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = std::env::temp_dir().join(format!("sesame-secrets-{}", std::process::id()));
    fs::create_dir_all(&dir).unwrap();
    let path = dir.join("secrets");
    drop(fs::remove_file(&path));
    let secrets = Secrets::generate().unwrap();
    secrets.write_new(&path).unwrap();
    let mode = fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(Secrets::read(&path).unwrap().is_some());
    assert!(secrets.write_new(&path).is_err(), "never over another one");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    assert!(matches!(Secrets::read(&path), Err(SecretsError::Open(_))));
    fs::remove_dir_all(&dir).unwrap();
}
