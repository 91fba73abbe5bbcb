//! Heavy helpers loaded on demand, keyless and stateless: password strength, imports, exports.
