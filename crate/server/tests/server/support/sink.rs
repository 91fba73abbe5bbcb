//! A mail server that a test can make slow: it takes mails without TLS, on this machine only.

use std::sync::Arc;

use sesame_protocol::account::code::MailCode;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use super::person::Mail;

/// What it saw of one mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    pub to: String,
    pub id: String,
    pub text: String,
}

impl Taken {
    /// The code in it.
    pub fn code(&self) -> MailCode {
        let (to, subject, text) = (
            self.to.clone(),
            String::new(),
            self.text.replace("\r\n", "\n"),
        );
        Mail { to, subject, text }.code()
    }
}

#[derive(Default)]
struct Seen {
    begun: Vec<String>,
    taken: Vec<Taken>,
    held: String,
}

/// The mail server.
#[derive(Clone)]
pub struct Sink {
    pub port: u16,
    seen: Arc<watch::Sender<Seen>>,
}

impl Sink {
    pub async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let sink = Self {
            port: listener.local_addr().unwrap().port(),
            seen: Arc::new(watch::channel(Seen::default()).0),
        };
        let answering = sink.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let answering = answering.clone();
                // Who sends may go away in the middle.
                tokio::spawn(async move { answering.converse(stream).await.ok() });
            }
        });
        sink
    }

    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// Begins anew, for another server.
    pub fn forget(&self) {
        self.seen.send_replace(Seen::default());
    }

    /// Conversations about mails to this address stand still before they are taken; with "" none does.
    pub fn hold(&self, to: &str) {
        self.seen.send_modify(|seen| to.clone_into(&mut seen.held));
    }

    /// Waits until so many mails were begun and taken; what was begun, and what was taken.
    pub async fn until(&self, begun: usize, taken: usize) -> (Vec<String>, Vec<Taken>) {
        let mut seen = self.seen.subscribe();
        let enough = seen.wait_for(|seen| seen.begun.len() >= begun && seen.taken.len() >= taken);
        // Only an end for a run that would hang: nothing here depends on time.
        let waited = tokio::time::timeout(std::time::Duration::from_secs(60), enough).await;
        drop(waited);
        let seen = self.seen.borrow();
        (seen.begun.clone(), seen.taken.clone())
    }

    async fn converse(self, stream: TcpStream) -> std::io::Result<()> {
        let mut stream = BufReader::new(stream);
        stream.write_all(b"220 sink\r\n").await?;
        let (mut to, mut line) = (String::new(), String::new());
        loop {
            line.clear();
            if stream.read_line(&mut line).await? == 0 {
                return Ok(());
            }
            let answer = match line.get(..4) {
                Some("RCPT") => {
                    to = between(&line, "<", ">");
                    self.seen.send_modify(|seen| seen.begun.push(to.clone()));
                    "250 ok\r\n"
                }
                Some("DATA") => {
                    stream.write_all(b"354 go\r\n").await?;
                    let text = read_mail(&mut stream).await?;
                    let mut seen = self.seen.subscribe();
                    drop(seen.wait_for(|seen| seen.held != to).await);
                    let id = between(&text, "Message-ID: <", "@");
                    let taken = Taken {
                        to: to.clone(),
                        id,
                        text,
                    };
                    self.seen.send_modify(|seen| seen.taken.push(taken));
                    "250 taken\r\n"
                }
                Some("QUIT") => "221 bye\r\n",
                _ => "250 ok\r\n",
            };
            stream.write_all(answer.as_bytes()).await?;
        }
    }
}

async fn read_mail(stream: &mut BufReader<TcpStream>) -> std::io::Result<String> {
    let mut text = Vec::new();
    while !text.ends_with(b"\r\n.\r\n") {
        text.push(stream.read_u8().await?);
    }
    Ok(String::from_utf8_lossy(&text).into_owned())
}

fn between(text: &str, before: &str, after: &str) -> String {
    let rest = text.split_once(before).map_or("", |(_, rest)| rest);
    rest.split_once(after)
        .map_or("", |(inner, _)| inner)
        .to_owned()
}
