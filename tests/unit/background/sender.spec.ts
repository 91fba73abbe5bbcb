import { expect, test } from '@playwright/test';

const ID = 'abcdefghijklmnopabcdefghijklmnop';
const ROOT = `chrome-extension://${ID}/`;

test.beforeAll(() => {
  Object.assign(globalThis, { chrome: { runtime: { id: ID, getURL: (path: string) => ROOT + path.replace(/^\//, '') } } });
});

const load = async () => (await import('../../../extension/background/sender.ts')).callerOf;
const page = (change: object = {}): chrome.runtime.MessageSender => ({
  id: ID,
  url: `${ROOT}popup.html`,
  origin: ROOT.slice(0, -1),
  ...change,
});

test.describe('S-89: only our own pages, in a place of their own, are heard', () => {
  test('the popup, the popup in a tab, the ceremony', async () => {
    const callerOf = await load();
    expect(callerOf(page())).toEqual({ page: 'popup', tab: null });
    expect(callerOf(page({ url: `${ROOT}popup.html#settings`, tab: { id: 3, windowId: 1 }, frameId: 0 }))).toEqual({
      page: 'popup',
      tab: { id: 3, windowId: 1 },
    });
    expect(callerOf(page({ url: `${ROOT}ceremony.html` }))?.page).toBe('ceremony');
  });
  const strangers: [string, object][] = [
    ['another extension', { id: 'x'.repeat(32) }],
    ['no id', { id: undefined }],
    ['a content script', { url: 'https://a.example/', origin: 'https://a.example', tab: { id: 1, windowId: 1 }, frameId: 0 }],
    ['a content script that forges its url', { origin: 'https://a.example' }],
    ['an opaque origin', { origin: 'null' }],
    ['a look-alike address', { url: `https://${ID}/popup.html`, origin: undefined }],
    ['our page in a frame', { tab: { id: 1, windowId: 1 }, frameId: 4 }],
    ['another file of ours', { url: `${ROOT}offscreen.html` }],
    ['a name from the prototype', { url: `${ROOT}toString` }],
    ['no url', { url: undefined }],
  ];
  for (const [name, change] of strangers) {
    test(`not ${name}`, async () => expect((await load())(page(change))).toBeNull());
  }
});
