//! As much of HTTP/1.1 as a load driver needs: one connection that is kept, one call at a time.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use sesame_protocol::account::{BODY_MAX, CONTENT_TYPE, Message, Origin, Refusal};

use crate::LoadError;

/// How long a connection is kept without a call; the server ends idle ones after 10 s.
const KEPT: Duration = Duration::from_secs(5);

/// A connection to the server, made when it is needed and again after a failure.
pub struct Connection {
    address: String,
    authority: String,
    /// What is kept of the last call, and since when.
    stream: Option<(BufReader<TcpStream>, Instant)>,
    /// Bytes of request bodies sent and answer bodies read.
    pub bytes: (u64, u64),
}

impl Connection {
    /// A connection to `origin`, not opened yet. `localhost` is reached as 127.0.0.1, where the
    /// tests' servers listen.
    #[must_use]
    pub fn new(origin: &Origin) -> Self {
        let authority = origin.authority().to_owned();
        let address = authority.replace("localhost", "127.0.0.1");
        Self {
            address,
            authority,
            stream: None,
            bytes: (0, 0),
        }
    }

    /// Sends `message` and reads the answer.
    ///
    /// # Errors
    /// `Refused` with the server's code, `Line` when the connection fails: then nobody knows
    /// whether the server did what it was asked.
    pub fn call<Q: Message, A: Message>(
        &mut self,
        path: &str,
        token: Option<&str>,
        message: &Q,
    ) -> Result<A, LoadError> {
        let (status, body) = self.post(path, token, &message.encode())?;
        if status == 200 || status == 202 {
            A::decode(&body).map_err(|_| LoadError::Answer)
        } else {
            let refusal = Refusal::decode(&body).map_err(|_| LoadError::Status(status))?;
            Err(LoadError::Refused(refusal.code))
        }
    }

    fn post(
        &mut self,
        path: &str,
        token: Option<&str>,
        body: &[u8],
    ) -> Result<(u16, Vec<u8>), LoadError> {
        let authorization = token.map_or_else(String::new, |token| {
            format!("authorization: Bearer {token}\r\n")
        });
        let headers = format!("content-type: {CONTENT_TYPE}\r\n{authorization}");
        self.send("POST", path, &headers, body)
    }

    /// Any request; `headers` are whole lines. The answer's status and body.
    ///
    /// # Errors
    /// `Line` when the connection fails, `Answer` for one that can't be read.
    pub fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &str,
        body: &[u8],
    ) -> Result<(u16, Vec<u8>), LoadError> {
        let mut stream = match self.stream.take() {
            Some((stream, since)) if since.elapsed() < KEPT => stream,
            _ => {
                let stream = TcpStream::connect(&self.address)?;
                stream.set_nodelay(true)?;
                BufReader::new(stream)
            }
        };
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\ncontent-length: {}\r\n{headers}\r\n",
            self.authority,
            body.len()
        );
        // One write, so that a small request is one packet.
        stream
            .get_mut()
            .write_all(&[head.as_bytes(), body].concat())?;
        let (status, length, keep) = read_head(&mut stream)?;
        let mut answer = vec![0; length];
        stream.read_exact(&mut answer)?;
        let (sent, got) = &mut self.bytes;
        *sent = sent.saturating_add(u64::try_from(body.len()).unwrap_or(0));
        *got = got.saturating_add(u64::try_from(length).unwrap_or(0));
        if keep {
            self.stream = Some((stream, Instant::now()));
        }
        Ok((status, answer))
    }
}

/// Status, length of the body, and whether the connection stays.
fn read_head(stream: &mut BufReader<TcpStream>) -> Result<(u16, usize, bool), LoadError> {
    let mut line = String::new();
    stream.read_line(&mut line)?;
    let status = line
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok())
        .ok_or_else(|| io::Error::from(io::ErrorKind::UnexpectedEof))?;
    let (mut length, mut keep) = (0, true);
    loop {
        line.clear();
        stream.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().map_err(|_| LoadError::Answer)?;
        } else if name.eq_ignore_ascii_case("connection") {
            keep = !value.trim().eq_ignore_ascii_case("close");
        }
    }
    if length > BODY_MAX {
        return Err(LoadError::Answer);
    }
    Ok((status, length, keep))
}
