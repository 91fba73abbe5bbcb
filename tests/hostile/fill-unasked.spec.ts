/** S-59, S-77, S-82, S-83: what pages get without being asked by a person, which is nothing. */
import type { Page } from '@playwright/test';
import type { Sesame } from '../e2e/fixtures.ts';
import { call, login } from '../e2e/support/calls.ts';
import { BANK, EVIL, expect, expectNothing, PASSWORD, page, SIGN_IN, table, test, typed, USER } from './web.ts';

const script = (code: string): string => page(`${SIGN_IN()}<script>${code}</script>`);
const FIELD = `document.forms[0].password`;

/** Pages that do what a page can do by itself to be filled. */
const GREEDY: [name: string, html: string][] = [
  ['a plain form', page(SIGN_IN())],
  ['autofocus', page(SIGN_IN().replace('autocomplete="username"', 'autocomplete="username" autofocus'))],
  ['focus()', script(`${FIELD}.focus()`)],
  ['focus in a loop', script(`setInterval(() => { ${FIELD}.blur(); ${FIELD}.focus(); }, 20)`)],
  ['click()', script(`${FIELD}.click(); document.querySelector('label').click()`)],
  [
    'made-up pointer events',
    script(`for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click', 'dblclick', 'contextmenu'])
    ${FIELD}.dispatchEvent(new PointerEvent(type, { bubbles: true, composed: true, cancelable: true, view: window }))`),
  ],
  [
    'made-up keys',
    script(`for (const key of ['Tab', 'ArrowDown', 'Enter', 'L']) for (const type of ['keydown', 'keypress', 'keyup'])
    ${FIELD}.dispatchEvent(new KeyboardEvent(type, { key, bubbles: true, composed: true, ctrlKey: true, shiftKey: true, altKey: key === 'ArrowDown' }))`),
  ],
  [
    'the shortcut, made up',
    script(
      `document.dispatchEvent(new KeyboardEvent('keydown', { key: 'L', code: 'KeyL', ctrlKey: true, shiftKey: true, bubbles: true }))`,
    ),
  ],
  [
    'made-up focus events',
    script(`for (const type of ['focus', 'focusin']) ${FIELD}.dispatchEvent(new FocusEvent(type, { bubbles: true, composed: true }))`),
  ],
  [
    'made-up input events',
    script(`for (const type of ['beforeinput', 'input', 'change']) ${FIELD}.dispatchEvent(new InputEvent(type, { bubbles: true }))`),
  ],
  ['a form that comes late', page(`<script>setTimeout(() => { document.body.innerHTML = ${JSON.stringify(SIGN_IN())} }, 100)</script>`)],
  [
    'a form that comes again and again',
    page(`<script>setInterval(() => { document.body.innerHTML = ${JSON.stringify(SIGN_IN())} }, 50)</script>`),
  ],
  ['a hidden form', page(`<div style="display: none">${SIGN_IN()}</div>`)],
  ['a form off the screen', page(`<div style="position: absolute; left: -9999px">${SIGN_IN()}</div>`)],
  ['a transparent form', page(`<div style="opacity: 0">${SIGN_IN()}</div>`)],
  [
    'every token there is',
    page(
      [
        'username',
        'current-password',
        'new-password',
        'one-time-code',
        'email',
        'tel',
        'name',
        'cc-number',
        'cc-csc',
        'cc-exp',
        'street-address',
      ]
        .map((token) => `<label>${token} <input autocomplete="${token}"></label>`)
        .join(''),
    ),
  ],
  [
    'a card form',
    page('<form><label>Card number <input autocomplete="cc-number"></label><label>CVC <input autocomplete="cc-csc"></label></form>'),
  ],
  [
    'an address form',
    page('<form><label>Name <input autocomplete="name"></label><label>Street <input autocomplete="street-address"></label></form>'),
  ],
  ['a one-time code', page('<form><label>Code <input autocomplete="one-time-code"></label></form>')],
  ['a frame of its own', page('<iframe src="/form"></iframe>')],
  ['a frame of another site', page(`<iframe src="${EVIL}/form"></iframe>`)],
  ['a sandboxed frame', page('<iframe sandbox="allow-scripts allow-forms" src="/form"></iframe>')],
  ['twenty frames', page('<iframe src="/form"></iframe>'.repeat(20))],
  ['a window that it opens', script(`open('/form', '_blank', 'width=300,height=300')`)],
  [
    'a form that sends itself',
    script(`setTimeout(() => { const form = document.forms[0]; form.target = 'here'; form.submit(); }, 200)`).replace(
      '<form',
      '<iframe name="here"></iframe><form',
    ),
  ],
  [
    'open shadow roots',
    page(`<div id="host"></div><script>host.attachShadow({ mode: 'open' }).innerHTML = ${JSON.stringify(SIGN_IN())}</script>`),
  ],
  ['a form of its own making in the top layer', page(`<dialog id="d">${SIGN_IN()}</dialog><script>d.showModal()</script>`)],
  ['what passkey prompts look for', page(SIGN_IN().replace('autocomplete="username"', 'autocomplete="username webauthn"'))],
  [
    'history and fragments',
    script(
      `let n = 0; const turn = setInterval(() => { history.pushState(null, '', '#' + n); n += 1; if (n > 20) clearInterval(turn); }, 20)`,
    ),
  ],
  [
    'the credential interface',
    script(
      `navigator.credentials?.get({ password: true, mediation: 'silent' }).then((got) => { document.title = JSON.stringify(got) }, () => undefined)`,
    ),
  ],
  [
    'messages to whoever listens',
    script(
      `for (const type of ['fill', 'describe', 'focused', 'open', 'attempt']) { postMessage({ type, to: 'page', say: 'focused' }, '*'); window.dispatchEvent(new CustomEvent(type)); }`,
    ),
  ],
];

test('S-59: thirty pages that ask for it in every way are shown, and nothing is filled', async ({ sesame, web }) => {
  test.setTimeout(120_000);
  expect(GREEDY.length).toBeGreaterThanOrEqual(30);
  const { tab, popup, open } = await table(sesame, { totp: 'JBSWY3DPEHPK3PXP' });
  await call(
    popup,
    'save',
    login('Everywhere', { username: 'canary-bob', password: 'canary-second', websites: [{ url: '.*', match: 'regex' }] }),
  );
  const sent = await recordToPages(sesame);
  for (const [name, html] of GREEDY) {
    web.serve((url) => (url.pathname === '/form' ? page(SIGN_IN()) : url.pathname === '/' ? html : undefined));
    await open(`${BANK}/`);
    await tab.waitForTimeout(450);
    await expectNothing(tab, web, name);
    for (const other of sesame.context.pages()) {
      if (other === tab || other === popup) continue;
      await expectNothing(other, web, name);
      await other.close();
    }
  }
  expect(JSON.stringify(await sent())).not.toContain('canary');
});

/** Everything that the background says to scripts in pages from now on, by port, message or answer. */
async function recordToPages(sesame: Sesame): Promise<() => Promise<unknown[]>> {
  const worker = await sesame.worker();
  await worker.evaluate(() => {
    const sent: unknown[] = [];
    Object.assign(globalThis, { sentToPages: sent });
    chrome.runtime.onConnect.addListener((port) => {
      // Ports of our own pages speak to our own pages.
      if (port.sender?.url?.startsWith(chrome.runtime.getURL(''))) return;
      const post = port.postMessage.bind(port);
      port.postMessage = (message: unknown) => {
        sent.push({ port: port.name, message });
        post(message);
      };
    });
    const send = chrome.tabs.sendMessage.bind(chrome.tabs);
    chrome.tabs.sendMessage = ((...input: Parameters<typeof chrome.tabs.sendMessage>) => {
      sent.push({ tab: input });
      return send(...input);
    }) as typeof chrome.tabs.sendMessage;
    const inject = chrome.scripting.executeScript.bind(chrome.scripting);
    chrome.scripting.executeScript = ((injection: chrome.scripting.ScriptInjection<unknown[], unknown>) => {
      sent.push({ injected: JSON.parse(JSON.stringify(injection)) as unknown });
      return inject(injection);
    }) as typeof chrome.scripting.executeScript;
  });
  return () => worker.evaluate(() => (globalThis as unknown as { sentToPages: unknown[] }).sentToPages);
}

/** Goes through a page as a person does who fills nothing. */
async function wander(tab: Page): Promise<void> {
  for (const field of await tab.locator('input:visible').all()) {
    await field.click();
    await tab.keyboard.press('Tab');
  }
  await tab.mouse.wheel(0, 300);
}

test('S-83: of a vault of 500 items no script in a page hears a word, until one is filled, and then that one', async ({ sesame, web }) => {
  test.slow();
  const { tab, popup, id, open, ask } = await table(sesame);
  const items = Array.from({ length: 499 }, (_, at) =>
    login(`canary-name-${at}`, {
      username: `canary-user-${at}`,
      password: `canary-secret-${at}`,
      notes: `canary-notes-${at}`,
      websites: [{ url: at < 40 ? BANK : `https://canary-host-${at}.test`, match: 'host' }],
      tags: ['canary-tag'],
    }),
  );
  await call(popup, 'importItems', { items });
  const sent = await recordToPages(sesame);
  web.serve((url) =>
    url.pathname === '/card' ? page('<form><input autocomplete="cc-number"><input autocomplete="cc-csc"></form>') : page(SIGN_IN()),
  );
  for (const address of [`${BANK}/`, `${BANK}/card`, `${EVIL}/`, 'https://canary-host-77.test/', 'http://bank.test/']) {
    await open(address);
    await wander(tab);
  }
  await open(`${BANK}/`);
  await tab.waitForTimeout(500);
  const before = await sent();
  // Addresses that the test itself opened are the page's own.
  expect(JSON.stringify(before).replaceAll('canary-host-77.test', '')).not.toContain('canary');
  expect(await ask(id)).toMatchObject({ result: 'filled' });
  const after = JSON.stringify((await sent()).slice(before.length));
  expect(after.split(PASSWORD)).toHaveLength(2);
  expect(after.split(USER)).toHaveLength(2);
  expect(after.replaceAll(PASSWORD, '').replaceAll(USER, '')).not.toContain('canary');
});

test('S-82: a page that has taken over thirty of the browser’s own functions hears nothing early, and is filled all the same', async ({
  sesame,
  web,
}) => {
  const { tab, open, ask } = await table(sesame);
  const TAKEN = `
    Element.prototype getAttribute setAttribute matches closest getBoundingClientRect attachShadow checkVisibility querySelector querySelectorAll
    Node.prototype appendChild insertBefore removeChild contains getRootNode compareDocumentPosition
    EventTarget.prototype addEventListener removeEventListener dispatchEvent
    HTMLElement.prototype focus blur click showPopover
    Document.prototype querySelector querySelectorAll createElement createTreeWalker getElementById elementFromPoint hasFocus
    MutationObserver.prototype observe
    Array.prototype push map filter find forEach includes indexOf
    Object keys entries assign fromEntries defineProperty
    JSON stringify parse
    Promise.prototype then
    String.prototype slice replace toLowerCase
    Map.prototype get set`;
  web.serve(() =>
    page(
      SIGN_IN(),
      `<script>
        const heard = window.heard = [];
        const note = JSON.stringify.bind(JSON);
        const push = Array.prototype.push;
        let count = 0;
        for (const line of ${JSON.stringify(TAKEN)}.trim().split('\\n')) {
          const [place, ...names] = line.trim().split(/\\s+/);
          const owner = place.split('.').reduce((at, name) => at[name], window);
          for (const name of names) {
            const own = owner[name];
            count += 1;
            Object.defineProperty(owner, name, { configurable: true, writable: true, value: function (...given) {
              let text = ''; try { text = String(given[0]) + String(given[1]); } catch {}
              push.call(heard, text);
              return Reflect.apply(own, this, given);
            } });
          }
        }
        const value = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
        Object.defineProperty(HTMLInputElement.prototype, 'value', { ...value, set(text) { push.call(heard, String(text)); value.set.call(this, text); } });
        window.taken = count + 1;
      </script>`,
    ),
  );
  await open(`${BANK}/`);
  await wander(tab);
  expect(await tab.evaluate(() => (globalThis as unknown as { taken: number }).taken)).toBeGreaterThanOrEqual(30);
  const heard = (): Promise<string> => tab.evaluate(() => (globalThis as unknown as { heard: string[] }).heard.join('\n'));
  expect(await heard()).not.toContain('canary');
  expect(await ask()).toMatchObject({ result: 'filled', fields: 2 });
  // What is in the page's field the page can read; through its patched functions it heard nothing even then.
  expect(await heard()).not.toContain('canary');
  expect(await typed(tab)).toBe(USER + PASSWORD);
});

test('S-77: after a refused fill the page holds nothing that it did not hold before', async ({ sesame, web }) => {
  const { tab, open, ask } = await table(sesame);
  web.serve(() => page(`<div style="opacity: 0">${SIGN_IN()}</div>`));
  await open(`${BANK}/`);
  const before = await tab.evaluate(() => document.documentElement.outerHTML);
  expect((await ask()).result).toBe('refused');
  expect(await tab.evaluate(() => document.documentElement.outerHTML)).toBe(before);
  await expectNothing(tab, web);
});
