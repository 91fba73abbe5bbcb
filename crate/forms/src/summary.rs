//! The answer in short, as JavaScript reads it.

use crate::role::{Purpose, Role};
use crate::understand::Understanding;
use serde::Serialize;

/// What a field was taken for.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct FieldSummary {
    /// Its role.
    pub role: Role,
    /// Sum of the weights that spoke for it.
    pub score: f32,
}

/// What a group was taken for.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct GroupSummary {
    /// Its purpose.
    pub purpose: Purpose,
    /// Sum of the weights that spoke for it.
    pub score: f32,
}

/// The answer without its reasons, index for index with the snapshot.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// Of each field.
    pub fields: Vec<FieldSummary>,
    /// Of each group.
    pub groups: Vec<GroupSummary>,
}

impl Understanding {
    /// The answer without its reasons.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let fields = self.roles.iter().zip(&self.reasons);
        let groups = self.purposes.iter().zip(&self.purpose_reasons);
        Summary {
            fields: fields
                .map(|(role, reasons)| FieldSummary {
                    role: *role,
                    score: reasons
                        .iter()
                        .filter(|reason| base(reason.role) == base(*role))
                        .map(|reason| reason.weight)
                        .sum(),
                })
                .collect(),
            groups: groups
                .map(|(purpose, reasons)| GroupSummary {
                    purpose: *purpose,
                    score: reasons
                        .iter()
                        .filter(|reason| reason.purpose == *purpose)
                        .map(|reason| reason.weight)
                        .sum(),
                })
                .collect(),
        }
    }
}

/// The form tells one password or identifier from another; what spoke for the field is the same.
fn base(role: Role) -> Role {
    match role {
        Role::NewPassword | Role::ConfirmPassword => Role::CurrentPassword,
        Role::Email => Role::Username,
        Role::OtpOther => Role::Otp,
        other => other,
    }
}
