// `build.sh corpus DIR`: has the built extension understand every page of DIR/forms.jsonl, and writes
// what it says as lines that DIR/score.mjs reads. Usage: node scripts/corpus.mjs DIR [--snapshots FILE]
//   --snapshots FILE   also write what the content script described, for looking into mistakes
//
// The way is the product's own: Chromium with dist/chromium loaded, content.js put into the page by
// the extension's service worker, engine.wasm asked for the roles. Only the two ends of the port
// between them are held here, because the background keeps what it is told to itself.
import { openSync, readFileSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { addressOf, predictionOf, readCorpus } from './lib/corpus.mjs';
import { inRoot, StepFailed } from './lib/house.mjs';

const DIST = resolve(process.env.SESAME_DIST ?? inRoot('dist/chromium'));
/** A page that has not loaded by then is described as it is. */
const LOAD_MS = 5_000;

async function openBrowser(profile) {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    viewport: { width: 1280, height: 900 },
    ignoreDefaultArgs: ['--disable-extensions'],
    args: [`--load-extension=${DIST}`, '--no-first-run', '--host-resolver-rules=MAP * ~NOTFOUND', '--lang=en'],
    serviceWorkers: 'allow',
  });
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker', { timeout: 20_000 }));
  return { context, worker };
}

/** Takes the labels' handles off before any script of ours can see them, and keeps them for later. */
function hideLabels() {
  const fids = new WeakMap();
  document.addEventListener('DOMContentLoaded', () => {
    for (const element of Document.prototype.querySelectorAll.call(document, '[data-fid]')) {
      fids.set(element, element.getAttribute('data-fid'));
      element.removeAttribute('data-fid');
    }
  });
  const notTyped = /^(hidden|submit|button|image|reset|checkbox|radio|file|range|color)$/;
  window.corpusFields = () =>
    [...Document.prototype.querySelectorAll.call(document, 'input, select, textarea')]
      .filter((field) => field.localName !== 'input' || !notTyped.test(field.type))
      .map((field) => ({ fid: fids.get(field) ?? null, name: field.getAttribute('name') ?? '', id: field.getAttribute('id') ?? '' }));
}

/** Runs in the service worker. The page's end of the port stays in the page: it is asked there. */
async function describeTab(address) {
  const [tab] = (await chrome.tabs.query({})).filter(({ url }) => url === address);
  const target = { tabId: tab.id, frameIds: [0] };
  await chrome.scripting.executeScript({
    target,
    func: () => {
      globalThis.corpus = [];
      chrome.runtime.connect = ({ name }) => {
        const hear = [];
        const port = { name, hear, said: () => undefined, disconnect: () => undefined };
        port.onMessage = { addListener: (listener) => hear.push(listener) };
        port.onDisconnect = { addListener: () => undefined };
        port.postMessage = (message) => port.said(message);
        globalThis.corpus.push(port);
        return port;
      };
    },
  });
  await chrome.scripting.executeScript({ target, files: ['content.js'] });
  const [answer] = await chrome.scripting.executeScript({
    target,
    func: () => {
      const port = globalThis.corpus.find(({ name }) => name === 'page');
      const began = performance.now();
      return new Promise((done) => {
        port.said = (message) => {
          if (message.type === 'snapshot') done({ snapshot: message.snapshot, ms: performance.now() - began });
        };
        for (const listener of port.hear) listener({ type: 'describe', call: 1 });
      });
    },
  });
  return answer.result;
}

async function openPage(page, record) {
  const address = addressOf(record);
  let given = false;
  await page.unrouteAll();
  // The page before may lie at the same address but for its fragment, which alone loads nothing.
  await page.goto('about:blank');
  await page.route('**/*', (route) => {
    // Everything but the page itself stays out; sent elsewhere by itself, it stays where it is.
    if (!route.request().isNavigationRequest()) return route.abort();
    if (given) return route.fulfill({ status: 204 });
    given = true;
    return route.fulfill({ contentType: 'text/html; charset=utf-8', body: record.html });
  });
  await page.goto(address, { waitUntil: 'load', timeout: LOAD_MS }).catch((error) => {
    if (error.name !== 'TimeoutError') throw error;
  });
  return page.url();
}

async function look(page, worker, record) {
  const address = await openPage(page, record);
  const described = await worker.evaluate(describeTab, address);
  return { ...described, fields: await page.evaluate(() => window.corpusFields()) };
}

async function main() {
  const { values, positionals } = parseArgs({ options: { snapshots: { type: 'string' } }, allowPositionals: true });
  if (positionals.length !== 1) throw new StepFailed('usage: ./build.sh corpus DIR > predictions.jsonl');
  const from = process.env.CALLED_FROM ?? process.cwd();
  const records = readCorpus(resolve(from, positionals[0]));
  const { Engine, initSync } = await import(inRoot('build/wasm/engine/engine.js'));
  initSync({ module: readFileSync(join(DIST, 'engine.wasm')) });
  const engine = new Engine();
  const snapshots = values.snapshots === undefined ? null : openSync(resolve(from, values.snapshots), 'w');
  const profile = await mkdtemp(join(tmpdir(), 'sesame-corpus-'));
  const { context, worker } = await openBrowser(profile);
  const began = performance.now();
  const describing = [];
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    await page.addInitScript(hideLabels);
    for (const [index, record] of records.entries()) {
      const seen = await look(page, worker, record).catch((error) => {
        process.stderr.write(`corpus: ${record.place}: not understood: ${error.message.split('\n')[0]}\n`);
        return null;
      });
      if (seen === null) {
        writeSync(1, `${JSON.stringify({ id: record.id, fields: [] })}\n`);
        continue;
      }
      describing.push(seen.ms);
      const understood = JSON.parse(engine.understand(JSON.stringify(seen.snapshot)));
      writeSync(1, `${JSON.stringify(predictionOf(record, seen, understood))}\n`);
      if (snapshots !== null) writeSync(snapshots, `${JSON.stringify({ id: record.id, ...seen })}\n`);
      if ((index + 1) % 50 === 0) process.stderr.write(`corpus: ${index + 1} of ${records.length} pages\n`);
    }
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
  const seconds = (performance.now() - began) / 1000;
  if (describing.length === 0) throw new StepFailed('no page could be understood');
  const middle = describing.sort((a, b) => a - b)[Math.floor(describing.length / 2)];
  const rate = (records.length / seconds).toFixed(1);
  process.stderr.write(`corpus: ${records.length} pages in ${seconds.toFixed(1)} s, ${rate} pages per second; `);
  process.stderr.write(`describing one took ${middle.toFixed(1)} ms (median), ${describing.at(-1).toFixed(1)} ms at most\n`);
}

try {
  await main();
} catch (error) {
  console.error(`corpus: ${error instanceof StepFailed ? error.message : (error.stack ?? error)}`);
  process.exitCode = 1;
}
