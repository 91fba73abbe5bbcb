/** S-60, S-66, S-67: whose page this is, by addresses as the browser reads them and hosts as people mistake them. */
import type { MatchMode } from '../../extension/shared/api.ts';
import { call, login } from '../e2e/support/calls.ts';
import { BANK, expect, expectNothing, PASSWORD, page, SIGN_IN, table, test, typed, USER } from './web.ts';

/** An item's address, the page that is opened, and whether they belong together. */
type Case = [saved: string, match: MatchMode, opened: string, fits: boolean];

const CASES: Case[] = [
  // S-66: hosts that begin, end or are spelt like the bank's.
  ['https://bank.test', 'host', 'https://bank.test/', true],
  ['https://bank.test', 'host', 'https://BANK.test/', true],
  ['https://bank.test', 'host', 'https://www.bank.test/', false],
  ['https://bank.com', 'site', 'https://www.bank.com/', true],
  ['https://bank.com', 'site', 'https://evil-bank.com/', false],
  ['https://bank.com', 'site', 'https://bank.com.evil.com/', false],
  ['https://bank.com', 'site', 'https://bank.com./', false],
  ['https://bank.test', 'host', 'https://bank.test./', false],
  ['https://bank.test', 'host', 'https://bank.test:8443/', false],
  ['https://bank.test:8443', 'host', 'https://bank.test/', false],
  ['https://bank.test:8443', 'host', 'https://bank.test:8443/', true],
  // S-66: below a top level that nobody lists, a host stands for itself only.
  ['https://bank.test', 'site', 'https://www.bank.test/', false],
  // S-66: suffixes under which anybody gets a name, the private ones included.
  ['https://alice.github.io', 'site', 'https://mallory.github.io/', false],
  ['https://alice.github.io', 'site', 'https://blog.alice.github.io/', true],
  ['https://bank.co.uk', 'site', 'https://evil.co.uk/', false],
  ['https://bank.co.uk', 'site', 'https://online.bank.co.uk/', true],
  ['https://mine.s3.amazonaws.com', 'site', 'https://theirs.s3.amazonaws.com/', false],
  ['https://mine.blogspot.com', 'site', 'https://theirs.blogspot.com/', false],
  // S-66: addresses that are numbers have no site, only themselves.
  ['http://127.0.0.1', 'site', 'http://127.0.0.2/', false],
  ['http://127.0.0.1', 'host', 'http://127.0.0.1/', true],
  ['http://127.0.0.1', 'host', 'http://2130706433/', true],
  ['http://[::1]', 'host', 'http://[0:0:0:0:0:0:0:1]/', true],
  ['http://[::1]', 'site', 'http://[::2]/', false],
  // S-67: one host in the browser's eyes, whatever was typed; and those that only look it.
  ['https://bank.test', 'host', 'https://b%61nk.test/', true],
  ['https://bank.test', 'host', 'https://ｂａｎｋ.test/', true],
  ['https://bank.test', 'host', 'https://bank。test/', true],
  ['https://bank.test', 'host', 'https:\\\\bank.test\\', true],
  ['https://bank.test', 'host', 'https://bа\u006ek.test/', false],
  ['https://bank.test', 'host', 'https://bank.test@evil.test/', false],
  ['https://bank.test', 'host', 'https://evil.test/@bank.test', false],
  ['https://bank.test', 'host', 'https://evil.test/#https://bank.test/', false],
  ['https://bank.test', 'host', 'https://evil.test\\@bank.test/', false],
  ['https://bücher.test', 'host', 'https://xn--bcher-kva.test/', true],
  ['https://bücher.test', 'host', 'https://bucher.test/', false],
  ['https://faß.test', 'host', 'https://fass.test/', false],
];

test('S-66 S-67: an item belongs to the host that the browser names, not to one that reads like it', async ({ sesame, web }) => {
  test.setTimeout(180_000);
  const { tab, popup, open, ask } = await table(sesame, { websites: [] });
  web.serve(() => page(SIGN_IN()));
  for (const [saved, match, opened, fits] of CASES) {
    const name = `${saved} (${match}) on ${opened}`;
    await test.step(name, async () => {
      const { id } = await call(popup, 'save', login('Case', { username: USER, password: PASSWORD, websites: [{ url: saved, match }] }));
      await open(opened);
      const offered = (await call(popup, 'forThisSite'))?.rows.map((row) => row.id) ?? [];
      expect(offered, name).toEqual(fits ? [id] : []);
      const outcome = await ask(id);
      if (fits) {
        expect(outcome, name).toMatchObject({ result: 'filled' });
        expect(await typed(tab), name).toBe(USER + PASSWORD);
      } else {
        expect(outcome, name).toMatchObject({ result: 'refused', reason: 'no-match' });
        await expectNothing(tab, web, name);
      }
      await call(popup, 'deleteForever', { id });
    });
  }
});

const TWINS: [name: string, html: string][] = [
  ['a form', page(SIGN_IN())],
  ['a form that goes to https', page(SIGN_IN('method="post" action="https://bank.test/received"'))],
  ['a frame of the real https site', page('<iframe src="https://bank.test/form" style="width: 600px; height: 300px"></iframe>')],
  [
    'fields without a form',
    page(
      '<div><label>User name <input autocomplete="username"></label><label>Password <input type="password"></label><button>Sign in</button></div>',
    ),
  ],
  [
    'a change of password',
    page(
      '<form method="post"><input type="password" autocomplete="current-password"><input type="password" autocomplete="new-password"><button>Change</button></form>',
    ),
  ],
  ['a page that says it is secure', page(SIGN_IN(), '<meta http-equiv="Content-Security-Policy" content="upgrade-insecure-requests">')],
  [
    'the first step of two',
    page('<form method="post"><label>User name <input autocomplete="username"></label><button>Next</button></form>'),
  ],
];

test('S-60: the http twin of an https site gets nothing, whatever is on it', async ({ sesame, web }) => {
  const { tab, popup, open, ask } = await table(sesame);
  for (const match of ['host', 'site'] as const) {
    const { id } = await call(popup, 'save', login('Twin', { username: USER, password: PASSWORD, websites: [{ url: BANK, match }] }));
    for (const [name, html] of TWINS) {
      web.serve((url) => (url.pathname === '/form' ? page(SIGN_IN()) : html));
      await open('http://bank.test/');
      await expect.poll(() => tab.locator('input, iframe').count()).toBeGreaterThan(0);
      const outcome = await ask(id);
      // The frame's own origin is the right one; the unencrypted page above it is what is asked about.
      const framed = html.includes('<iframe');
      expect(outcome, name).toMatchObject(
        framed ? { result: 'confirm', target: `${BANK} http://bank.test` } : { result: 'refused', reason: 'insecure-page' },
      );
      await expectNothing(tab, web, name);
    }
  }
});
