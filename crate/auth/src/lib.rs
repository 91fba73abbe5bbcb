//! The only room that sees a master password: normalisation (RFC 8265) and Argon2id (RFC 9106).
