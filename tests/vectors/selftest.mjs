// Runs the vault's known-answer vectors and golden vaults in Wasm (S-159, S-175, S-176):
//   cargo build -p sesame-vault --features selftest --bin selftest --target wasm32-unknown-unknown
//   node tests/vectors/selftest.mjs target/wasm32-unknown-unknown/debug/selftest.wasm
import { readFile } from 'node:fs/promises';

const { instance } = await WebAssembly.instantiate(await readFile(process.argv[2]), {});
const started = performance.now();
const code = instance.exports.main(0, 0);
console.log(`vault self-test in Wasm: ${code === 0 ? 'passed' : 'FAILED'} (${Math.round(performance.now() - started)} ms)`);
process.exitCode = code;
