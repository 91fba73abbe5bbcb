/**
 * What a person waits for in the built extension: the popup, the list, the search, a woken worker.
 *
 *   node --import ./scripts/typescript.mjs tests/bench/browser.ts [--json] [--rounds N]
 *
 * Headless Chromium, a fresh profile for each size of vault. Times are medians in ms; they depend on the
 * machine and on what else it does, so sizes are measured one after the other in one run, and the ratio
 * to the smallest vault is what to keep.
 */
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { dress, type Sesame } from '../e2e/fixtures.ts';
import { call, login, makeVault } from '../e2e/support/calls.ts';
import { launch } from '../e2e/support/launch.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, rounds: { type: 'string', default: '11' } } });
const ROUNDS = Number(values.rounds);
const SIZES = [10, 1_000, 10_000];
const PART = 2_000;

interface Row {
  items: number;
  /** A tab with popup.html: from navigation to the first row on the screen, service worker running. */
  openMs: number;
  /** The same, after the service worker was stopped. */
  openColdMs: number;
  /** The toolbar's own popup: from navigation to its first picture with content. */
  actionPopupMs: number;
  /** A typed search: from the key to the new first row on the screen. */
  searchMs: number;
  /** A call to a stopped service worker: start, engine, session, answer. */
  wakeMs: number;
  /** The same call while it runs. */
  callMs: number;
}

const median = (list: number[]): number => Math.round((list.toSorted((a, b) => a - b)[list.length >> 1] ?? Number.NaN) * 10) / 10;

async function repeat(measure: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  // The first round warms the disk's and the browser's caches.
  await measure();
  for (let round = 0; round < ROUNDS; round += 1) times.push(await measure());
  return median(times);
}

async function fillVault(page: Page, count: number): Promise<void> {
  await makeVault(page);
  for (let from = 0; from < count; from += PART) {
    const items = Array.from({ length: Math.min(PART, count - from) }, (_, at) => login(`Item ${String(from + at).padStart(5, '0')}`));
    await call(page, 'importItems', {
      items: items.map((item) => ({
        ...item,
        notes: 'n'.repeat(200),
        websites: [{ url: `https://${item.name.replace(' ', '-')}.example`, match: 'host' }],
      })),
    });
  }
}

/** In the page: the time since navigation at which the first row was on the screen. */
const firstRow = (): Promise<number> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (!document.querySelector('.virtual-row')) requestAnimationFrame(look);
      // One frame to draw it, one to be sure that it was shown.
      else requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now())));
    };
    look();
  });

async function open(sesame: Sesame): Promise<number> {
  const page = await sesame.context.newPage();
  await page.goto(sesame.url('popup.html'), { waitUntil: 'commit' });
  const took = await page.evaluate(firstRow);
  await page.close();
  return took;
}

async function actionPopup(sesame: Sesame): Promise<number> {
  const popup = await sesame.openActionPopup();
  await popup.waitFor('searchbox', 'Search vault');
  const took = await popup.evaluate<number>(`new Promise((done) => {
    const look = (list) => list.getEntriesByName('first-contentful-paint').forEach((entry) => done(entry.startTime));
    new PerformanceObserver(look).observe({ type: 'paint', buffered: true });
  })`);
  await popup.close();
  return took;
}

const search = (text: string): Promise<number> =>
  new Promise((resolve) => {
    const box = document.querySelector<HTMLInputElement>('input[type=search], [role=searchbox]');
    if (!box) throw new Error('no search box');
    const began = performance.now();
    box.value = text;
    box.dispatchEvent(new InputEvent('input', { bubbles: true }));
    const look = (): void => {
      const first = document.querySelector('.virtual-row')?.textContent ?? '';
      if (first.includes(text)) resolve(performance.now() - began);
      else requestAnimationFrame(look);
    };
    look();
  });

const ask = async (): Promise<number> => {
  const began = performance.now();
  const answer = await chrome.runtime.sendMessage({ to: 'background', call: 'status', input: null });
  if (answer.ok.state !== 'unlocked') throw new Error('the session did not survive');
  return performance.now() - began;
};

async function measure(count: number): Promise<Row> {
  const sesame = dress(await launch());
  try {
    const page = await sesame.openPopup();
    await fillVault(page, count);
    const openMs = await repeat(() => open(sesame));
    const openColdMs = await repeat(async () => {
      await sesame.killWorker();
      return open(sesame);
    });
    const callMs = await repeat(() => page.evaluate(ask));
    const wakeMs = await repeat(async () => {
      await sesame.killWorker();
      return page.evaluate(ask);
    });
    await page.goto(sesame.url('popup.html'));
    await page.evaluate(firstRow);
    let at = 0;
    const searchMs = await repeat(() => page.evaluate(search, `Item ${String((at++ * 7919) % count).padStart(5, '0')}`));
    await page.bringToFront();
    const actionPopupMs = await repeat(() => actionPopup(sesame));
    return { items: count, openMs, openColdMs, actionPopupMs, searchMs, wakeMs, callMs };
  } finally {
    await sesame.close();
  }
}

const rows: Row[] = [];
for (const size of SIZES) rows.push(await measure(size));

if (values.json) {
  console.log(JSON.stringify({ rounds: ROUNDS, rows }));
} else {
  console.log(`Chromium, medians of ${ROUNDS} rounds in ms (in brackets: times the smallest vault)`);
  const names: [keyof Row, string][] = [
    ['openMs', 'popup to the first row'],
    ['openColdMs', 'the same, worker stopped'],
    ['actionPopupMs', 'toolbar popup, first picture'],
    ['searchMs', 'a key in the search box to its row'],
    ['wakeMs', 'stopped worker to answer'],
    ['callMs', 'running worker to answer'],
  ];
  console.log(`  ${''.padEnd(36)}${SIZES.map((size) => `${size} items`.padStart(20)).join('')}`);
  for (const [key, name] of names) {
    const least = rows[0]?.[key] ?? Number.NaN;
    const cells = rows.map((row) => `${row[key]} (${(row[key] / least).toFixed(1)})`.padStart(20));
    console.log(`  ${name.padEnd(36)}${cells.join('')}`);
  }
}
