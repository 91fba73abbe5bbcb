//! A client that sends exactly what a test says.

use std::net::SocketAddr;

use sesame_protocol::account::{CONTENT_TYPE, Message, Refusal, RefusalCode, Token};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::TestServer;

/// What every request says of its program.
pub const USER_AGENT: &str = "canary-agent/9.9";

/// An answer.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// The message of a successful answer.
    pub fn message<M: Message>(&self) -> M {
        if self.status != 200 {
            panic!("{} {:?}", self.status, Refusal::decode(&self.body));
        }
        assert_eq!(self.header("content-type"), Some(CONTENT_TYPE));
        M::decode(&self.body).unwrap()
    }

    /// The refusal of an unsuccessful one.
    pub fn refusal(&self) -> Refusal {
        assert!(self.status >= 400, "{}", self.status);
        Refusal::decode(&self.body).unwrap()
    }

    pub fn code(&self) -> RefusalCode {
        self.refusal().code
    }
}

/// Sends bytes on a new connection and reads until the server closes it.
pub async fn raw(address: SocketAddr, bytes: &[u8]) -> Reply {
    parse(&exchange(TcpStream::connect(address).await.unwrap(), bytes).await)
}

/// Sends bytes and reads until the other side closes.
pub async fn exchange(mut stream: impl AsyncRead + AsyncWrite + Unpin, bytes: &[u8]) -> Vec<u8> {
    // The server may answer and close before it has read everything.
    drop(stream.write_all(bytes).await);
    drop(stream.flush().await);
    let mut answer = Vec::new();
    drop(stream.read_to_end(&mut answer).await);
    answer
}

pub fn parse(answer: &[u8]) -> Reply {
    let end = answer
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .unwrap_or_else(|| panic!("no head: {:?}", String::from_utf8_lossy(answer)));
    let head = String::from_utf8(answer[..end].to_vec()).unwrap();
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap()[9..12].parse().unwrap();
    let headers = lines
        .map(|line| {
            let (name, value) = line.split_once(": ").unwrap();
            (name.to_ascii_lowercase(), value.to_owned())
        })
        .collect();
    Reply {
        status,
        headers,
        body: answer[end + 4..].to_vec(),
    }
}

/// A request's bytes; `headers` replace or add to the usual ones.
pub fn request(
    method: &str,
    path: &str,
    authority: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Vec<u8> {
    let mut head = format!("{method} {path} HTTP/1.1\r\n");
    let length = body.len().to_string();
    let usual = [
        ("host", authority),
        ("connection", "close"),
        ("content-length", length.as_str()),
        ("content-type", CONTENT_TYPE),
        ("user-agent", USER_AGENT),
    ];
    for (name, value) in usual {
        if !headers.iter().any(|(own, _)| *own == name) {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
    }
    for (name, value) in headers {
        // An empty value leaves a usual header out.
        if !value.is_empty() {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
    }
    head.push_str("\r\n");
    [head.as_bytes(), body].concat()
}

impl TestServer {
    /// Any request.
    pub async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Reply {
        let bytes = request(method, path, &self.authority(), headers, body);
        raw(self.address, &bytes).await
    }

    /// A message without a session.
    pub async fn post<M: Message>(&self, path: &str, message: &M) -> Reply {
        self.send("POST", path, &[], &message.encode()).await
    }

    /// A message with a session.
    pub async fn ask<M: Message>(&self, token: &Token, path: &str, message: &M) -> Reply {
        let bearer = format!("Bearer {}", token.to_text());
        self.send(
            "POST",
            path,
            &[("authorization", &bearer)],
            &message.encode(),
        )
        .await
    }
}
