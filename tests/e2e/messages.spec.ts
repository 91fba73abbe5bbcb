/** S-89, S-91, S-92: what a script in a page can reach of us, which is nothing. */
import type { Page } from '@playwright/test';
import { expect, type Sesame, test } from './fixtures.ts';
import { ALL, call, login, makeVault } from './support/calls.ts';

const CALLS = `
  status setPrefs touch lock createVault hint unlock wasReplaced notePasskeyProblem setMasterPassword setHint
  newRecoveryCode confirmRecoveryCode addPasskey renamePasskey removePasskey practice skipPractice startOver
  repair list forThisSite item edit save reveal totp copy copyText moveToBin restore deleteForever emptyBin tags
  generate generatorHistory rememberGenerated audit settings saveSettings fill saveDraft loadDraft dropDraft
  saveBackup saveSealedCopy readBackup openBackup closeBackup importItems exportReadable setIntent openCeremony
  resumeFill ceremonyDone saveFilling builtinEquivalents describePage waitingCapture saveCapture dropCapture undoCapture
  httpAuth answerHttpAuth toString __proto__ constructor
`.split(/\s+/);

const INPUTS: unknown[] = [
  null,
  {},
  [],
  'x',
  7,
  { id: '0'.repeat(32), secret: 'password', tabId: 1 },
  { form: 'a', value: '{}' },
  { text: '', in: 'items', offset: 0, limit: 10 },
  { to: 'background', call: 'lock' },
];

/** The id of the tab that shows this page. */
async function tabOf(sesame: Sesame, page: Page): Promise<number> {
  const tabId = await (await sesame.worker()).evaluate(
    async (url) => (await chrome.tabs.query({})).find((tab) => tab.url === url)?.id,
    page.url(),
  );
  if (tabId === undefined) throw new Error('no such tab');
  return tabId;
}

test.describe('a script of ours in a web page, taken over by that page', () => {
  test('S-89: gets no answer to any message, and changes nothing', async ({ sesame, site, page }) => {
    test.slow();
    const own = await sesame.openPopup();
    await makeVault(own);
    await call(own, 'save', login('canary'));
    await page.goto(`${site.origin}/sign-in`);
    const answers = await (await sesame.worker()).evaluate(
      async ([tabId, calls, inputs]) => {
        const [run] = await chrome.scripting.executeScript({
          target: { tabId: tabId as number },
          args: [calls, inputs] as never,
          // Runs in the page's isolated world: what it needs is in it.
          func: (async (names: string[], values: unknown[]) => {
            const ask = (message: unknown): Promise<unknown> =>
              Promise.race([chrome.runtime.sendMessage(message).catch(() => null), new Promise((done) => setTimeout(done, 2_000, null))]);
            const messages = names.flatMap((call) =>
              values.flatMap((input) => [{ to: 'background', call, input }, { call, input }, input]),
            );
            messages.push({ to: 'offscreen', order: 'read' }, { to: 'offscreen', order: 'write', text: 'x' }, { event: 'locked' });
            const all = await Promise.all(messages.map(ask));
            return { asked: messages.length, answered: all.filter((answer) => answer !== null && answer !== undefined) };
          }) as never,
        });
        return run?.result as unknown as { asked: number; answered: unknown[] };
      },
      [await tabOf(sesame, page), CALLS, INPUTS] as const,
    );
    expect(answers.asked).toBeGreaterThan(1_000);
    expect(answers.answered).toEqual([]);
    expect((await call(own, 'status')).state).toBe('unlocked');
    expect((await call(own, 'list', ALL)).rows.map(({ name }) => name)).toEqual(['canary']);
  });

  test('S-91: a port that nothing was asked over is closed, and hears nothing', async ({ sesame, site, page }) => {
    const own = await sesame.openPopup();
    await makeVault(own);
    await page.goto(`${site.origin}/sign-in`);
    const ports = await (await sesame.worker()).evaluate(
      async (tabId) => {
        const [run] = await chrome.scripting.executeScript({
          target: { tabId },
          func: (async () => {
            const heard: unknown[] = [];
            let closed = 0;
            const names = ['page', 'ui', 'background', ''];
            for (const name of names) {
              const port = chrome.runtime.connect({ name });
              port.onMessage.addListener((message) => heard.push(message));
              port.onDisconnect.addListener(() => {
                closed += 1;
              });
              port.postMessage({ type: 'snapshot', call: 1, snapshot: null });
              port.postMessage({ type: 'filled', call: 1, report: { status: 'filled', fields: [], exposed: false } });
            }
            await new Promise((done) => setTimeout(done, 1_000));
            return { heard, open: names.length - closed };
          }) as never,
        });
        return run?.result as unknown as { heard: unknown[]; open: number };
      },
      await tabOf(sesame, page),
    );
    expect(ports).toEqual({ heard: [], open: 0 });
  });

  test('S-92: reads no storage area', async ({ sesame, site, page }) => {
    const own = await sesame.openPopup();
    await makeVault(own);
    await page.goto(`${site.origin}/sign-in`);
    const read = await (await sesame.worker()).evaluate(
      async (tabId) => {
        const [run] = await chrome.scripting.executeScript({
          target: { tabId },
          func: (async () => {
            const areas = [chrome.storage?.local, chrome.storage?.session, chrome.storage?.sync];
            return Promise.all(areas.map((area) => Promise.resolve(area?.get(null)).catch(() => 'refused')));
          }) as never,
        });
        return run?.result as unknown as unknown[];
      },
      await tabOf(sesame, page),
    );
    for (const area of read) expect(['refused', null, undefined]).toContain(area);
  });
});

test('S-107: our page in a frame of a web page is not heard, whatever its address says', async ({ sesame, site, page }) => {
  const own = await sesame.openPopup();
  await makeVault(own);
  await page.goto(`${site.origin}/sign-in`);
  for (const path of ['popup.html', 'popup.html?call=lock', 'ceremony.html#lock']) {
    await page.evaluate((src) => {
      const frame = document.createElement('iframe');
      frame.src = src;
      document.body.append(frame);
      globalThis.open(src);
    }, sesame.url(path));
  }
  await page.waitForTimeout(1_000);
  expect((await call(own, 'status')).state).toBe('unlocked');
});

test('S-89: nonsense from a page of our own ends in a code, never in a crash', async ({ sesame }) => {
  test.slow();
  const own = await sesame.openPopup();
  await makeVault(own);
  const { id } = await call(own, 'save', login('canary'));
  const harmless = CALLS.filter((name) => !['lock', 'openCeremony', 'ceremonyDone'].includes(name));
  const inputs = INPUTS.filter((input) => JSON.stringify(input)?.includes('"id"') !== true);
  const errors = await own.evaluate(
    async ([names, values]) => {
      const found = new Set<string>();
      for (const name of names) {
        for (const input of values) {
          const answer = await chrome.runtime.sendMessage({ to: 'background', call: name, input });
          if (answer && 'error' in answer) found.add(answer.error as string);
        }
      }
      return [...found];
    },
    [harmless, inputs] as const,
  );
  expect(errors).toContain('invalid');
  expect(errors).not.toContain('internal');
  expect((await call(own, 'edit', { id })).name).toBe('canary');
});
