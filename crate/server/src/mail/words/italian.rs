//! Italian.

use super::{Piece, text};
use crate::mail::clean::plain;
use crate::mail::{Mail, date};

const REMOVED: &str = "(link tolto)";
const MONTHS: [&str; 12] = [
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
];

pub(super) const fn subject(mail: &Mail) -> &'static str {
    match mail {
        Mail::RegisterCode { .. } => "Il tuo codice di Sesame",
        Mail::AlreadyRegistered => "Hai già un account Sesame",
        Mail::Hint { .. } => "Il suggerimento per la password principale",
        Mail::ResetRequested { .. } => "Reimposta il tuo account Sesame",
        Mail::ResetDone { .. } => "Il tuo account Sesame è stato reimpostato",
        Mail::ResetUndone { .. } => "La reimpostazione del tuo account Sesame è stata annullata",
        Mail::NewDevice { .. } => "Il tuo account Sesame è stato aperto in un altro browser",
        Mail::WaysChanged { .. } => "I modi di aprire la tua cassaforte sono cambiati",
        Mail::PasswordChanged { .. } => "La tua password principale è stata cambiata",
        Mail::EmailCode { .. } => "Il tuo codice per il nuovo indirizzo",
        Mail::EmailChanging { .. } => "L’indirizzo del tuo account Sesame sta per cambiare",
        Mail::EmailChanged => "Questo ora è l’indirizzo del tuo account Sesame",
        Mail::EmailKept => "L’indirizzo del tuo account Sesame resta quello di prima",
        Mail::Deletion { .. } => "Il tuo account Sesame sarà eliminato",
        Mail::DeletionStopped => "Il tuo account Sesame resta",
        Mail::EraseNow { .. } => "Una cassaforte sigillata sarà cancellata",
    }
}

pub(super) fn body(mail: &Mail) -> Vec<Piece> {
    match mail {
        Mail::RegisterCode { code } => vec![
            text(
                "Qualcuno, molto probabilmente tu, sta creando un account Sesame con questo indirizzo.",
            ),
            text("Scrivi questo codice in Sesame:"),
            Piece::Code(code.clone()),
            text(
                "Vale 30 minuti. Se non sei stato tu, non fare nulla: non viene creato alcun account.",
            ),
        ],
        Mail::AlreadyRegistered => vec![
            text(
                "Qualcuno, molto probabilmente tu, voleva creare un account Sesame con questo indirizzo. Ne esiste già uno e non è cambiato nulla.",
            ),
            text(
                "In Sesame scegli Accedi. Se la password principale non ti viene in mente, scegli lì Non riesci a entrare?",
            ),
        ],
        Mail::Hint { hint } => hint_asked(hint),
        Mail::ResetRequested { link, code } => vec![
            text(
                "Qualcuno, molto probabilmente tu, vuole reimpostare l’account Sesame di questo indirizzo.",
            ),
            text(
                "La reimpostazione comincia con una cassaforte nuova e vuota. Quella vecchia non viene eliminata: è sigillata e conservata, e si riapre con la sua password, con il suo codice di recupero o con un browser che la apre ancora.",
            ),
            Piece::Button {
                label: "Reimposta l’account".into(),
                link: link.clone(),
            },
            text("Oppure scrivi questo codice in Sesame, sotto Ho un codice di reimpostazione:"),
            Piece::Code(code.clone()),
            text(
                "Valgono entrambi 30 minuti e per una sola reimpostazione. Se non sei stato tu, non fare nulla: non cambia niente finché qualcuno non li usa per scegliere una nuova password principale.",
            ),
        ],
        Mail::ResetDone {
            at,
            undo_until,
            erase_at,
        } => vec![
            text(format!(
                "Il tuo account Sesame è stato reimpostato il {}. Ha una cassaforte nuova e vuota, e i tuoi altri browser sono stati disconnessi.",
                when(*at)
            )),
            text(format!(
                "La vecchia cassaforte è sigillata e conservata fino al {}. Sotto Casseforti sigillate la apri con la vecchia password principale, con il vecchio codice di recupero o con un browser che la apre ancora.",
                when(*erase_at)
            )),
            text(format!(
                "Se non sei stato tu: apri Sesame in un browser che apre ancora la vecchia cassaforte e scegli Annulla la reimpostazione. Puoi farlo fino al {}. Poi cambia la password della tua casella di posta.",
                when(*undo_until)
            )),
        ],
        Mail::ResetUndone { at } => vec![
            text(format!(
                "La reimpostazione del tuo account Sesame è stata annullata il {} da un browser che apre la cassaforte di prima. Quella cassaforte è di nuovo in uso; quella creata con la reimpostazione è sigillata.",
                when(*at)
            )),
            text(
                "Se la reimpostazione l’hai chiesta tu, e non sei stato tu ad annullarla, qualcun altro apre la tua vecchia cassaforte: cambia le password che contiene.",
            ),
        ],
        Mail::NewDevice { at } => vec![
            text(format!(
                "Il {} un browser ha avuto accesso per la prima volta al tuo account Sesame.",
                when(*at)
            )),
            text(
                "Se non sei stato tu: apri Sesame, disconnetti quel browser sotto Account, Dispositivi, e scegli una nuova password principale.",
            ),
        ],
        Mail::WaysChanged { at } => vec![
            text(format!(
                "Il {} un modo di aprire la tua cassaforte è stato aggiunto, cambiato o tolto: un codice di recupero, un’impronta o un volto, o la password principale.",
                when(*at)
            )),
            text(
                "Se non sei stato tu: apri Sesame, guarda sotto Vie di rientro e scegli una nuova password principale.",
            ),
        ],
        Mail::PasswordChanged { at } => vec![
            text(format!(
                "La password principale del tuo account Sesame è stata cambiata il {}.",
                when(*at)
            )),
            text(
                "Se non sei stato tu: apri Sesame in un browser che apre ancora la tua cassaforte e scegli una nuova password principale. La apre anche il tuo codice di recupero.",
            ),
        ],
        Mail::EmailCode { code } => vec![
            text(
                "Qualcuno, molto probabilmente tu, vuole usare questo indirizzo per un account Sesame.",
            ),
            text("Scrivi questo codice in Sesame:"),
            Piece::Code(code.clone()),
            text("Vale 30 minuti. Se non sei stato tu, non fare nulla."),
        ],
        Mail::EmailChanging { to, link } => vec![
            text(format!(
                "L’indirizzo del tuo account Sesame sta per diventare {}.",
                plain(to, REMOVED)
            )),
            text(
                "Se non sei stato tu, premi il pulsante. Funziona fino a 72 ore dopo il cambio. Poi scegli una nuova password principale in Sesame.",
            ),
            Piece::Button {
                label: "Tieni questo indirizzo".into(),
                link: link.clone(),
            },
        ],
        Mail::EmailChanged => vec![text(
            "D’ora in poi Sesame scrive a questo indirizzo: suggerimenti, reimpostazioni e avvisi. Per 72 ore dal vecchio indirizzo si può ancora annullare il cambio.",
        )],
        Mail::EmailKept => vec![text(
            "Il cambio dell’indirizzo del tuo account Sesame è stato annullato. Sesame continua a scrivere a questo indirizzo. Se il cambio l’ha fatto qualcun altro, scegli una nuova password principale in Sesame.",
        )],
        Mail::Deletion { erase_at } => vec![
            text(format!(
                "Il tuo account Sesame e tutto ciò che il server conserva per esso saranno eliminati il {}. Le casseforti nei tuoi browser restano.",
                when(*erase_at)
            )),
            text(
                "Se vuoi tenerlo: apri Sesame prima di quel giorno e scegli Tieni l’account sotto Account.",
            ),
        ],
        Mail::DeletionStopped => vec![text(
            "Il tuo account Sesame non sarà eliminato. Resta tutto com’era.",
        )],
        Mail::EraseNow { erase_at } => vec![
            text(format!(
                "Una cassaforte sigillata del tuo account Sesame sarà cancellata per sempre il {}.",
                when(*erase_at)
            )),
            text(
                "Se vuoi tenerla: apri Sesame prima di quel giorno e scegli Tienila, ci ho ripensato, sotto Casseforti sigillate.",
            ),
        ],
    }
}

fn hint_asked(hint: &str) -> Vec<Piece> {
    if hint.is_empty() {
        return vec![
            text(
                "Qualcuno, molto probabilmente tu, ha chiesto il suggerimento per la password principale di questo account Sesame. Non ne è stato scritto nessuno.",
            ),
            text("In Sesame, Non riesci a entrare? mostra le altre vie di rientro."),
        ];
    }
    vec![
        text(
            "Qualcuno, molto probabilmente tu, ha chiesto il suggerimento per la tua password principale. Avevi scritto:",
        ),
        Piece::Quote(plain(hint, REMOVED)),
        text(
            "Se non l’hai chiesto tu, non c’è nulla da fare: il suggerimento arriva solo in questa casella.",
        ),
    ]
}

pub(super) fn foot(host: &str) -> String {
    format!(
        "Inviato dal server Sesame {host}. Sesame non chiede mai la password principale in un messaggio o su una pagina web: la scrivi soltanto in Sesame."
    )
}

fn when(at: u64) -> String {
    let date = date::utc(at);
    let month = MONTHS
        .get(usize::from(date.month - 1))
        .copied()
        .unwrap_or_default();
    format!(
        "{} {} {}, ore {:02}:{:02} UTC",
        date.day, month, date.year, date.hour, date.minute
    )
}
