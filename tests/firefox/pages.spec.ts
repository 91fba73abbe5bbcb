/** What Firefox does its own way: closed shadow roots, typing by script, and servers that ask before they show a page. */
import { login } from '../e2e/support/calls.ts';
import { until } from '../e2e/support/cdp.ts';
import { type Firefox, Tab } from './firefox.ts';
import { call, expect, openVault, pause, test } from './fixtures.ts';

const PASSWORD = 'canary-correct-horse';

async function vault(firefox: Firefox, origin: string): Promise<{ popup: Tab; id: string }> {
  const popup = await openVault(firefox);
  const { id } = await call(popup, 'save', login('Bank', { password: PASSWORD, websites: [{ url: origin, match: 'host' }] }));
  return { popup, id };
}

test('closed shadow roots, vetoes of beforeinput, rows drawn anew', async ({ firefox, site }) => {
  const { popup, id } = await vault(firefox, site.origin);
  for (const path of ['shadow-closed', 'shadow-closed#plain', 'vetoes', 'grid', 'focus-password']) {
    const page = await firefox.open(`${site.origin}/${path}`);
    const tabId = (await call(popup, 'forThisSite'))?.tabId;
    expect(await call(popup, 'fill', { id, tabId }), path).toMatchObject({ result: 'filled', fields: 2 });
    if (path === 'vetoes' || path === 'grid') {
      await page.evaluate('document.querySelector(".panel button").click()');
      const held = await page.evaluate('[...document.querySelectorAll("#received dd")].map((one) => one.textContent)');
      expect(held, path).toEqual(['Bank@example.com', PASSWORD]);
    }
    await firefox.bidi.send('browsingContext.close', { context: page.context });
  }
});

test('S-62: without proof that it is seen, the frame of another site is refused', async ({ firefox, site }) => {
  const { popup, id } = await vault(firefox, site.otherOrigin);
  const page = await firefox.open(`${site.origin}/frame-elsewhere`);
  await page.activate();
  const tabId = (await call(popup, 'forThisSite'))?.tabId;
  const target = `${site.otherOrigin} ${site.origin}`;
  expect(await call(popup, 'fill', { id, tabId, confirm: 'cross-origin-frame', target })).toMatchObject({ result: 'refused' });
});

test('S-86: the window for a server that asks', async ({ firefox, site }) => {
  await vault(firefox, site.origin);
  const page = await firefox.open('about:blank');
  await page.activate();
  // Answered only when the page is there, which waits for the person.
  void page.goto(`${site.origin}/basic`).catch(() => undefined);
  const context = await until('the window', async () => {
    const { contexts } = await firefox.bidi.send<{ contexts: { context: string; url: string }[] }>('browsingContext.getTree', {});
    return contexts.find(({ url }) => url.endsWith('popup.html#http-auth'))?.context;
  });
  const asking = new Tab(firefox.bidi, context);
  const button = await asking.byRole('button', 'Bank Bank@example.com');
  await pause(700);
  await asking.click(button);
  await until(
    'the page',
    async () => (await page.evaluate<number>('document.querySelectorAll("[data-field=username]").length')) || undefined,
  );
});
