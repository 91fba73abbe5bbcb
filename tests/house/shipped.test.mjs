// What lies in dist/: the bytes that people get.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { BUDGETS, overBudget } from '../../scripts/lib/assemble.mjs';
import { ENTRIES, PAGES } from '../../scripts/lib/bundle.mjs';
import { filesBelow, ROOT } from '../../scripts/lib/house.mjs';
import { load, MODULES } from '../../scripts/lib/wasm.mjs';
import { DIST } from './lib.mjs';

for (const [browser, dir] of Object.entries(DIST)) {
  const files = new Map(filesBelow(dir).map((name) => [name, readFileSync(`${dir}/${name}`)]));
  const scripts = [...files].filter(([name]) => name.endsWith('.js'));
  const expected = [...ENTRIES, ...PAGES].map((each) => each.to).filter((name) => browser === 'chromium' || !name.startsWith('offscreen'));

  test(`${browser}: exactly the files that ship`, () => {
    const known = new Set([
      ...expected,
      ...MODULES.map((module) => `${module.name}.wasm`),
      'manifest.json',
      'suffixes.dat',
      'LICENSE',
      'LICENSES.txt',
    ]);
    for (const name of known) assert.ok(files.has(name), `${name} is missing`);
    assert.deepEqual(
      [...files.keys()].filter(
        (name) => !known.has(name) && !/^(icons\/[a-z]+-\d+\.png|_locales\/(en|it)\/messages\.json|chunks\/[\w-]+\.js)$/.test(name),
      ),
      [],
    );
  });

  test(`${browser}: rule 9, sizes within their budgets`, () => {
    assert.deepEqual(overBudget(files), []);
    assert.ok(BUDGETS['content.js'] <= 40_000 && BUDGETS['popup.js'] <= 120_000);
  });

  test(`${browser}: S-112, no path of this machine in any shipped byte`, () => {
    const home = process.env.HOME ?? '';
    for (const [name, bytes] of files) {
      const content = bytes.toString('latin1');
      for (const path of [ROOT, home].filter((each) => each.length > 4)) assert.ok(!content.includes(path), `${name} holds ${path}`);
      if (/\.(js|wasm|css)$/.test(name)) assert.doesNotMatch(content, /\/(root|home|Users)\/[\w.]|\.rustup\/|\.cargo\//, name);
    }
  });

  test(`${browser}: S-103, nothing is written to a console`, () => {
    // Our own calls are dropped by the bundler; wasm-bindgen's glue has two warnings about wrong use, dropped too.
    for (const [name, bytes] of scripts)
      assert.doesNotMatch(bytes.toString(), /\bconsole\s*\.\s*(log|info|debug|warn|error|table|dir)\b/, name);
  });

  test(`${browser}: S-79, no text becomes code or markup`, () => {
    for (const [name, bytes] of scripts)
      assert.doesNotMatch(bytes.toString(), /\beval\s*\(|new Function\b|insertAdjacentHTML|document\.write/, name);
  });

  test(`${browser}: no address of the network in the scripts`, () => {
    // `https://*/*` is a pattern for all sites: it names none. The account server that is prefilled is on this computer.
    const harmless = /^https?:\/\/(www\.w3\.org\/|\*\/\*$|localhost:8484$|$|\$|["'`\\)])/;
    for (const [name, bytes] of scripts) {
      const found = [...bytes.toString().matchAll(/https?:\/\/[^\s"'`]*/g)]
        .map((match) => match[0])
        .filter((address) => !harmless.test(address) && address.length > 8);
      assert.deepEqual(found, [], name);
    }
  });

  test(`${browser}: S-107, pages load only files of ours and hold no code`, () => {
    for (const { to } of PAGES.filter((page) => files.has(page.to))) {
      const page = files.get(to).toString();
      assert.doesNotMatch(page, /<script(?![^>]*\ssrc=)|\son\w+\s*=|<style|\sstyle\s*=|https?:/i, to);
      for (const [, file] of page.matchAll(/(?:src|href)="([^"]+)"/g)) assert.ok(files.has(file), `${to} names ${file}`);
    }
  });
}

test('the optimised modules load through the shipped glue (wasm-opt can write broken ones without an error)', async () => {
  for (const { name } of MODULES) {
    const glue = await load(name);
    assert.ok(Object.keys(glue).length > 2, name);
  }
});
