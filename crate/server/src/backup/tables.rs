//! What lasts: the tables and columns of a backup.

/// What a column holds; each may also be NULL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A number that is not negative.
    Number,
    /// Bytes.
    Bytes,
    /// Text.
    Text,
}

use Kind::{Bytes, Number, Text};

/// A table of the backup.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// All its columns.
    pub columns: &'static [(&'static str, Kind)],
    /// Reads an account's rows.
    pub select: &'static str,
    /// Writes a row.
    pub insert: &'static str,
}

/// The tables, in an order in which rows can be written. A backup names them by their place: new ones
/// come last.
pub const TABLES: [Table; 8] = [
    Table {
        name: "account",
        columns: &[
            ("account", Bytes),
            ("email", Text),
            ("cred_id", Bytes),
            ("lang", Number),
            ("hint", Text),
            ("sealed_days", Number),
            ("created", Number),
            ("gen", Bytes),
            ("epoch", Number),
            ("delete_at", Number),
        ],
        select: "SELECT account, email, cred_id, lang, hint, sealed_days, created, gen, epoch, \
                 delete_at FROM account WHERE account = $1",
        insert: "INSERT INTO account (account, email, cred_id, lang, hint, sealed_days, created, gen, \
                 epoch, delete_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    },
    Table {
        name: "generation",
        columns: &[
            ("account", Bytes),
            ("gen", Bytes),
            ("state", Number),
            ("opaque", Bytes),
            ("vault_pub", Bytes),
            ("rec_pub", Bytes),
            ("hdr_seq", Number),
            ("header_hash", Bytes),
            ("head_seq", Number),
            ("head_hash", Bytes),
            ("live", Number),
            ("tombstones", Number),
            ("bytes", Number),
            ("kept", Number),
            ("created", Number),
            ("sealed_at", Number),
            ("undo_until", Number),
            ("erase_at", Number),
            ("replaced_by", Bytes),
            ("erase_usual", Number),
        ],
        select: "SELECT account, gen, state, opaque, vault_pub, rec_pub, hdr_seq, header_hash, head_seq, \
                 head_hash, live, tombstones, bytes, kept, created, sealed_at, undo_until, erase_at, \
                 replaced_by, erase_usual FROM generation WHERE account = $1 ORDER BY gen",
        insert: "INSERT INTO generation (account, gen, state, opaque, vault_pub, rec_pub, hdr_seq, \
                 header_hash, head_seq, head_hash, live, tombstones, bytes, kept, created, sealed_at, \
                 undo_until, erase_at, replaced_by, erase_usual) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, \
                 $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)",
    },
    Table {
        name: "header",
        columns: &[
            ("account", Bytes),
            ("gen", Bytes),
            ("hdr_seq", Number),
            ("body", Bytes),
            ("created", Number),
        ],
        select: "SELECT account, gen, hdr_seq, body, created FROM header WHERE account = $1 \
                 ORDER BY gen, hdr_seq",
        insert: "INSERT INTO header (account, gen, hdr_seq, body, created) VALUES ($1, $2, $3, $4, $5)",
    },
    Table {
        name: "link",
        columns: &[
            ("account", Bytes),
            ("gen", Bytes),
            ("seq", Number),
            ("manifest", Bytes),
        ],
        select: "SELECT account, gen, seq, manifest FROM link WHERE account = $1 ORDER BY gen, seq",
        insert: "INSERT INTO link (account, gen, seq, manifest) VALUES ($1, $2, $3, $4)",
    },
    Table {
        name: "entry",
        columns: &[
            ("account", Bytes),
            ("gen", Bytes),
            ("item", Bytes),
            ("rev", Number),
            ("op", Number),
            ("hash", Bytes),
            ("size", Number),
        ],
        select: "SELECT account, gen, item, rev, op, hash, size FROM entry WHERE account = $1 \
                 ORDER BY gen, item",
        insert: "INSERT INTO entry (account, gen, item, rev, op, hash, size) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
    },
    Table {
        name: "blob",
        columns: &[
            ("account", Bytes),
            ("gen", Bytes),
            ("item", Bytes),
            ("rev", Number),
            ("op", Number),
            ("replaced_at", Number),
            ("body", Bytes),
        ],
        select: "SELECT account, gen, item, rev, op, replaced_at, body FROM blob WHERE account = $1 \
                 ORDER BY gen, item, rev",
        insert: "INSERT INTO blob (account, gen, item, rev, op, replaced_at, body) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
    },
    Table {
        name: "device",
        columns: &[
            ("account", Bytes),
            ("device", Bytes),
            ("public_key", Bytes),
            ("created", Number),
            ("last_used", Number),
        ],
        select: "SELECT account, device, public_key, created, last_used FROM device \
                 WHERE account = $1 ORDER BY device",
        insert: "INSERT INTO device (account, device, public_key, created, last_used) \
                 VALUES ($1, $2, $3, $4, $5)",
    },
    // Changes of address that the old one can still take back; what waits for a code is void.
    Table {
        name: "email_change",
        columns: &[
            ("account", Bytes),
            ("undo_hash", Bytes),
            ("old_email", Text),
            ("new_email", Text),
            ("code_hash", Bytes),
            ("tries", Number),
            ("expires", Number),
            ("changed_at", Number),
        ],
        select: "SELECT account, undo_hash, old_email, new_email, code_hash, tries, expires, changed_at \
                 FROM email_change WHERE account = $1 AND changed_at IS NOT NULL ORDER BY undo_hash",
        insert: "INSERT INTO email_change (account, undo_hash, old_email, new_email, code_hash, tries, \
                 expires, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    },
];

#[cfg(test)]
mod tests;
