//! Countries by the names and codes that lists of them go by, and the country's part of a telephone number.

use sesame_vault::search::fold;

/// ISO 3166-1 codes and names: English, then the country's own, then Italian where that differs. Only
/// countries that many people buy or live in; for another the name as it is kept has to do.
const COUNTRIES: &[(&str, &str, &[&str])] = &[
    (
        "AE",
        "ARE",
        &["United Arab Emirates", "Emirati Arabi Uniti"],
    ),
    ("AL", "ALB", &["Albania", "Shqipëria"]),
    ("AR", "ARG", &["Argentina"]),
    ("AT", "AUT", &["Austria", "Österreich"]),
    ("AU", "AUS", &["Australia"]),
    (
        "BA",
        "BIH",
        &[
            "Bosnia and Herzegovina",
            "Bosna i Hercegovina",
            "Bosnia ed Erzegovina",
        ],
    ),
    (
        "BE",
        "BEL",
        &["Belgium", "België", "Belgique", "Belgien", "Belgio"],
    ),
    ("BG", "BGR", &["Bulgaria", "България"]),
    ("BR", "BRA", &["Brazil", "Brasil", "Brasile"]),
    ("CA", "CAN", &["Canada"]),
    (
        "CH",
        "CHE",
        &["Switzerland", "Schweiz", "Suisse", "Svizzera"],
    ),
    ("CL", "CHL", &["Chile", "Cile"]),
    ("CN", "CHN", &["China", "中国", "Cina"]),
    ("CO", "COL", &["Colombia"]),
    ("CY", "CYP", &["Cyprus", "Κύπρος", "Cipro"]),
    (
        "CZ",
        "CZE",
        &[
            "Czechia",
            "Czech Republic",
            "Česko",
            "Repubblica Ceca",
            "Cechia",
        ],
    ),
    ("DE", "DEU", &["Germany", "Deutschland", "Germania"]),
    ("DK", "DNK", &["Denmark", "Danmark", "Danimarca"]),
    ("EE", "EST", &["Estonia", "Eesti"]),
    ("EG", "EGY", &["Egypt", "Egitto"]),
    ("ES", "ESP", &["Spain", "España", "Spagna"]),
    ("FI", "FIN", &["Finland", "Suomi", "Finlandia"]),
    ("FR", "FRA", &["France", "Francia"]),
    (
        "GB",
        "GBR",
        &["United Kingdom", "Great Britain", "UK", "Regno Unito"],
    ),
    ("GR", "GRC", &["Greece", "Ελλάδα", "Grecia"]),
    ("HK", "HKG", &["Hong Kong"]),
    ("HR", "HRV", &["Croatia", "Hrvatska", "Croazia"]),
    ("HU", "HUN", &["Hungary", "Magyarország", "Ungheria"]),
    ("ID", "IDN", &["Indonesia"]),
    ("IE", "IRL", &["Ireland", "Éire", "Irlanda"]),
    ("IL", "ISR", &["Israel", "Israele"]),
    ("IN", "IND", &["India"]),
    ("IS", "ISL", &["Iceland", "Ísland", "Islanda"]),
    ("IT", "ITA", &["Italy", "Italia"]),
    ("JP", "JPN", &["Japan", "日本", "Giappone"]),
    (
        "KR",
        "KOR",
        &[
            "South Korea",
            "Korea, Republic of",
            "대한민국",
            "Corea del Sud",
        ],
    ),
    ("LI", "LIE", &["Liechtenstein"]),
    ("LT", "LTU", &["Lithuania", "Lietuva", "Lituania"]),
    ("LU", "LUX", &["Luxembourg", "Luxemburg", "Lussemburgo"]),
    ("LV", "LVA", &["Latvia", "Latvija", "Lettonia"]),
    ("MA", "MAR", &["Morocco", "Maroc", "Marocco"]),
    ("MC", "MCO", &["Monaco"]),
    ("ME", "MNE", &["Montenegro", "Crna Gora"]),
    ("MK", "MKD", &["North Macedonia", "Macedonia del Nord"]),
    ("MT", "MLT", &["Malta"]),
    ("MX", "MEX", &["Mexico", "México", "Messico"]),
    ("MY", "MYS", &["Malaysia"]),
    ("NG", "NGA", &["Nigeria"]),
    (
        "NL",
        "NLD",
        &[
            "Netherlands",
            "The Netherlands",
            "Nederland",
            "Paesi Bassi",
            "Olanda",
        ],
    ),
    ("NO", "NOR", &["Norway", "Norge", "Norvegia"]),
    ("NZ", "NZL", &["New Zealand", "Nuova Zelanda"]),
    ("PE", "PER", &["Peru", "Perú", "Perù"]),
    ("PH", "PHL", &["Philippines", "Filippine"]),
    ("PL", "POL", &["Poland", "Polska", "Polonia"]),
    ("PT", "PRT", &["Portugal", "Portogallo"]),
    ("RO", "ROU", &["Romania", "România"]),
    ("RS", "SRB", &["Serbia", "Srbija"]),
    ("RU", "RUS", &["Russia", "Russian Federation", "Россия"]),
    ("SA", "SAU", &["Saudi Arabia", "Arabia Saudita"]),
    ("SE", "SWE", &["Sweden", "Sverige", "Svezia"]),
    ("SG", "SGP", &["Singapore"]),
    ("SI", "SVN", &["Slovenia", "Slovenija"]),
    ("SK", "SVK", &["Slovakia", "Slovensko", "Slovacchia"]),
    ("SM", "SMR", &["San Marino"]),
    ("TH", "THA", &["Thailand", "Thailandia"]),
    ("TR", "TUR", &["Turkey", "Türkiye", "Turchia"]),
    ("TW", "TWN", &["Taiwan", "臺灣"]),
    ("UA", "UKR", &["Ukraine", "Україна", "Ucraina"]),
    (
        "US",
        "USA",
        &[
            "United States",
            "United States of America",
            "USA",
            "Stati Uniti",
        ],
    ),
    ("VA", "VAT", &["Vatican City", "Città del Vaticano"]),
    ("VN", "VNM", &["Vietnam", "Viet Nam"]),
    ("ZA", "ZAF", &["South Africa", "Sudafrica"]),
];

/// All names of the country that a text names, in any case and with or without accents, then its codes of
/// two letters and of three; nothing for a country that is not in the table.
pub(super) fn names(stored: &str) -> Vec<&'static str> {
    let wanted = fold(stored);
    let row = COUNTRIES.iter().find(|(two, three, names)| {
        let codes = [*two, *three].into_iter();
        codes
            .chain(names.iter().copied())
            .any(|name| fold(name) == wanted)
    });
    row.map_or_else(Vec::new, |(two, three, names)| {
        names.iter().copied().chain([*two, *three]).collect()
    })
}

/// The country's part of a number that is written with one ("+39 06…"), digits only. ITU-T
/// E.164: one digit for 1 and 7, two for these, three for all others.
pub(super) fn calling_code(number: &str) -> Option<String> {
    const TWO: &[&str] = &[
        "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46",
        "47", "48", "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63",
        "64", "65", "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98",
    ];
    let number = number.trim();
    let rest = number.strip_prefix('+')?;
    let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
    let length = match digits.get(..2) {
        Some(start) if start.starts_with(['1', '7']) => 1,
        Some(start) if TWO.contains(&start) => 2,
        _ => 3,
    };
    digits.get(..length).map(str::to_owned)
}
