//! How a mail looks: the same words as plain text and as simple HTML, without pictures, scripts or
//! anything fetched.

use super::words::{Piece, Words};
use crate::page::escaped;

pub(super) fn text(words: &Words) -> String {
    let mut out = String::new();
    for piece in &words.body {
        let block = match piece {
            Piece::Text(text) => text.clone(),
            Piece::Code(code) => format!("    {code}"),
            Piece::Quote(quote) => format!("    {quote}"),
            Piece::Button { label, link } => format!("{label}:\n{link}"),
        };
        out.push_str(&block);
        out.push_str("\n\n");
    }
    out.push_str("-- \n");
    out.push_str(&words.foot);
    out.push('\n');
    out
}

pub(super) fn html(words: &Words, lang: &str) -> String {
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\">\
         <meta name=\"color-scheme\" content=\"light dark\">\
         <title>{}</title></head>\n<body style=\"margin:0;padding:24px;\
         font:16px/24px system-ui,sans-serif\">\n<div style=\"max-width:560px;margin:0 auto\">\n\
         <h1 style=\"font-size:22px;line-height:28px\">{}</h1>\n",
        escaped(words.subject),
        escaped(words.subject)
    );
    for piece in &words.body {
        let block = match piece {
            Piece::Text(text) => format!("<p>{}</p>", escaped(text)),
            Piece::Code(code) => format!(
                "<p style=\"font:18px/28px ui-monospace,monospace;letter-spacing:.04em\">{}</p>",
                escaped(code)
            ),
            Piece::Quote(quote) => format!(
                "<blockquote style=\"margin:16px 0;padding-left:12px;\
                 border-left:3px solid #b7791f\">{}</blockquote>",
                escaped(quote)
            ),
            Piece::Button { label, link } => format!(
                "<p><a href=\"{}\" style=\"display:inline-block;padding:10px 18px;\
                 border-radius:8px;background:#8a5a13;color:#ffffff;text-decoration:none\">{}</a></p>",
                escaped(link),
                escaped(label)
            ),
        };
        out.push_str(&block);
        out.push('\n');
    }
    out.push_str("<hr style=\"border:0;border-top:1px solid #8886\">\n<p style=\"font-size:13px;line-height:20px\">");
    out.push_str(&escaped(&words.foot));
    out.push_str("</p>\n</div></body></html>\n");
    out
}
