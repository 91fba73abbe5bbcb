//! Settings: a file in TOML, and the environment over it. What is wrong is said in words, all of it
//! at once.

mod keys;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use sesame_protocol::account::Origin;
use sesame_protocol::sha256;

use crate::address::Proxies;
use crate::db::DatabaseUrl;
use crate::limits::{Count, Limits};
use crate::log::Level;
use crate::mail::send::Sender;

pub use keys::{KEYS, Key, help};

/// Everything that an operator can choose.
pub struct Config {
    /// What people type as the server's address.
    pub origin: Origin,
    /// Where to listen.
    pub listen: Vec<SocketAddr>,
    /// The database.
    pub database: DatabaseUrl,
    /// Most connections to PostgreSQL.
    pub connections: u32,
    /// The secrets file.
    pub secrets: PathBuf,
    /// The marker file.
    pub marker: PathBuf,
    /// Certificate chain and key, when the server does TLS itself.
    pub tls: Option<(PathBuf, PathBuf)>,
    /// Where mails go.
    pub sender: Sender,
    /// How often something may be tried.
    pub limits: Limits,
    /// Whose `X-Forwarded-For` is believed.
    pub proxies: Proxies,
    /// Extensions that may ask; empty: every one.
    pub extensions: Vec<String>,
    /// SHA-256 of the metrics' token.
    pub metrics_token: Option<[u8; 32]>,
    /// Largest storage of an account in bytes.
    pub quota: u64,
    /// How much is logged.
    pub log: Level,
}

/// Settings as text, before they are understood.
#[derive(Default)]
pub struct Settings {
    values: BTreeMap<&'static str, String>,
    limits: BTreeMap<&'static str, String>,
    problems: Vec<String>,
}

impl Settings {
    /// Takes a file's text.
    pub fn file(&mut self, path: &Path, text: &str) {
        let table = match text.parse::<toml::Table>() {
            Ok(table) => table,
            Err(error) => {
                let line = error.span().map_or(0, |span| {
                    text.get(..span.start)
                        .map_or(0, |before| before.lines().count())
                });
                self.problems.push(format!(
                    "{}: not valid TOML near line {}: {}",
                    path.display(),
                    line.max(1),
                    error.message()
                ));
                return;
            }
        };
        for (name, value) in table {
            if name == "limits"
                && let toml::Value::Table(rules) = value
            {
                for (name, rule) in rules {
                    self.limit(&name, plain(&rule));
                }
            } else if let Some(key) = KEYS.iter().find(|key| key.name == name) {
                self.values.insert(key.name, plain(&value));
            } else {
                self.problems
                    .push(format!("{}: there is no setting {name}", path.display()));
            }
        }
    }

    /// Takes the environment: `SESAME_` and a setting's name in capitals.
    pub fn environment(&mut self, variables: impl IntoIterator<Item = (String, String)>) {
        for (variable, value) in variables {
            let Some(name) = variable.strip_prefix("SESAME_") else {
                continue;
            };
            if is_of_kubernetes(name, &value) {
                continue;
            }
            let name = name.to_ascii_lowercase();
            if let Some(count) = name.strip_prefix("limit_") {
                self.limit(count, value);
            } else if let Some(key) = KEYS.iter().find(|key| key.name == name) {
                self.values.insert(key.name, value);
            } else if name != "config" {
                self.problems
                    .push(format!("{variable}: there is no such setting"));
            }
        }
    }

    fn limit(&mut self, name: &str, rule: String) {
        match Count::ALL.into_iter().find(|count| count.name() == name) {
            Some(count) => {
                self.limits.insert(count.name(), rule);
            }
            None => self.problems.push(format!("there is no limit {name}")),
        }
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.values
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }

    fn list(&self, name: &str) -> Vec<&str> {
        self.get(name)
            .map(|value| value.split(',').map(str::trim).collect())
            .unwrap_or_default()
    }

    /// One setting understood by `read`; what is wrong is noted.
    fn read<T>(
        &mut self,
        name: &'static str,
        usual: Option<&str>,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Option<T> {
        let Some(text) = self.get(name).or(usual) else {
            self.problems.push(format!("{name} is not set"));
            return None;
        };
        match read(text) {
            Ok(value) => Some(value),
            Err(why) => {
                self.problems.push(format!("{name}: {why}"));
                None
            }
        }
    }

    fn each<T: std::str::FromStr<Err: std::fmt::Display>>(&mut self, name: &'static str) -> Vec<T> {
        let (mut values, mut wrong) = (Vec::new(), Vec::new());
        for text in self.list(name) {
            match text.parse() {
                Ok(value) => values.push(value),
                Err(why) => wrong.push(format!("{name}: {text}: {why}")),
            }
        }
        self.problems.extend(wrong);
        values
    }

    /// Understands the settings.
    ///
    /// # Errors
    /// Everything that is wrong, a sentence each.
    pub fn understand(mut self) -> Result<Config, Vec<String>> {
        let origin = self.read("base_url", None, |text| {
            Origin::parse(text).map_err(|_| {
                "expected https://host or https://host:port, in lower case, without a path; \
                 http is for this machine's own addresses only"
                    .to_owned()
            })
        });
        let database = self.read("database", None, |text| {
            text.parse()
                .map_err(|error: crate::db::OpenError| error.to_string())
        });
        let connections = self.read("database_connections", Some("16"), number(1, 1000));
        let secrets = self.read("secrets", None, path);
        let marker = match self.get("marker") {
            Some(text) => Some(PathBuf::from(text)),
            None => secrets.as_ref().map(|path| path.with_file_name("marker")),
        };
        let quota = self.read("quota_mib", Some("64"), number(1, 4096));
        let log = self.read("log", Some("info"), |text| {
            Level::parse(text).ok_or_else(|| "expected error, warn, info or debug".to_owned())
        });
        if self.get("listen").is_none() {
            self.values.insert("listen", "127.0.0.1:8377".to_owned());
        }
        let listen = self.each("listen");
        let proxies = Proxies(self.each("trusted_proxies"));
        let extensions = self
            .list("extensions")
            .into_iter()
            .map(str::to_owned)
            .collect();
        let tls = self.tls();
        let sender = self.sender();
        let limits = self.limits();
        let metrics_token = self
            .get("metrics_token")
            .map(|token| sha256(&[token.as_bytes()]));
        let parts = (
            origin,
            database,
            connections,
            secrets,
            marker,
            quota,
            log,
            sender,
        );
        if let (
            Some(origin),
            Some(database),
            Some(connections),
            Some(secrets),
            Some(marker),
            Some(quota),
            Some(log),
            Some(sender),
        ) = parts
            && self.problems.is_empty()
        {
            return Ok(Config {
                origin,
                listen,
                database,
                connections,
                secrets,
                marker,
                tls,
                sender,
                limits,
                proxies,
                extensions,
                metrics_token,
                quota: u64::from(quota) * 1024 * 1024,
                log,
            });
        }
        Err(self.problems)
    }

    fn tls(&mut self) -> Option<(PathBuf, PathBuf)> {
        match (self.get("tls_certificate"), self.get("tls_key")) {
            (Some(certificate), Some(key)) => Some((certificate.into(), key.into())),
            (None, None) => None,
            _ => {
                self.problems.push(
                    "tls_certificate and tls_key belong together: set both or none".to_owned(),
                );
                None
            }
        }
    }

    fn sender(&mut self) -> Option<Sender> {
        let from = self.get("mail_from").unwrap_or_default();
        let sender = match (self.get("smtp"), self.get("outbox")) {
            (Some(url), None) => Sender::smtp(url, from).map_err(|error| format!("smtp, mail_from: {error}")),
            (None, Some(folder)) => {
                Sender::outbox(Path::new(folder), from).map_err(|error| format!("outbox, mail_from: {error}"))
            }
            (None, None) => Err(
                "no way to send mails: set smtp (smtps://user:password@host, smtp://host with STARTTLS), \
                 or for trying things out outbox (a folder)"
                    .to_owned(),
            ),
            (Some(_), Some(_)) => Err("set smtp or outbox, not both".to_owned()),
        };
        sender.map_err(|why| self.problems.push(why)).ok()
    }

    fn limits(&mut self) -> Limits {
        let mut limits = match self.get("limits") {
            None | Some("normal") => Limits::default(),
            Some("off") => Limits::off(),
            Some(_) => {
                self.problems.push(
                    "limits: expected normal or off; single ones go into [limits]".to_owned(),
                );
                Limits::default()
            }
        };
        for (name, rule) in std::mem::take(&mut self.limits) {
            if let Err(why) = limits.set(name, &rule) {
                self.problems.push(format!("limits.{name}: {why}"));
            }
        }
        limits
    }
}

fn number(least: u32, most: u32) -> impl Fn(&str) -> Result<u32, String> {
    move |text| {
        text.parse()
            .ok()
            .filter(|number| (least..=most).contains(number))
            .ok_or_else(|| format!("expected a number from {least} to {most}"))
    }
}

/// Whether Kubernetes wrote the variable, for a service whose name begins with "sesame": it tells every
/// container of its namespace where each service is, in the form of Docker's links. No setting is called so.
fn is_of_kubernetes(name: &str, value: &str) -> bool {
    // SESAME_SERVICE_HOST, SESAME_SERVER_SERVICE_PORT_HTTPS; SESAME_PORT=tcp://10.0.0.7:8377,
    // SESAME_PORT_8377_TCP and, behind that, _PROTO, _PORT and _ADDR.
    ["SERVICE_HOST", "SERVICE_PORT", "_TCP", "_UDP", "_SCTP"]
        .iter()
        .any(|part| name.contains(part))
        || (name.ends_with("PORT") && value.contains("://"))
}

fn path(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    if path.is_absolute() {
        Ok(path)
    } else {
        Err("expected a whole path, from /".to_owned())
    }
}

/// A TOML value as the environment would write it.
fn plain(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join(","),
        toml::Value::Integer(number) => number.to_string(),
        toml::Value::Boolean(flag) => flag.to_string(),
        // Nothing here is a time, a fraction or a table; whoever reads it says so.
        _ => "?".to_owned(),
    }
}

#[cfg(test)]
mod tests;
