/** `./build.sh corpus` on a small corpus of our own: what it writes, and what it says when it can't. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { chromiumPath } from './support/launch.ts';

const script = resolve(import.meta.dirname, '../../scripts/corpus.mjs');
let folder: string;

test.beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'sesame-corpus-test-')), 'with a space');
  await mkdir(join(folder, 'html'), { recursive: true });
});
test.afterEach(() => rm(resolve(folder, '..'), { recursive: true, force: true }));

const corpus = async (): Promise<{ stdout: string; stderr: string }> =>
  promisify(execFile)(process.execPath, [script, 'with a space'], {
    env: { ...process.env, CHROMIUM: chromiumPath(), CALLED_FROM: resolve(folder, '..') },
  });

const SIGN_IN = `<!doctype html><title>Welcome</title><form data-fid="9">
  <label>User name <input data-fid="4" name="u"></label><input data-fid="7" type="password">
  <input data-fid="2" style="position: absolute; left: -9999px" name="website"><button data-fid="8">Sign in</button></form>`;
const SIGN_UP = `<form><input data-fid="a" type="email" placeholder="Email"><input data-fid="b" type="password" placeholder="Password">
  <input data-fid="c" type="password" placeholder="Repeat password"><button>Sign up</button></form>`;

test('the built extension understands each page and knows its fields by the names of the corpus', async () => {
  await writeFile(join(folder, 'html/in.html'), SIGN_IN);
  await writeFile(join(folder, 'html/up.html'), SIGN_UP);
  // The same address but for the fragment: the second is a page of its own all the same.
  const records = [
    { id: 'in', html: 'html/in.html', url: 'https://example.org/#in' },
    { id: 'up', html: 'html/up.html', url: 'https://example.org/#up' },
    { id: 'elsewhere', html: `<meta http-equiv="refresh" content="0; url=https://example.net/">${SIGN_IN}` },
  ];
  await writeFile(join(folder, 'forms.jsonl'), `${records.map((record) => JSON.stringify(record)).join('\n')}\n`);
  const { stdout, stderr } = await corpus();
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const said = (at: number) => lines[at].fields.map(({ fid, label, ctx }: Record<string, string>) => `${fid} ${label} ${ctx}`);
  expect(lines.map(({ id }) => id)).toEqual(['in', 'up', 'elsewhere']);
  expect(said(0)).toEqual(['4 username login', '7 current-password login', '2 other login']);
  expect(said(1)).toEqual(['a signup-identifier signup', 'b new-password signup', 'c new-password signup']);
  expect(said(2)).toEqual(said(0));
  expect(stderr).toContain('3 pages in');
  expect(stderr).toContain('pages per second');
});

for (const [what, text, error] of [
  ['no forms.jsonl', null, "forms.jsonl can't be read (ENOENT)"],
  ['an empty one', '\n', 'forms.jsonl is empty'],
  ['a line that is not JSON', '{"id":', 'forms.jsonl, line 1: not JSON'],
  ['a page that is not there', '{"id":"x","html":"html/none.html"}', "html/none.html can't be read (ENOENT)"],
] as const) {
  test(`${what} is said plainly, and nothing is written`, async () => {
    if (text !== null) await writeFile(join(folder, 'forms.jsonl'), text);
    const failure = await corpus().then(
      () => null,
      (reason: { code: number; stdout: string; stderr: string }) => reason,
    );
    expect(failure).toMatchObject({ code: 1, stdout: '' });
    expect(failure?.stderr.trim().split('\n')).toHaveLength(1);
    expect(failure?.stderr).toContain(error);
  });
}
