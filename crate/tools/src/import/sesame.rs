//! Sesame's own readable export: a JSON list of items, as the vault's editor has them.

use serde_json::Value;

use super::Reason;
use super::collect::Collector;
use super::item::{Draft, Item};
use crate::ImportError;

pub(super) fn read(text: &str, found: &mut Collector) -> Result<(), ImportError> {
    let list: Vec<Value> = serde_json::from_str(text).map_err(|_| ImportError::Damaged)?;
    let ours = |value: &Value| value.get("kind").is_some() && value.get("websites").is_some();
    if !list.iter().any(ours) {
        return Err(ImportError::NotRecognised);
    }
    for (number, value) in (1..).zip(list) {
        match serde_json::from_value::<Item>(value) {
            Ok(item) => {
                if !found.add(
                    number,
                    Draft {
                        item,
                        remarks: Vec::new(),
                    },
                ) {
                    break;
                }
            }
            Err(_) => found.problem(number, Reason::Unreadable),
        }
    }
    Ok(())
}
