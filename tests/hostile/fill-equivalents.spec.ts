/** S-87, S-88: who may say that two sites are one: the build and the person, never a page, a file or a server. */
import { call, login } from '../e2e/support/calls.ts';
import { BANK, EVIL, expect, expectNothing, PASSWORD, page, SIGN_IN, table, test, USER } from './web.ts';

/** What a site publishes to say that another one belongs to it. */
const CLAIMS: Record<string, string> = {
  '/.well-known/webauthn': JSON.stringify({ origins: [BANK, EVIL] }),
  '/.well-known/assetlinks.json': JSON.stringify([
    { relation: ['delegate_permission/common.get_login_creds'], target: { namespace: 'web', site: EVIL } },
  ]),
  '/.well-known/related-website-set.json': JSON.stringify({ primary: BANK, associatedSites: [EVIL] }),
  '/.well-known/apple-app-site-association': JSON.stringify({ webcredentials: { apps: ['evil'] } }),
  '/.well-known/change-password': EVIL,
};

test('S-87: no page’s claim makes two sites one, nor is it looked for', async ({ sesame, web }) => {
  const { tab, popup, open, ask } = await table(sesame, { websites: [{ url: BANK, match: 'site' }] });
  const before = (await call(popup, 'settings')).filling;
  web.serve((url) => {
    const claim = CLAIMS[url.pathname];
    const head = `<link rel="canonical" href="${BANK}/"><meta property="og:url" content="${BANK}/"><link rel="me" href="${BANK}/"><link rel="alternate" hreflang="x-default" href="${BANK}/">`;
    return claim === undefined ? page(SIGN_IN(), head) : { body: claim, headers: { 'content-type': 'application/json' } };
  });
  await open(`${BANK}/`);
  await open(`${EVIL}/`);
  expect((await call(popup, 'forThisSite'))?.rows).toEqual([]);
  expect(await ask()).toMatchObject({ result: 'refused', reason: 'no-match' });
  await expectNothing(tab, web);
  expect(web.asked.filter(({ url }) => url.includes('.well-known'))).toEqual([]);
  expect((await call(popup, 'settings')).filling).toEqual(before);
});

test('S-87: items that are imported bring their own addresses and no rule about others', async ({ sesame, web }) => {
  const { popup, open, ask } = await table(sesame);
  const sly = {
    ...login('Sly', { username: USER, password: PASSWORD, websites: [{ url: BANK, match: 'host' }] }),
    fields: { equivalents: `${BANK} ${EVIL}`, filling: JSON.stringify({ equivalents: [['bank.test', 'evil.test']] }) },
    custom: [{ name: 'equivalents', kind: 'text' as const, value: 'bank.test evil.test' }],
    notes: 'equivalents: bank.test = evil.test',
  };
  await call(popup, 'importItems', { items: [sly] });
  web.serve(() => page(SIGN_IN()));
  await open(`${EVIL}/`);
  expect((await call(popup, 'forThisSite'))?.rows).toEqual([]);
  expect((await call(popup, 'settings')).filling.equivalents).toEqual([]);
  expect(await ask()).toMatchObject({ result: 'refused', reason: 'no-match' });
});

test('S-87: the person’s own group holds on https only, and ends with its removal', async ({ sesame, web }) => {
  const { popup, open } = await table(sesame, { websites: [{ url: 'https://bank.com', match: 'host' }] });
  const { filling } = await call(popup, 'settings');
  const offered = async (): Promise<number> => (await call(popup, 'forThisSite'))?.rows.length ?? -1;
  web.serve(() => page(SIGN_IN()));
  await open('https://bank.org/');
  expect(await offered()).toBe(0);
  await call(popup, 'saveFilling', { ...filling, equivalents: [['bank.com', 'bank.org']] });
  expect(await offered()).toBe(1);
  await open('http://bank.org/');
  expect(await offered()).toBe(0);
  await open('https://bank.org.evil.com/');
  expect(await offered()).toBe(0);
  await call(popup, 'saveFilling', { ...filling, equivalents: [] });
  await open('https://bank.org/');
  expect(await offered()).toBe(0);
  for (const bad of [
    ['com', 'org'],
    ['co.uk', 'bank.com'],
    ['github.io', 'bank.com'],
    ['bank.com'],
    ['127.0.0.1', 'bank.com'],
    ['*', 'bank.com'],
    ['', 'bank.com'],
  ]) {
    await expect(call(popup, 'saveFilling', { ...filling, equivalents: [bad] }), bad.join()).rejects.toThrow('invalid');
  }
});

test('S-88: after a refusal the address has to be typed: none is offered, none is filled in', async ({ sesame, web }) => {
  const { popup, id, open } = await table(sesame);
  web.serve(() => page(SIGN_IN()));
  await open(`${EVIL}/`);
  await call(popup, 'setIntent', { kind: 'fill', itemId: id, tabId: (await call(popup, 'forThisSite'))?.tabId ?? -1 });
  const action = await (async () => {
    await (sesame.context.pages().find((one) => one.url().startsWith(EVIL)) ?? popup).bringToFront();
    return sesame.openActionPopup();
  })();
  await action.waitFor('alert', '');
  await expect.poll(() => action.text()).toContain('Nothing was filled');
  const link = await action.evaluate<string>(`document.querySelector('[role=alert] a')?.textContent ?? ''`);
  expect(link).not.toBe('');
  await action.click('link', link);
  await action.waitFor('textbox', 'Website');
  const values = await action.evaluate<string[]>(`[...document.querySelectorAll('input')].map((one) => one.value)`);
  expect(values.join(' ')).toContain('bank.test');
  expect(values.join(' ')).not.toContain('evil');
  await action.close();
  expect((await call(popup, 'edit', { id })).websites).toEqual([{ url: BANK, match: 'host' }]);
});
