//! `otpauth://totp/LABEL?secret=...`, strict where a mistake would give wrong codes.

use super::{Algorithm, Totp, TotpError, base32};
use zeroize::Zeroizing;

/// Parses what follows `otpauth:`.
pub(super) fn parse(rest: &str) -> Result<Totp, TotpError> {
    let rest = rest.strip_prefix("//").ok_or(TotpError::Uri)?;
    let rest = rest.split_once('#').map_or(rest, |(before, _)| before);
    let (path, query) = rest.split_once('?').ok_or(TotpError::Uri)?;
    let kind = path.split('/').next().unwrap_or("");
    if !kind.eq_ignore_ascii_case("totp") {
        let known = kind.eq_ignore_ascii_case("hotp");
        return Err(if known {
            TotpError::Kind
        } else {
            TotpError::Uri
        });
    }

    let mut secret = None;
    let mut algorithm = None;
    let mut digits = None;
    let mut period = None;
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value = percent_decoded(value)?;
        match name.to_ascii_lowercase().as_str() {
            "secret" => once(
                &mut secret,
                base32::decode(&value).ok_or(TotpError::Secret)?,
            )?,
            "algorithm" => once(&mut algorithm, algorithm_of(&value)?)?,
            "digits" => once(&mut digits, value.parse().map_err(|_| TotpError::Digits)?)?,
            "period" => once(&mut period, value.parse().map_err(|_| TotpError::Period)?)?,
            // Steam's codes are letters from an alphabet of its own.
            "encoder" => return Err(TotpError::Kind),
            // Issuer, image and whatever else sites add don't change the code.
            _ => {}
        }
    }
    Totp::new(
        secret.ok_or(TotpError::Secret)?,
        algorithm.unwrap_or(Algorithm::Sha1),
        digits.unwrap_or(6),
        period.unwrap_or(30),
    )
}

/// A parameter given twice has no clear meaning.
fn once<T>(slot: &mut Option<T>, value: T) -> Result<(), TotpError> {
    if slot.replace(value).is_some() {
        Err(TotpError::Uri)
    } else {
        Ok(())
    }
}

fn algorithm_of(name: &str) -> Result<Algorithm, TotpError> {
    let upper = name.to_ascii_uppercase();
    let bare = upper
        .strip_prefix("HMAC")
        .unwrap_or(&upper)
        .replace('-', "");
    match bare.as_str() {
        "SHA1" => Ok(Algorithm::Sha1),
        "SHA256" => Ok(Algorithm::Sha256),
        "SHA512" => Ok(Algorithm::Sha512),
        _ => Err(TotpError::Algorithm),
    }
}

/// Percent-decoding of a value; `+` is a space, as forms write it.
fn percent_decoded(value: &str) -> Result<Zeroizing<String>, TotpError> {
    let mut out = Zeroizing::new(Vec::with_capacity(value.len()));
    let mut bytes = value.bytes();
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'%' => {
                let digit = |b: Option<u8>| b.and_then(|b| char::from(b).to_digit(16));
                let (high, low) = (digit(bytes.next()), digit(bytes.next()));
                let code = high.zip(low).map(|(high, low)| high << 4 | low);
                code.and_then(|code| u8::try_from(code).ok())
                    .ok_or(TotpError::Uri)?
            }
            b'+' => b' ',
            other => other,
        });
    }
    let text = std::str::from_utf8(&out).map_err(|_| TotpError::Uri)?;
    Ok(Zeroizing::new(text.to_owned()))
}
