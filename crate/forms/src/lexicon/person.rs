//! Words for people and cards: names, addresses, dates, payment.

use super::{Concept, Words};

/// Phrases apart by `|`.
pub(super) const WORDS: Words = &[
    (
        Concept::CardNumber,
        "card number|cardnumber|cardno|ccnum|cc number|ccnumber|credit card|creditcard|debit card|kartennummer|kreditkarte|\
         numéro de carte|número de tarjeta|numero carta|numero di carta|número do cartão|kaartnummer|creditcardnummer|\
         numer karty|номер карты|kart numarası|カード番号|카드 번호|카드번호|卡号|信用卡|\
         card no|pan_|karten-nr|numéro de la carte|n° de carte|número de la tarjeta|numero della carta|\
         número do cartao|kaart nummer|numer karty płatniczej|kredi kartı|kart no|クレジットカード番号|신용카드|信用卡号|卡號|银行卡|\
         cardnum|card_number|ccno",
    ),
    (
        Concept::CardCode,
        "cvc|cvv|cvv2|cvc2|_csc|cvn|card verification|card security|cardcode|kartenprüfnummer|prüfziffer|cryptogramme|\
         code carte|codice di sicurezza della carta|セキュリティコード|카드 보안|安全码|\
         security code on|prüfnummer|sicherheitsnummer|code de sécurité de la carte|\
         código de seguridad de la tarjeta|código de seguridad cvv|veiligheidscode van|kod cvv|код cvv|cvc/cvv|\
         güvenlik kodu (cvv)|cvv kodu|セキュリティ番号|cvc번호|카드보안|安全碼 cvv|card verification value|verification value|_cid|\
         card_code|cardcvv|cvcode",
    ),
    (
        Concept::CardExpiry,
        "expir|expiry|exp date|expdate|_exp|valid thru|valid until|validity|mm / yy|mmyy|mm yyyy|ablaufdatum|gültig bis|\
         date d'expiration|caducidad|vencimiento|scadenza|validade|vervaldatum|data ważności|срок действия|\
         son kullanma|有効期限|유효기간|有效期|\
         expires|exp. date|expiration|expires on|valid till|good thru|verfall|gültigkeit|verfalldatum|\
         fin de validité|valable|fecha de caducidad|fecha de vencimiento|fecha de expiración|válida hasta|\
         data di scadenza|data de validade|data de vencimento|geldig tot|verloop|termin ważności|ważna do|срок|\
         годен до|son kullanım|geçerlilik|使用期限|만료|유효 기간|到期|有效日期|ccexp|cc_exp|expmonth|expyear|mm/yy|mm / yyyy|\
         mm/yyyy",
    ),
    (
        Concept::CardName,
        "name on card|nameoncard|cardholder|card holder|cardname|ccname|holder name|karteninhaber|titulaire|titular|\
         intestatario|kaarthouder|posiadacz karty|имя владельца|kart sahibi|カード名義|카드 소유자|持卡人|\
         name on the card|card name|card holder name|card owner|ccowner|name auf der karte|inhaber|nom sur la carte|\
         nom du titulaire|titulaire de la carte|nombre en la tarjeta|nombre del titular|nombre como aparece|\
         nome sulla carta|titolare|nome no cartão|nome impresso|naam op kaart|naam op de kaart|\
         imię i nazwisko na karcie|na karcie|имя на карте|владелец карты|держатель карты|kart üzerindeki|\
         kart üzerindeki isim|カード名義人|名義人|카드 소유자명|카드 명의|持卡人姓名",
    ),
    (
        Concept::Month,
        "month|monat|mois|_mes|_mese|maand|miesiąc|месяц|_ay|月|월|_mm",
    ),
    (
        Concept::Year,
        "year|_jahr|année|_año|_ano|anno|jaar|_rok|_год|_yıl|年|년|_yy|yyyy",
    ),
    (
        Concept::Day,
        "_day|_tag|_jour|_día|_dia|giorno|_dag|dzień|_день|_gün|_日|일|_dd",
    ),
    (
        Concept::Name,
        "full name|fullname|your name|_name|vollständiger name|nom complet|nombre completo|nombre y apellidos|nome completo|\
         nome e cognome|volledige naam|naam|imię i nazwisko|_фио|полное имя|ad soyad|氏名|お名前|이름|성명|姓名|名字|\
         name and surname|first and last|ihr name|vor- und nachname|vollständig|votre nom|_nom|nom et prénom|\
         nom et prénoms|tu nombre|su nombre|nombre y apellido|il tuo nome|nome e sobrenome|seu nome|uw naam|je naam|\
         voor- en achternaam|twoje imię|ваше имя|фио|имя и фамилия|adınız soyadınız|ad-soyad|isim|名前|真实姓名|_fullname|\
         realname|real name|display name|displayname",
    ),
    (
        Concept::GivenName,
        "first name|firstname|given name|givenname|fname|forename|vorname|prénom|prenom|nombre|nome|voornaam|imię|imie|имя|_adı|_ad|\
         first_name|_first|vornamen|_prénoms|primer nombre|nombre de pila|primo nome|primeiro nome|imiona|имена|\
         ваше имя|isminiz|adınız|下の名前|이름(성 제외)|名（",
    ),
    (
        Concept::MiddleName,
        "middle name|middlename|middle initial|additional name|zweiter vorname|deuxième prénom|segundo nombre|secondo nome|отчество",
    ),
    (
        Concept::FamilyName,
        "last name|lastname|family name|familyname|surname|_lname|nachname|familienname|nom de famille|apellido|cognome|\
         sobrenome|apelido|achternaam|nazwisko|фамилия|soyad|苗字|\
         last_name|_last|familien-name|nom de naissance|apellidos|primer apellido|último nome|_cognome|apelidos|\
         familienaam|nazwiska|фамилии|soyadı|soyadınız|soyisim|姓氏",
    ),
    (
        Concept::Organization,
        "company|organization|organisation|business name|_firma|firmenname|unternehmen|société|entreprise|empresa|azienda|ragione sociale|bedrijf|организация|компания|şirket|会社|회사|公司|\
         company name|companyname|firm name|arbeitgeber|nom de la société|raison sociale|nombre de la empresa|\
         razón social|nome azienda|nome da empresa|razão social|bedrijfsnaam|nazwa firmy|название компании|\
         место работы|şirket adı|kurum|会社名|団体名|勤務先|회사명|公司名称|单位名称|公司名稱|workplace|employer",
    ),
    (
        Concept::Street,
        "street|address|addr|address1|addressline1|straße|strasse|anschrift|adresse|rue|dirección|direccion|calle|domicilio|indirizzo|via|\
         endereço|endereco|morada|adres|straat|ulica|адрес|улица|adresi|sokak|住所|番地|주소|地址|街道|\
         house number|hausnummer|straße und|numéro et|n° et rue|nom de la rue|calle y número|dirección postal|\
         indirizzo e numero|via e numero|logradouro|rua_|_rua|straatnaam|huisnummer|ulica i numer|улица, дом|_дом|\
         cadde|mahalle|açık adres|丁目|町名|도로명|기본주소|详细地址|街道地址",
    ),
    (
        Concept::Street2,
        "address line 2|addressline2|address2|addr2|apartment|apt|suite|_unit|floor|adresszusatz|complément|complement|interno|квартира|daire|建物名|상세주소|\
         address line 3|address3|line 2|address continued|address 2nd|apt.|building|stockwerk|c/o|appartement|bâtiment|étage|piso|departamento|scala|complemento|\
         apto|bloco|toevoeging|bus_|numer mieszkania|mieszkanie|корпус|подъезд|kat_|apartman|マンション名|建物|アパート|동호수|\
         상세 주소|门牌|樓層",
    ),
    (
        Concept::City,
        "city|town|suburb|locality|stadt|ort|ville|ciudad|localidad|città|citta|comune|cidade|woonplaats|plaats|miasto|miejscowość|город|şehir|ilçe|市区町村|도시|城市|\
         wohnort|ortschaft|commune|localité|población|municipio|località|município|localidade|gemeente|miejscowosc|\
         населенный пункт|населённый пункт|semt|市区|町村|시/군/구|市/区|所在城市",
    ),
    (
        Concept::State,
        "state|province|region|county|bundesland|kanton|département|région|provincia|estado|distrito|provincie|województwo|область|регион|_il|都道府県|시도|省份|州|\
         state/province|province/state|bundesland/kanton|estado/provincia|departamento|prov._|stato/provincia|uf_|\
         _uf|wojewodztwo|край|республика|_eyalet|_県|府県|道府県|시/도|省/",
    ),
    (
        Concept::PostalCode,
        "zip|zipcode|zip code|postal|postcode|post code|postleitzahl|plz|code postal|código postal|cap|cep|postcode|kod pocztowy|почтовый индекс|индекс|posta kodu|郵便番号|우편번호|邮编|郵遞區號|\
         zip/postal|postal/zip|postnummer|c.p._|codice postale|_cep|postcode en|kod-pocztowy|почтовый|zip kodu|郵便|\
         우편|邮政编码|郵遞|postalcode",
    ),
    (
        Concept::Country,
        "country|_land|pays|país|paese|nazione|land|kraj|страна|ülke|_国|国名|국가|国家|國家|\
         country/region|staat|land/region|pays/région|país/región|paese/regione|país/região|ülke/bölge|国/地域|국가/지역|\
         国家/地区",
    ),
    (
        Concept::Birth,
        "birth|birthday|_dob|bday|geburt|naissance|nacimiento|nascita|nascimento|geboorte|urodzenia|рождения|doğum|生年月日|誕生日|생년월일|생일|出生|生日|\
         date of birth|dateofbirth|birthdate|geburtsdatum|date de naissance|fecha de nacimiento|data di nascita|\
         data de nascimento|geboortedatum|data urodzenia|дата рождения|doğum tarihi|出生日期|birth_date",
    ),
    (
        Concept::Sex,
        "gender|_sex|geschlecht|_sexe|sexo|sesso|geslacht|płeć|_пол|cinsiyet|性別|성별|性别|salutation|anrede|civilité",
    ),
];
