//! The one table of domain-separation labels (S-161). No other file spells a label.

/// What a derivation, a piece of associated data or a hash is for. Two uses never share a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Label {
    /// Encryption key and commitment of an ENC1 envelope.
    Aead,
    /// Key-encryption key from a stretched master password.
    KekPassword,
    /// Key-encryption key from a recovery code.
    KekRecovery,
    /// Key-encryption key from a WebAuthn PRF output.
    KekPasskey,
    /// Ed25519 seed for signing in to the account server with a recovery code.
    AuthRecovery,
    /// Key of the header's MAC.
    HeaderMac,
    /// Ed25519 seed that signs manifests.
    SignSeed,
    /// Key of one revision of one item.
    ItemKey,
    /// Key of one revision of one attachment.
    AttachmentKey,
    /// Key of this device's sealed index shards and other rebuildable data.
    LocalCache,
    /// Key of this device's sealed anchor.
    LocalAnchor,
    /// Key of this device's secrets towards the server.
    Device,
    /// Associated data of a slot's wrap.
    Slot,
    /// Associated data of an item's envelope.
    Item,
    /// The settings item's id.
    SettingsId,
    /// Hash of a manifest bucket.
    Bucket,
    /// Signing input of a manifest.
    Manifest,
    /// Signing input of a recovery sign-in.
    RecoveryLogin,
    /// OPAQUE context.
    Opaque,
    /// Associated data of the sealed anchor.
    Anchor,
    /// Associated data of a sealed index shard.
    Shard,
    /// Associated data of a named piece of this device's local cache (drafts, generator history, ...).
    Cache,
    /// Key of the local record's MAC.
    LocalMac,
    /// Verifier that recognises a password that was replaced.
    RetiredPassword,
    /// X25519 secret that opens this device's captures.
    CaptureSecret,
    /// Key of one capture, from the shared secret.
    CaptureKey,
    /// Associated data of a capture.
    Capture,
    /// Signing input of a new session at the account server.
    Session,
    /// Signing input of taking an account reset back.
    Undo,
    /// Signing input of a proof for a sealed generation.
    Sealed,
    /// Check symbol of a reset code.
    ResetCode,
}

impl Label {
    /// Every label, for tests over the whole table.
    pub const ALL: [Self; 31] = [
        Self::Aead,
        Self::KekPassword,
        Self::KekRecovery,
        Self::KekPasskey,
        Self::AuthRecovery,
        Self::HeaderMac,
        Self::SignSeed,
        Self::ItemKey,
        Self::AttachmentKey,
        Self::LocalCache,
        Self::LocalAnchor,
        Self::Device,
        Self::Slot,
        Self::Item,
        Self::SettingsId,
        Self::Bucket,
        Self::Manifest,
        Self::RecoveryLogin,
        Self::Opaque,
        Self::Anchor,
        Self::Shard,
        Self::Cache,
        Self::LocalMac,
        Self::RetiredPassword,
        Self::CaptureSecret,
        Self::CaptureKey,
        Self::Capture,
        Self::Session,
        Self::Undo,
        Self::Sealed,
        Self::ResetCode,
    ];

    /// The label's bytes: ASCII, at most 255, beginning with the format's version.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Aead => "sesame1/aead",
            Self::KekPassword => "sesame1/kek/pw",
            Self::KekRecovery => "sesame1/kek/rec",
            Self::KekPasskey => "sesame1/kek/prf",
            Self::AuthRecovery => "sesame1/auth/rec",
            Self::HeaderMac => "sesame1/header-mac",
            Self::SignSeed => "sesame1/sign-seed",
            Self::ItemKey => "sesame1/item-key",
            Self::AttachmentKey => "sesame1/att-key",
            Self::LocalCache => "sesame1/local-cache",
            Self::LocalAnchor => "sesame1/local-anchor",
            Self::Device => "sesame1/device",
            Self::Slot => "sesame1/slot",
            Self::Item => "sesame1/item",
            Self::SettingsId => "sesame1/settings-id",
            Self::Bucket => "sesame1/bucket",
            Self::Manifest => "sesame1/manifest",
            Self::RecoveryLogin => "sesame1/rec-login",
            Self::Opaque => "sesame1/opaque",
            Self::Anchor => "sesame1/anchor",
            Self::Shard => "sesame1/shard",
            Self::Cache => "sesame1/cache",
            Self::LocalMac => "sesame1/local-mac",
            Self::RetiredPassword => "sesame1/retired-pw",
            Self::CaptureSecret => "sesame1/capture-secret",
            Self::CaptureKey => "sesame1/capture-key",
            Self::Capture => "sesame1/capture",
            Self::Session => "sesame1/session",
            Self::Undo => "sesame1/undo",
            Self::Sealed => "sesame1/sealed",
            Self::ResetCode => "sesame1/reset-code",
        }
    }
}

#[cfg(test)]
mod tests;
