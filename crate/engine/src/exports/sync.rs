//! Taking in what the account has, and sending what it has not.

use super::Engine;
use super::convert::{json, object, row_map, thrown, writes};
use super::rows::reported;
use crate::keeper::{PullNext, Push};
use js_sys::{Array, Map, Uint8Array};
use sesame_protocol::ItemId;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen]
impl Engine {
    /// The `Pull` of everything, to sign in here with this `Session`.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = joinPullBody)]
    pub fn join_pull_body(&mut self, session: &[u8]) -> Result<Vec<u8>, JsValue> {
        self.keeper.join_pull_body(session).map_err(thrown)
    }

    /// Takes `Pulled`; the `Rows` to ask for next, or nothing when all is there, locked.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = joinPulled)]
    pub fn join_pulled(&mut self, answer: &[u8]) -> Result<Option<Vec<u8>>, JsValue> {
        self.keeper.join_pulled(answer).map_err(thrown)
    }

    /// Takes a `RowList`, likewise.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = joinRows)]
    pub fn join_rows(&mut self, answer: &[u8]) -> Result<Option<Vec<u8>>, JsValue> {
        self.keeper.join_rows(answer).map_err(thrown)
    }

    /// `AccountPreview` of what was fetched.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = accountPreview)]
    pub fn account_preview(&self) -> Result<String, JsValue> {
        json(&self.keeper.account_preview().map_err(thrown)?)
    }

    /// Takes the items of another open vault in: `{writes, report}`.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = takeItemsOf, unchecked_return_type = "{ writes: [string, string, Uint8Array | null][]; report: string }")]
    pub fn take_items_of(
        &mut self,
        other: &Self,
        other_rows: &Map,
        rows: &Map,
    ) -> Result<JsValue, JsValue> {
        let (other_rows, rows) = (row_map(other_rows)?, row_map(rows)?);
        let imported = self
            .keeper
            .take_items_of(&other.keeper, &other_rows, &rows)
            .map_err(thrown)?;
        reported(imported)
    }

    /// A `Pull` of the header only, for a locked vault.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = lockedPullBody)]
    pub fn locked_pull_body(&mut self, session: &[u8]) -> Result<Vec<u8>, JsValue> {
        self.keeper.locked_pull_body(session).map_err(thrown)
    }

    /// Takes the account's header beside the one that is here: its `PasswordSlot[]`.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = lockedHeader)]
    pub fn locked_header(&mut self, answer: &[u8]) -> Result<String, JsValue> {
        json(&self.keeper.locked_header(answer).map_err(thrown)?)
    }

    /// `Pull`. `bases` is the whole store, always.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = pullBody)]
    pub fn pull_body(&mut self, bases: &Map) -> Result<Vec<u8>, JsValue> {
        self.keeper.pull_body(&row_map(bases)?).map_err(thrown)
    }

    /// Takes `Pulled`; what comes next.
    ///
    /// # Errors
    /// `{code}`; `sync-suspended`: write [`Engine::suspend_writes`].
    #[wasm_bindgen(
        unchecked_return_type = "{ next: 'chain' | 'rows'; body: Uint8Array } | { next: 'apply'; locals: string[] }"
    )]
    pub fn pulled(&mut self, answer: &[u8], bases: &Map) -> Result<JsValue, JsValue> {
        self.keeper
            .pulled(answer, &row_map(bases)?)
            .map(next)
            .map_err(thrown)
    }

    /// Takes `ChainLinks`, likewise.
    ///
    /// # Errors
    /// As [`Engine::pulled`].
    #[wasm_bindgen(
        unchecked_return_type = "{ next: 'chain' | 'rows'; body: Uint8Array } | { next: 'apply'; locals: string[] }"
    )]
    pub fn chain(&mut self, answer: &[u8]) -> Result<JsValue, JsValue> {
        self.keeper.chain(answer).map(next).map_err(thrown)
    }

    /// Takes a `RowList`, likewise.
    ///
    /// # Errors
    /// As [`Engine::pulled`].
    #[wasm_bindgen(js_name = rowsAnswer, unchecked_return_type = "{ next: 'chain' | 'rows'; body: Uint8Array } | { next: 'apply'; locals: string[] }")]
    pub fn rows_answer(&mut self, answer: &[u8]) -> Result<JsValue, JsValue> {
        self.keeper.rows_answer(answer).map(next).map_err(thrown)
    }

    /// Takes it all over, in one transaction: `{writes, report}`, a `SyncReport`.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = applyPulled, unchecked_return_type = "{ writes: [string, string, Uint8Array | null][]; report: string }")]
    pub fn apply_pulled(&mut self, locals: &Map, bases: &Map) -> Result<JsValue, JsValue> {
        let (locals, bases) = (row_map(locals)?, row_map(bases)?);
        let applied = self.keeper.apply_pulled(&locals, &bases).map_err(thrown)?;
        let report = json(&applied.report)?;
        Ok(object([
            ("writes", writes(applied.commit)),
            ("report", report.into()),
        ]))
    }

    /// Writes down why sync has stopped.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = suspendWrites, unchecked_return_type = "[string, string, Uint8Array | null][]")]
    pub fn suspend_writes(&mut self) -> Result<JsValue, JsValue> {
        self.keeper.suspend_writes().map(writes).map_err(thrown)
    }

    /// The person's choice after sync has stopped: `merge` or `push`.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = resolveSuspended, unchecked_return_type = "[string, string, Uint8Array | null][]")]
    pub fn resolve_suspended(&mut self, how: &str) -> Result<JsValue, JsValue> {
        self.keeper
            .resolve_suspended(how)
            .map(writes)
            .map_err(thrown)
    }

    /// Ids of the rows that the next batch needs.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = pushIds)]
    pub fn push_ids(&self, bases: &Map) -> Result<Vec<String>, JsValue> {
        let ids = self.keeper.push_ids(&row_map(bases)?).map_err(thrown)?;
        Ok(ids.iter().map(ItemId::to_string).collect())
    }

    /// The next batch, `{writes, body}`: written first, then sent. Nothing when nothing waits.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(
        unchecked_return_type = "{ writes: [string, string, Uint8Array | null][]; body: Uint8Array } | undefined"
    )]
    pub fn push(&mut self, rows: &Map, bases: &Map) -> Result<JsValue, JsValue> {
        let pushed = self.keeper.push(&row_map(rows)?, &row_map(bases)?);
        Ok(pushed.map_err(thrown)?.map_or(JsValue::UNDEFINED, pushing))
    }

    /// Takes `Committed`: `{writes, more}`.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(
        unchecked_return_type = "{ writes: [string, string, Uint8Array | null][]; more: boolean }"
    )]
    pub fn pushed(&mut self, answer: &[u8]) -> Result<JsValue, JsValue> {
        let pushed = self.keeper.pushed(answer).map_err(thrown)?;
        Ok(object([
            ("writes", writes(pushed.commit)),
            ("more", pushed.more.into()),
        ]))
    }

    /// The batch was refused, or nobody knows.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = pushFailed)]
    pub fn push_failed(&mut self) -> Result<(), JsValue> {
        self.keeper.push_failed().map_err(thrown)
    }
}

/// `{writes, body}`.
pub(super) fn pushing(push: Push) -> JsValue {
    object([
        ("writes", writes(push.commit)),
        ("body", Uint8Array::from(push.body.as_slice()).into()),
    ])
}

fn next(next: PullNext) -> JsValue {
    let ask = |name: &str, body: &[u8]| {
        object([
            ("next", name.into()),
            ("body", Uint8Array::from(body).into()),
        ])
    };
    match next {
        PullNext::Chain(body) => ask("chain", &body),
        PullNext::Rows(body) => ask("rows", &body),
        PullNext::Apply(locals) => {
            let ids: Array = locals
                .iter()
                .map(|id| JsValue::from(id.to_string()))
                .collect();
            object([("next", "apply".into()), ("locals", ids.into())])
        }
    }
}
