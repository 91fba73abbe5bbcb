/** S-91: a page whose renderer was taken over speaks to the background as Sesame's own script there would. */
import type { FromField, ToField } from '../../extension/shared/field.ts';
import type { Snapshot } from '../../extension/shared/page.ts';
import type { Sesame } from '../e2e/fixtures.ts';
import { call, rowsOf } from '../e2e/support/calls.ts';
import { form, scene, signIn, USER, WELCOME } from '../e2e/support/save.ts';
import { BANK, EVIL, expect, page, test } from './web.ts';

const field = (name: string, type: string, autocomplete: string): Snapshot['fields'][number] => ({
  tag: 'input',
  type,
  name,
  id: name,
  className: '',
  autocomplete,
  placeholder: '',
  ariaLabel: '',
  title: '',
  inputMode: '',
  pattern: '',
  maxLength: null,
  minLength: null,
  passwordRules: '',
  readOnly: false,
  disabled: false,
  required: false,
  hasValue: true,
  ariaHidden: false,
  tabIndex: 0,
  label: name,
  description: '',
  nearby: '',
  options: [],
  group: 0,
  visibility: 'yes',
  x: 0,
  y: 0,
  width: 200,
  height: 30,
});
const SNAPSHOT: Snapshot = {
  id: 'forged',
  title: '',
  lang: 'en',
  path: '/',
  headings: [],
  focused: 1,
  frameVisible: true,
  fields: [field('username', 'text', 'username'), field('password', 'password', 'current-password')],
  groups: [
    {
      isForm: true,
      attributes: '',
      action: '',
      hasAction: false,
      method: 'post',
      hasMethod: true,
      headings: [],
      links: [],
      checks: [],
      buttons: [{ text: 'Sign in', attributes: '', submit: true, formAction: '', formMethod: '', visible: true }],
    },
  ],
};

/** Says all this from a script of the extension's in that page; with `noRoom`, also that nothing can be shown there. */
async function speak(sesame: Sesame, address: string, messages: FromField[], noRoom = false): Promise<void> {
  await (await sesame.worker()).evaluate(
    async ([url, said, refuse]) => {
      const tab = (await chrome.tabs.query({})).find((one) => one.url === url);
      await chrome.scripting.executeScript({
        target: { tabId: tab?.id ?? -1 },
        args: [said, refuse] as [FromField[], boolean],
        func: (all: FromField[], gone: boolean) => {
          const port = chrome.runtime.connect({ name: 'field' });
          port.onMessage.addListener((message: ToField) => {
            if (gone && message.type === 'show') port.postMessage({ type: 'closed', opening: message.opening, why: 'no-room' });
          });
          for (const message of all) port.postMessage(message);
        },
      });
    },
    [address, messages, noRoom] as const,
  );
}

const origins = async (sesame: Sesame): Promise<string[]> =>
  (await sesame.worker()).evaluate(async () => {
    const { flows = [] } = (await chrome.storage.session.get('flows')) as { flows?: { origin: string }[] };
    return flows.map(({ origin }) => origin);
  });

test('S-58, S-91: it can say that forms were sent as often as it likes: what others typed still waits, and little is kept', async ({
  sesame,
  web,
}) => {
  const { tab, popup, prompt, go } = await scene(sesame, web, (_, { method }) => (method === 'POST' ? WELCOME : page(form())));
  await go();
  await signIn(tab);
  await prompt.asks('Save this sign-in?');
  const other = await sesame.context.newPage();
  await other.goto(`${EVIL}/`);
  const attempts = Array.from({ length: 150 }, (_, at): FromField[] => [
    {
      type: 'attempt',
      snapshot: SNAPSHOT,
      values: [
        [0, `user-${at}`],
        [1, `guess-${at}`],
      ],
      how: 'submit',
    },
    { type: 'settled', how: 'answer' },
  ]).flat();
  await speak(sesame, `${EVIL}/`, attempts);
  await expect.poll(async () => (await origins(sesame)).includes(EVIL)).toBe(true);
  // All that is still to be done is done in order: what is asked for now comes last.
  await call(popup, 'waitingCapture');
  await other.waitForTimeout(1_000);
  await call(popup, 'waitingCapture');
  const waiting = await origins(sesame);
  expect(waiting).toContain(BANK);
  expect(waiting.filter((origin) => origin === EVIL).length).toBeLessThanOrEqual(5);
  expect(Object.keys(await rowsOf(popup, 'captures')).length).toBeLessThanOrEqual(1 + 5 * 8);
  await other.close();
  await tab.bringToFront();
  expect(await call(popup, 'waitingCapture')).toMatchObject({ origin: BANK, username: USER });
});

test('S-55, S-59, S-91: what it says nobody chose: no fill waits for the vault to open', async ({ sesame, web }) => {
  const { popup, tab, go } = await scene(sesame, web, () => page(form()));
  await call(popup, 'lock');
  await go();
  await speak(
    sesame,
    `${BANK}/`,
    [
      { type: 'focused', call: 1, snapshot: SNAPSHOT },
      { type: 'open', call: 1, by: 'icon' },
    ],
    true,
  );
  // The popup opens, as where a window is too small for the menu.
  const shown = async (): Promise<boolean> =>
    (await sesame.cdp.targets()).some(({ type, url }) => type === 'page' && url === sesame.url('popup.html'));
  await expect.poll(shown).toBe(true);
  await tab.waitForTimeout(500);
  expect((await call(popup, 'status')).intent).toBeNull();
});
