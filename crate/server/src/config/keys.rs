//! The settings' names and what they mean, in one table: for `--help`, the file and the environment.

use std::fmt::Write as _;

/// A setting.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// Its name in the file; `SESAME_` and capitals in the environment.
    pub name: &'static str,
    /// What it means.
    pub help: &'static str,
}

const fn key(name: &'static str, help: &'static str) -> Key {
    Key { name, help }
}

/// Every setting.
pub const KEYS: &[Key] = &[
    key(
        "base_url",
        "What people type as the server's address, such as https://sesame.example. Links in mails use it; \
         changing it later signs every browser out",
    ),
    key(
        "listen",
        "Addresses to listen on, such as 127.0.0.1:8377 (the default) or [::]:443; several with commas",
    ),
    key(
        "database",
        "sqlite:///var/lib/sesame/sesame.db or postgres://user:password@host/name?sslmode=verify-full",
    ),
    key(
        "database_connections",
        "Most connections to PostgreSQL (16)",
    ),
    key(
        "secrets",
        "The secrets file. Made at the first start; back it up with the database, it is never made again",
    ),
    key(
        "marker",
        "A file in which this machine notes how far the database was, to notice a restored one (beside the secrets)",
    ),
    key(
        "smtp",
        "Where mails go: smtps://user:password@host, or smtp://user:password@host which asks for STARTTLS; \
         without TLS only on this machine",
    ),
    key(
        "mail_from",
        "The sender of mails, such as Sesame <sesame@sesame.example>",
    ),
    key(
        "outbox",
        "Instead of smtp, for trying things out: a folder that mails are written to",
    ),
    key(
        "trusted_proxies",
        "Addresses or networks whose X-Forwarded-For is believed, with commas; nobody's by default",
    ),
    key(
        "extensions",
        "Origins of extensions that may ask, such as chrome-extension://abc..., with commas; every one by default",
    ),
    key(
        "tls_certificate",
        "Certificate chain in PEM, when no proxy does TLS; read again on SIGHUP",
    ),
    key("tls_key", "Its private key in PEM"),
    key(
        "metrics_token",
        "Token for GET /metrics; without it metrics are for requests from this machine",
    ),
    key("quota_mib", "Largest storage of an account in MiB (64)"),
    key(
        "limits",
        "normal (the default), or off for trying things out. In the file also a table [limits] with single ones",
    ),
    key("log", "error, warn, info (the default) or debug"),
];

/// The settings as `--help` shows them.
#[must_use]
pub fn help() -> String {
    let mut out = String::new();
    for key in KEYS {
        // Writing into a string does not fail.
        let _ = writeln!(
            out,
            "  {:<22} SESAME_{}\n      {}",
            key.name,
            key.name.to_ascii_uppercase(),
            key.help
        );
    }
    out
}
