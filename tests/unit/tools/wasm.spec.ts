// The tools module as it ships, through the names that the pages use.
import { readdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import { IMPORT_PROBLEMS, IMPORT_REFUSALS, STRENGTH_SUGGESTIONS, STRENGTH_WARNINGS, type Strength } from '../../../extension/ui/tools.ts';

type Glue = typeof import('../../../build/wasm/tools/tools.js');
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
let tools: Glue;
let memory: WebAssembly.Memory;
test.beforeAll(async () => {
  tools = await import(pathToFileURL('build/wasm/tools/tools.js').href);
  ({ memory } = tools.initSync({ module: readFileSync('build/wasm/tools/tools_bg.wasm') }));
});

const strength = (password: string, inputs: string[] = []): Strength => JSON.parse(tools.strength(utf8(password), JSON.stringify(inputs)));

test('estimates with the codes that have texts', () => {
  expect(strength('password')).toMatchObject({ score: 0, warning: 'top-10' });
  expect(strength('correct horse battery staple')).toMatchObject({ score: 4, warning: null, suggestions: [] });
  for (const weak of [
    'qwertyui',
    'aaaaaaaa',
    'abcabcabc',
    '123456',
    'abcdefg',
    '19871987',
    '7/4/1976',
    'jennifer',
    'zanzibar',
    'P@ssword1',
    'qaz',
  ]) {
    const { warning, suggestions } = strength(weak);
    expect([...STRENGTH_WARNINGS, null]).toContain(warning);
    for (const suggestion of suggestions) expect(STRENGTH_SUGGESTIONS).toContain(suggestion);
  }
});

test('S-137: tells when a hint makes the password easy', () => {
  expect(tools.hintHelps(utf8('zanzibar-xylo'), 'xylo, zanzibar')).toBe(true);
  expect(tools.hintHelps(utf8('zanzibar-xylo'), 'an island')).toBe(false);
});

test('S-109: reads the fixtures, names what it leaves, refuses the rest', () => {
  for (const name of readdirSync('tests/imports').filter((file) => !file.includes('export.data') && !file.includes('encrypted'))) {
    const { items, problems } = JSON.parse(tools.readImport(readFileSync(`tests/imports/${name}`)));
    expect(items.length, name).toBeGreaterThan(0);
    for (const { reason } of problems) expect(IMPORT_PROBLEMS).toContain(reason);
  }
  let thrown: unknown;
  try {
    tools.readImport(readFileSync('tests/imports/bitwarden-encrypted.json'));
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toEqual({ code: 'invalid', reason: 'encrypted' });
  expect(IMPORT_REFUSALS).toContain('encrypted');
});

test('S-99: a password and a file leave nothing behind on the heap', () => {
  strength('canary: a password that stands nowhere else');
  tools.readImport(utf8('name,url,username,password\nn,https://a.example,u,canary-in-a-file\n'));
  const bytes = Buffer.from(memory.buffer);
  expect(bytes.indexOf('canary: a password')).toBe(-1);
  expect(bytes.indexOf('canary-in-a-file')).toBe(-1);
});
