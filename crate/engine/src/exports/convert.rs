//! Between JavaScript's values and ours.

use crate::error::{EngineError, EngineResult};
use crate::keeper::{Rows, Secret32, WithCode};
use js_sys::{Array, Map, Object, Reflect, Uint8Array};
use serde::Serialize;
use sesame_protocol::ItemId;
use sesame_vault::Commit;
use std::collections::BTreeMap;
use wasm_bindgen::{JsCast, JsValue};
use zeroize::Zeroizing;

/// `{code}`.
pub(super) fn thrown(error: EngineError) -> JsValue {
    object([("code", error.code().into())])
}

/// An object with these properties.
pub(super) fn object<const N: usize>(properties: [(&str, JsValue); N]) -> JsValue {
    let object = Object::new();
    for (name, value) in properties {
        // Setting a property of a plain new object can't fail.
        let _ = Reflect::set(&object, &name.into(), &value);
    }
    object.into()
}

/// Data as JSON.
pub(super) fn json<T: Serialize>(data: &T) -> Result<String, JsValue> {
    serde_json::to_string(data).map_err(|error| thrown(error.into()))
}

/// JSON as data.
pub(super) fn parsed<T: serde::de::DeserializeOwned>(json: &str) -> Result<T, JsValue> {
    serde_json::from_str(json).map_err(|error| thrown(error.into()))
}

/// A secret text for JavaScript. Ours is wiped; that copy can't be (docs/THREAT-MODEL.md).
pub(super) fn shown(text: EngineResult<Zeroizing<String>>) -> Result<String, JsValue> {
    Ok(text.map_err(thrown)?.as_str().to_owned())
}

/// 32 secret bytes.
pub(super) fn secret32(bytes: &[u8]) -> Result<Secret32, JsValue> {
    let bytes: [u8; 32] = bytes.try_into().map_err(|_| thrown(EngineError::Invalid))?;
    Ok(Zeroizing::new(bytes))
}

/// `Map<string, Uint8Array>`.
pub(super) fn byte_map(map: &Map) -> Result<BTreeMap<String, Vec<u8>>, JsValue> {
    let mut out = BTreeMap::new();
    each(map, |key, bytes| drop(out.insert(key, bytes)))?;
    Ok(out)
}

/// Stored rows. What is stored under a key that is no item's id isn't a row, and is passed over.
pub(super) fn row_map(map: &Map) -> Result<Rows, JsValue> {
    let mut rows = Rows::new();
    each(map, |key, row| {
        if let Some(id) = ItemId::parse_hex(&key) {
            rows.insert(id, row);
        }
    })?;
    Ok(rows)
}

fn each(map: &Map, mut take: impl FnMut(String, Vec<u8>)) -> Result<(), JsValue> {
    for entry in map.entries() {
        let entry: Array = entry?.unchecked_into();
        let key = entry.get(0).as_string();
        let value = entry.get(1).dyn_into::<Uint8Array>().ok();
        let (key, value) = key.zip(value).ok_or_else(|| thrown(EngineError::Invalid))?;
        take(key, value.to_vec());
    }
    Ok(())
}

/// `Writes`.
pub(super) fn writes(commit: Commit) -> JsValue {
    let writes = Array::new();
    for write in commit.writes {
        let value = match write.value {
            Some(bytes) => Uint8Array::from(bytes.as_slice()).into(),
            None => JsValue::NULL,
        };
        writes.push(&Array::of3(
            &write.store.as_str().into(),
            &write.key.into(),
            &value,
        ));
    }
    writes.into()
}

/// `{writes, recoveryCode}`.
pub(super) fn with_code(made: WithCode) -> JsValue {
    let code = made.code.map_or(JsValue::NULL, |code| code.as_str().into());
    object([("writes", writes(made.commit)), ("recoveryCode", code)])
}
