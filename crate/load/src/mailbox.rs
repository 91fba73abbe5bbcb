//! Where the server's mails go during a run: a mail server on loopback that keeps the newest code
//! for each address (RFC 5321, as much of it as one client speaks).

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use sesame_protocol::account::code::MailCode;

use crate::LoadError;

/// How long a mail may take.
const PATIENCE: Duration = Duration::from_secs(60);

#[derive(Default)]
struct Shared {
    codes: Mutex<HashMap<String, MailCode>>,
    came: Condvar,
}

/// The codes that came, by address.
#[derive(Clone)]
pub struct Mailbox(Arc<Shared>);

impl Mailbox {
    /// Listens on `127.0.0.1:port` for as long as the program runs.
    ///
    /// # Errors
    /// `Line` when the port is taken.
    pub fn listen(port: u16) -> Result<Self, LoadError> {
        let listener = TcpListener::bind(("127.0.0.1", port))?;
        let mailbox = Self(Arc::default());
        let shared = mailbox.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let mailbox = shared.clone();
                thread::spawn(move || mailbox.converse(stream));
            }
        });
        Ok(mailbox)
    }

    /// Waits for the code that is mailed to `address`, and takes it out.
    ///
    /// # Errors
    /// `Mail` when none comes in time.
    pub fn code_for(&self, address: &str) -> Result<MailCode, LoadError> {
        let codes = self.0.codes.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut codes, _) = self
            .0
            .came
            .wait_timeout_while(codes, PATIENCE, |codes| !codes.contains_key(address))
            .unwrap_or_else(PoisonError::into_inner);
        codes.remove(address).ok_or(LoadError::Mail)
    }

    fn converse(&self, stream: TcpStream) -> Option<()> {
        let mut lines = BufReader::new(stream.try_clone().ok()?);
        let mut out = stream;
        let mut say = |text: &str| out.write_all(format!("{text}\r\n").as_bytes()).ok();
        say("220 load ESMTP")?;
        let (mut to, mut line) = (String::new(), String::new());
        loop {
            line.clear();
            if lines.read_line(&mut line).ok()? == 0 {
                return None;
            }
            let upper = line.to_ascii_uppercase();
            if upper.starts_with("RCPT") {
                to = between(&line, '<', '>')?.to_owned();
                say("250 ok")?;
            } else if upper.starts_with("DATA") {
                say("354 go on")?;
                let code = read_code(&mut lines)?;
                if let Some(code) = code {
                    let mut codes = self.0.codes.lock().unwrap_or_else(PoisonError::into_inner);
                    codes.insert(to.clone(), code);
                    self.0.came.notify_all();
                }
                say("250 taken")?;
            } else if upper.starts_with("QUIT") {
                return say("221 bye");
            } else {
                say("250 ok")?;
            }
        }
    }
}

fn between(line: &str, open: char, close: char) -> Option<&str> {
    let (_, rest) = line.split_once(open)?;
    Some(rest.split_once(close)?.0)
}

/// Reads one mail to its end; the first code in it, if it carries one.
fn read_code(lines: &mut BufReader<TcpStream>) -> Option<Option<MailCode>> {
    let (mut code, mut line) = (None, String::new());
    loop {
        line.clear();
        if lines.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line.trim_end() == "." {
            return Some(code);
        }
        // Grouped as the mails print it: five symbols, a hyphen, five symbols.
        code = code.or_else(|| {
            line.split_whitespace()
                .find(|word| word.len() == 11 && word.as_bytes().get(5) == Some(&b'-'))
                .and_then(|word| MailCode::parse(word).ok())
        });
    }
}
