use super::*;

fn settings(pairs: &[(&str, &str)]) -> Settings {
    let mut settings = Settings::default();
    settings.environment(
        pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
    );
    settings
}

const LEAST: [(&str, &str); 5] = [
    ("SESAME_BASE_URL", "http://localhost:8377"),
    ("SESAME_DATABASE", "sqlite:///tmp/x.db"),
    ("SESAME_SECRETS", "/tmp/secrets"),
    ("SESAME_OUTBOX", "/tmp/outbox"),
    ("SESAME_MAIL_FROM", "Sesame <sesame@localhost>"),
];

#[test]
fn the_least_that_is_needed() {
    let config = settings(&LEAST)
        .understand()
        .unwrap_or_else(|why| panic!("{why:?}"));
    assert_eq!(config.origin.as_str(), "http://localhost:8377");
    assert_eq!(config.listen, ["127.0.0.1:8377".parse().unwrap()]);
    assert_eq!(config.marker, PathBuf::from("/tmp/marker"));
    assert_eq!(config.quota, 64 * 1024 * 1024);
    assert!(config.limits == Limits::default());
}

#[test]
fn the_environment_goes_over_the_file() {
    let mut both = Settings::default();
    both.file(
        Path::new("a.toml"),
        "base_url = \"https://sesame.example\"\nquota_mib = 12\n\
         listen = [\"127.0.0.1:1\", \"[::1]:2\"]\n[limits]\nhint_mail = \"1/1d\"\n",
    );
    both.environment(LEAST.map(|(name, value)| (name.to_owned(), value.to_owned())));
    both.environment([("SESAME_LIMIT_RESET_MAIL".to_owned(), "off".to_owned())]);
    let config = both.understand().unwrap_or_else(|why| panic!("{why:?}"));
    assert_eq!(config.origin.as_str(), "http://localhost:8377");
    assert_eq!(config.quota, 12 * 1024 * 1024);
    assert_eq!(config.listen.len(), 2);
    assert_eq!(
        config.limits.rule(Count::HintMail),
        Some("1/1d".parse().unwrap())
    );
    assert_eq!(config.limits.rule(Count::ResetMail), None);
}

/// Everything that is wrong is said at once, in words.
#[test]
fn problems_in_words() {
    let mut wrong = settings(&[
        ("SESAME_BASE_URL", "https://Sesame.example/"),
        ("SESAME_DATABASE", "postgres://u:p@db.example/x"),
        ("SESAME_SECRETS", "secrets"),
        ("SESAME_TLS_KEY", "/k"),
        ("SESAME_LOG", "trace"),
        ("SESAME_TRUSTED_PROXIES", "10.0.0.0/8,10.0.0.0/99"),
        ("SESAME_NONSENSE", "1"),
        ("SESAME_LIMIT_NOTHING", "1/1d"),
        ("SESAME_LIMIT_HINT_MAIL", "many"),
        ("SESAME_QUOTA_MIB", "0"),
        ("OTHER", "1"),
    ]);
    wrong.file(Path::new("b.toml"), "base_url = \n");
    wrong.file(Path::new("c.toml"), "base_ulr = \"x\"\n");
    let problems = wrong.understand().err().unwrap_or_default();
    for part in [
        "base_url: expected https://host",
        "database is on another machine",
        "secrets: expected a whole path",
        "tls_certificate and tls_key belong together",
        "log: expected error",
        "trusted_proxies: 10.0.0.0/99",
        "SESAME_NONSENSE",
        "no limit nothing",
        "limits.hint_mail",
        "quota_mib: expected a number",
        "no way to send mails",
        "b.toml: not valid TOML near line 1",
        "c.toml: there is no setting base_ulr",
    ] {
        assert!(
            problems.iter().any(|problem| problem.contains(part)),
            "{part}: {problems:#?}"
        );
    }
    assert!(!problems.iter().any(|problem| problem.contains("OTHER")));
    // A database's password is not repeated.
    assert!(!problems.iter().any(|problem| problem.contains("u:p")));
}

/// In Kubernetes a service "sesame" or "sesame-server" puts these into every container of its namespace.
#[test]
fn what_kubernetes_writes_is_no_setting() {
    let theirs: Vec<(String, &str)> = ["SESAME", "SESAME_SERVER"]
        .iter()
        .flat_map(|service| {
            [
                ("_SERVICE_HOST", "10.0.0.7"),
                ("_SERVICE_PORT", "8377"),
                ("_SERVICE_PORT_HTTP", "8377"),
                ("_PORT", "tcp://10.0.0.7:8377"),
                ("_PORT_8377_TCP", "tcp://10.0.0.7:8377"),
                ("_PORT_8377_TCP_PROTO", "tcp"),
                ("_PORT_8377_TCP_PORT", "8377"),
                ("_PORT_8377_TCP_ADDR", "10.0.0.7"),
            ]
            .map(|(end, value)| (format!("{service}{end}"), value))
        })
        .collect();
    let mut pairs = LEAST.to_vec();
    pairs.extend(theirs.iter().map(|(name, value)| (name.as_str(), *value)));
    assert!(settings(&pairs).understand().is_ok());
    // What only looks like it is still a slip of the pen, and nothing of ours is called so.
    for (name, value) in [("SESAME_PORT", "8377"), ("SESAME_HOST", "10.0.0.7")] {
        pairs.truncate(LEAST.len());
        pairs.push((name, value));
        let problems = settings(&pairs).understand().err().unwrap_or_default();
        assert_eq!(problems, [format!("{name}: there is no such setting")]);
    }
    let names = KEYS.iter().map(|key| key.name);
    for name in names.chain(Count::ALL.map(Count::name)) {
        assert!(
            !is_of_kubernetes(&name.to_ascii_uppercase(), "tcp://x"),
            "{name}"
        );
    }
}

#[test]
fn help_names_every_setting() {
    let help = help();
    for key in KEYS {
        assert!(help.contains(&format!("SESAME_{}", key.name.to_ascii_uppercase())));
    }
}
