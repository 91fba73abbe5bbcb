//! What a field is for, and what a form is for.

use serde::Serialize;

/// What one field asks for; the names are HTML autofill tokens where there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The identifier that one signs in with, also where it is an e-mail address.
    Username,
    /// An e-mail address that is not the identifier of a sign-in form.
    Email,
    /// The password as it is now.
    CurrentPassword,
    /// A password to be.
    NewPassword,
    /// The same again.
    ConfirmPassword,
    /// A code from an authenticator; also each box of a split one.
    Otp,
    /// A code that was sent by mail or message.
    OtpOther,
    /// A telephone number.
    Tel,
    /// A person's full name.
    Name,
    /// Given name.
    GivenName,
    /// Middle name.
    AdditionalName,
    /// Family name.
    FamilyName,
    /// Company or organisation.
    Organization,
    /// Date of birth.
    Bday,
    /// Day of birth.
    BdayDay,
    /// Month of birth.
    BdayMonth,
    /// Year of birth.
    BdayYear,
    /// Sex or gender.
    Sex,
    /// Street and number.
    #[serde(rename = "address-line1")]
    AddressLine1,
    /// Flat, floor, building.
    #[serde(rename = "address-line2")]
    AddressLine2,
    /// City.
    #[serde(rename = "address-level2")]
    AddressLevel2,
    /// State, province, region.
    #[serde(rename = "address-level1")]
    AddressLevel1,
    /// Postal code.
    PostalCode,
    /// Country.
    Country,
    /// Name on a payment card.
    CcName,
    /// Number of a payment card.
    CcNumber,
    /// Security code of a payment card.
    CcCsc,
    /// Expiry of a payment card.
    CcExp,
    /// Month of expiry.
    CcExpMonth,
    /// Year of expiry.
    CcExpYear,
    /// Words to search for.
    Search,
    /// Anything else.
    None,
}

impl Role {
    /// The role that an HTML `autocomplete` token names.
    #[must_use]
    pub fn from_token(token: &str) -> Option<Self> {
        Some(match token {
            "username" => Self::Username,
            "email" => Self::Email,
            "current-password" => Self::CurrentPassword,
            "new-password" => Self::NewPassword,
            "one-time-code" => Self::Otp,
            "tel" | "tel-national" | "tel-local" => Self::Tel,
            "name" => Self::Name,
            "given-name" | "cc-given-name" => Self::GivenName,
            "additional-name" | "cc-additional-name" => Self::AdditionalName,
            "family-name" | "cc-family-name" => Self::FamilyName,
            "organization" => Self::Organization,
            "bday" => Self::Bday,
            "bday-day" => Self::BdayDay,
            "bday-month" => Self::BdayMonth,
            "bday-year" => Self::BdayYear,
            "sex" => Self::Sex,
            "street-address" | "address-line1" => Self::AddressLine1,
            "address-line2" | "address-line3" => Self::AddressLine2,
            "address-level2" => Self::AddressLevel2,
            "address-level1" => Self::AddressLevel1,
            "postal-code" => Self::PostalCode,
            "country" | "country-name" => Self::Country,
            "cc-name" => Self::CcName,
            "cc-number" => Self::CcNumber,
            "cc-csc" => Self::CcCsc,
            "cc-exp" => Self::CcExp,
            "cc-exp-month" => Self::CcExpMonth,
            "cc-exp-year" => Self::CcExpYear,
            "nickname"
            | "honorific-prefix"
            | "honorific-suffix"
            | "organization-title"
            | "url"
            | "photo"
            | "language"
            | "impp"
            | "cc-type"
            | "transaction-amount"
            | "transaction-currency" => Self::None,
            _ => return None,
        })
    }

    /// Whether it is part of a payment card.
    #[must_use]
    pub fn is_card(self) -> bool {
        matches!(
            self,
            Self::CcName
                | Self::CcNumber
                | Self::CcCsc
                | Self::CcExp
                | Self::CcExpMonth
                | Self::CcExpYear
        )
    }

    /// Whether it is part of who or where a person is.
    #[must_use]
    pub fn is_identity(self) -> bool {
        matches!(
            self,
            Self::Name
                | Self::GivenName
                | Self::AdditionalName
                | Self::FamilyName
                | Self::Organization
                | Self::Bday
                | Self::BdayDay
                | Self::BdayMonth
                | Self::BdayYear
                | Self::Sex
                | Self::AddressLine1
                | Self::AddressLine2
                | Self::AddressLevel2
                | Self::AddressLevel1
                | Self::PostalCode
                | Self::Country
                | Self::Tel
        )
    }
}

/// What a form is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// Signing in, or one step of it.
    Login,
    /// Opening an account.
    Signup,
    /// One form that does both.
    LoginOrSignup,
    /// Changing a password, or setting one after a reset.
    Change,
    /// Asking for a reset mail.
    ResetRequest,
    /// The password again, for an account that is known.
    Reauth,
    /// A one-time code.
    Otp,
    /// Payment.
    Card,
    /// Name and address.
    Address,
    /// Subscribing to mails.
    Newsletter,
    /// Searching.
    Search,
    /// Anything else.
    Other,
}
