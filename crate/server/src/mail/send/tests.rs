use std::sync::{Arc, Mutex};

use sesame_protocol::account::Email;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use url::Url;

use super::{Letter, SendError, Sender, Way, message, refusal};

const FROM: &str = "Sesame <sesame@sesame.example>";

fn letter() -> Letter {
    Letter {
        subject: "Perché".to_owned(),
        text: "One\nTwo".to_owned(),
        html: "<p>One</p>".to_owned(),
    }
}

fn to() -> Email {
    Email::parse("person@sesame.example").expect("an address")
}

/// A mail server without TLS, which keeps what it hears.
async fn plain_server(extension: &'static str) -> (u16, Arc<Mutex<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let heard = Arc::new(Mutex::new(String::new()));
    let kept = Arc::clone(&heard);
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a client");
        stream.write_all(b"220 stub\r\n").await.expect("greets");
        let mut buffer = [0; 4096];
        while let Ok(read) = stream.read(&mut buffer).await {
            if read == 0 {
                return;
            }
            let line = String::from_utf8_lossy(&buffer[..read]).into_owned();
            kept.lock().expect("the log").push_str(&line);
            let answer = match line.get(..4) {
                Some("EHLO") => format!("250-stub\r\n{extension}250 8BITMIME\r\n"),
                Some("DATA") => "354 go\r\n".to_owned(),
                _ => "250 ok\r\n".to_owned(),
            };
            stream.write_all(answer.as_bytes()).await.expect("answers");
        }
    });
    (port, heard)
}

#[tokio::test]
async fn s149_a_mail_server_without_tls_gets_nothing() {
    for extension in ["", "250-STARTTLS\r\n"] {
        let (port, heard) = plain_server(extension).await;
        // What `smtp://` becomes for every host but this machine itself.
        let url = Url::parse(&format!("smtp://127.0.0.1:{port}?tls=required")).expect("a URL");
        let sender = Sender::with_url(&url, FROM).expect("settings");
        assert_eq!(
            sender.send(&to(), &letter(), "1").await,
            Err(SendError::Later)
        );
        let heard = heard.lock().expect("the log").clone();
        assert!(
            !heard.contains("MAIL FROM") && !heard.contains("person"),
            "{heard}"
        );
    }
}

#[test]
fn a_wrong_password_for_the_mail_server_costs_no_mail() {
    for code in [0, 421, 451, 530, 534, 535, 538] {
        assert_eq!(refusal(code), SendError::Later, "{code}");
    }
    for code in [500, 529, 539, 550, 552, 554] {
        assert_eq!(refusal(code), SendError::Never, "{code}");
    }
}

#[tokio::test]
async fn s149_on_this_machine_itself_a_mail_goes_without_tls() {
    let (port, heard) = plain_server("").await;
    let sender = Sender::smtp(&format!("smtp://127.0.0.1:{port}"), FROM).expect("settings");
    assert_eq!(sender.send(&to(), &letter(), "1").await, Ok(()));
    let heard = heard.lock().expect("the log").clone();
    assert!(heard.contains("RCPT TO:<person@sesame.example>"), "{heard}");
    assert!(heard.contains("Auto-Submitted: auto-generated"));
    assert!(heard.contains("Message-ID: <1@sesame.example>"));
}

/// A mail server that takes the connection and says nothing does not hold a place for ever.
#[tokio::test]
async fn a_silent_mail_server_is_left() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let mut sender = Sender::smtp(&format!("smtp://127.0.0.1:{port}"), FROM).expect("settings");
    sender.patience = std::time::Duration::from_millis(50);
    let (to, letter) = (to(), letter());
    // Without an end this would hang; the time here is only an end for the test.
    let end = std::time::Duration::from_secs(20);
    let sending = tokio::time::timeout(end, sender.send(&to, &letter, "1"));
    let (sent, _silent) = tokio::join!(sending, async {
        listener.accept().await.expect("a client")
    });
    assert_eq!(sent.expect("it ends"), Err(SendError::Later));
}

#[test]
fn s149_every_other_host_must_have_tls() {
    for (url, tls) in [
        ("smtp://mail.example", true),
        ("smtp://mail.example:2525", true),
        ("smtp://127.0.0.1.example", true),
        ("smtp://localhost.example", true),
        ("smtp://10.0.0.1", true),
        ("smtps://mail.example", true),
        ("smtp://localhost", false),
        ("smtp://[::1]:25", false),
    ] {
        let sender = Sender::smtp(url, FROM).expect(url);
        let Way::Smtp(transport) = sender.way else {
            panic!("smtp")
        };
        let shown = format!("{transport:?}");
        assert_eq!(shown.contains("tls: None"), !tls, "{url}: {shown}");
        assert!(!shown.contains("Opportunistic"), "{url}: {shown}");
    }
    for url in [
        "mail.example",
        "http://mail.example",
        "smtp://mail.example?tls=opportunistic",
        "smtp://",
        "",
    ] {
        assert!(Sender::smtp(url, FROM).is_err(), "{url}");
    }
    assert!(Sender::smtp("smtp://localhost", "nobody").is_err());
}

#[test]
fn s149_nothing_adds_a_header_or_a_recipient() {
    for evil in [
        "a@sesame.example\r\nBcc: thief@evil.example",
        "a@sesame.example,thief@evil.example",
        "a@sesame.example\0",
        "\"a b\"@sesame.example",
        "a@sesame.example>\r\nRCPT TO:<thief@evil.example",
        "a@sesame.example cc:thief@evil.example",
    ] {
        assert!(Email::parse(evil).is_err(), "{evil:?}");
    }
    let from = FROM.parse().expect("an address");
    let evil = Letter {
        subject: "x\r\nBcc: thief@evil.example".to_owned(),
        ..letter()
    };
    let sent = message(&from, &to(), &evil, "1").map(|message| message.formatted());
    let sent = String::from_utf8(sent.expect("a message")).expect("ASCII");
    let head = sent.split("\r\n\r\n").next().unwrap_or_default();
    assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
}
