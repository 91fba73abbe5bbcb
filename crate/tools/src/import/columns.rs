//! What the columns of a table mean, by their headings. One list serves all programs: what they call
//! things differs, but hardly ever contradicts.

use super::Format;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Name,
    Username,
    Email,
    Password,
    Address,
    /// Several, as a JSON list or separated by commas.
    Addresses,
    Code,
    Notes,
    Folder,
    Tags,
    Favourite,
    Kind,
    /// Lines `name: value` (Bitwarden).
    FieldLines,
    /// A JSON list (NordPass).
    FieldList,
    FullName,
    Expiry,
    /// A field of a card or identity.
    Field(&'static str),
    /// Of no use outside of the program that wrote it.
    Ignored,
    /// Unknown: kept as a field of its own, so that nothing is lost.
    Other,
}

/// A heading without case, spaces and signs.
pub(super) fn plain(heading: &str) -> String {
    heading
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The meaning of a plain heading; `all` are those of the table.
pub(super) fn meaning(heading: &str, all: &[String]) -> Column {
    match heading {
        // KeePass calls the title so; elsewhere it is who signs in.
        "account" if has(all, &["loginname"]) => Column::Name,
        "name" | "title" | "nome" | "titel" | "nom" | "titre" | "nombre" | "titulo" | "item" => {
            Column::Name
        }
        "username" | "loginusername" | "loginname" | "login" | "user" | "userid" | "account"
        | "nomeutente" | "utente" | "benutzername" | "benutzer" | "nomdutilisateur"
        | "identifiant" | "usuario" => Column::Username,
        "email" | "mail" | "emailaddress" => Column::Email,
        "password" | "loginpassword" | "pass" | "pwd" | "passwort" | "kennwort" | "motdepasse"
        | "contrasena" | "contraseña" | "senha" => Column::Password,
        "url" | "loginuri" | "uri" | "website" | "websites" | "webseite" | "address" | "link"
        | "site" | "web" | "indirizzo" | "sito" | "sitoweb" | "adresse" | "loginurl"
        | "hostname" => Column::Address,
        "additionalurls" | "urls" => Column::Addresses,
        "totp" | "logintotp" | "otp" | "otpauth" | "otpurl" | "otpsecret" | "onetimepassword"
        | "2fa" => Column::Code,
        "note" | "notes" | "extra" | "comments" | "comment" | "notizen" | "notizie" | "notas"
        | "remarks" => Column::Notes,
        "folder" | "grouping" | "group" | "category" | "collections" | "collection" | "vault"
        | "cartella" | "gruppo" | "ordner" | "gruppe" => Column::Folder,
        "tags" | "tag" | "labels" => Column::Tags,
        "favorite" | "favourite" | "fav" | "favorites" => Column::Favourite,
        "type" => Column::Kind,
        "fields" => Column::FieldLines,
        "customfields" => Column::FieldList,
        "fullname" => Column::FullName,
        "expirydate" | "expirationdate" => Column::Expiry,
        "cardholdername" => Column::Field("cardholder"),
        "cardnumber" => Column::Field("cardNumber"),
        "cvc" | "cvv" => Column::Field("securityCode"),
        "pin" => Column::Field("pin"),
        "phonenumber" => Column::Field("phone"),
        "address1" => Column::Field("street"),
        "zipcode" => Column::Field("postalCode"),
        "city" => Column::Field("city"),
        "state" => Column::Field("region"),
        "country" => Column::Field("country"),
        "httprealm"
        | "formactionorigin"
        | "guid"
        | "timecreated"
        | "timelastused"
        | "timepasswordchanged"
        | "createtime"
        | "modifytime"
        | "icon"
        | "lastmodified"
        | "created"
        | "reprompt"
        | "archived"
        | "archiveddate" => Column::Ignored,
        _ => Column::Other,
    }
}

/// Which program wrote a table with these plain headings; nothing if it can't hold passwords.
pub(super) fn format(all: &[String]) -> Option<Format> {
    let known: [(&[&str], Format); 13] = [
        (&["type", "favourite", "tags", "fields"], Format::SesameCsv),
        (
            &["cardholdername", "cardnumber", "url"],
            Format::NordpassCsv,
        ),
        (&["loginuri", "loginpassword"], Format::BitwardenCsv),
        (&["grouping", "extra", "url"], Format::LastpassCsv),
        (&["url", "password", "formactionorigin"], Format::FirefoxCsv),
        (
            &["title", "password", "otpauth", "archived"],
            Format::OnePasswordCsv,
        ),
        (&["title", "url", "password", "otpauth"], Format::SafariCsv),
        (&["createtime", "modifytime", "password"], Format::ProtonCsv),
        (&["username2", "password"], Format::DashlaneCsv),
        (&["group", "title", "password"], Format::KeepassCsv),
        (&["account", "loginname", "password"], Format::KeepassCsv),
        (&["name", "url", "username", "password"], Format::ChromeCsv),
        (&["password"], Format::Csv),
    ];
    if let Some((_, format)) = known.iter().find(|(wanted, _)| has(all, wanted)) {
        return Some(*format);
    }
    all.iter()
        .any(|heading| meaning(heading, all) == Column::Password)
        .then_some(Format::Csv)
}

fn has(all: &[String], wanted: &[&str]) -> bool {
    wanted
        .iter()
        .all(|heading| all.iter().any(|known| known == heading))
}
