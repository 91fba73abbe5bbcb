/**
 * The sample site: a small bank and its pages, for trying Sesame by hand and for the end-to-end tests.
 *
 *   node tests/pages/server.mjs [--port N]
 *
 * It answers on two origins, http://localhost:N and http://127.0.0.1:N+1 (both loopback, so that
 * nothing leaves the machine), the second being "another site" for frames and form actions.
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { INDEX, page, received } from './layout.mjs';

const here = dirname(fileURLToPath(import.meta.url));

const SOURCES = ['react.jsx', 'vue.js', 'angular.js', 'lit.js', 'material.js'];
const bundles = new Map();

/** A framework's page, bundled from this repository's own node_modules when it is first asked for: no network. */
function bundle(name) {
  const source = SOURCES.find((file) => file.startsWith(`${name}.`));
  if (!source) return null;
  if (!bundles.has(name)) bundles.set(name, bundled(source));
  return bundles.get(name);
}

async function bundled(source) {
  const result = await build({
    entryPoints: [join(here, 'src', source)],
    bundle: true,
    minify: true,
    write: false,
    outdir: '/',
    format: 'iife',
    // The repository's own settings are for Preact.
    tsconfigRaw: '{}',
    jsx: 'automatic',
    jsxImportSource: 'react',
    alias: { vue: 'vue/dist/vue.esm-bundler.js' },
    define: {
      'process.env.NODE_ENV': '"production"',
      __VUE_OPTIONS_API__: 'true',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
  });
  return result.outputFiles[0].text;
}

/** Every user name and password that /basic was ever sent. */
const tried = [];

/** A page that the browser itself has to ask for: who knows the password is told what was sent. */
function basic(given) {
  const [name, ...password] = Buffer.from(/^Basic (.*)$/.exec(given ?? '')?.[1] ?? '', 'base64')
    .toString()
    .split(':');
  if (given) tried.push([name, ...password].join(':'));
  if (password.join(':') === 'canary-correct-horse') {
    return { status: 200, type: 'text/html; charset=utf-8', text: received(new URLSearchParams({ username: name }), 'basic') };
  }
  return { status: 401, type: 'text/plain', text: 'No', headers: { 'www-authenticate': 'Basic realm="Lantern Bank, back office"' } };
}

function body(request) {
  return new Promise((resolve, reject) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (part) => {
      text += part;
      if (text.length > 65_536) reject(new Error('too long'));
    });
    request.on('end', () => resolve(new URLSearchParams(text)));
    request.on('error', reject);
  });
}

async function answer(request, places) {
  const url = new URL(request.url ?? '/', places.origin);
  const html = (text) => ({ status: 200, type: 'text/html; charset=utf-8', text });
  if (url.pathname === '/basic') return basic(request.headers.authorization);
  if (url.pathname === '/basic-tried') return { status: 200, type: 'application/json', text: JSON.stringify(tried) };
  if (url.pathname === '/') return html(page('Home', INDEX));
  if (url.pathname === '/received') {
    return html(received(request.method === 'POST' ? await body(request) : url.searchParams, request.headers.host));
  }
  const script = bundle(/^\/assets\/([a-z]+)\.bundle\.js$/.exec(url.pathname)?.[1]);
  if (script) return { status: 200, type: 'text/javascript', text: await script };
  const asset = /^\/assets\/([a-z-]+\.(css|js))$/.exec(url.pathname);
  if (asset) {
    const text = await readFile(join(here, 'site', asset[1]), 'utf8');
    return { status: 200, type: asset[2] === 'css' ? 'text/css' : 'text/javascript', text };
  }
  const name = /^\/([a-z-]+)$/.exec(url.pathname)?.[1];
  if (!name) return { status: 404, type: 'text/plain', text: 'Not found' };
  const source = await readFile(join(here, 'site', `${name}.html`), 'utf8');
  const [, lang, title, content] = /^<title(?: lang="([a-z]+)")?>(.*?)<\/title>\n([\s\S]*)$/.exec(source) ?? ['', '', name, source];
  return html(page(title, content.replaceAll('{{origin}}', places.origin).replaceAll('{{other}}', places.otherOrigin), lang));
}

function listen(handler, host, port) {
  return new Promise((resolve, reject) => {
    const server = createServer(handler);
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

/**
 * Starts both origins; port 0 takes free ones.
 * @param {{ port?: number }} [options]
 * @returns {Promise<{ origin: string, otherOrigin: string, close: () => Promise<void> }>}
 */
export async function startSampleSite({ port = 0 } = {}) {
  const places = { origin: '', otherOrigin: '' };
  const handler = (request, response) => {
    answer(request, places)
      .catch((error) => ({ status: error.code === 'ENOENT' ? 404 : 500, type: 'text/plain', text: 'Not found' }))
      .then(({ status, type, text, headers }) => {
        response.writeHead(status, { ...headers, 'content-type': type, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
        response.end(text);
      });
  };
  // 'localhost' may be ::1 or 127.0.0.1 to the browser; both families are served where there are both.
  const first = await listen(handler, '127.0.0.1', port);
  const taken = first.address().port;
  const second = await listen(handler, '127.0.0.1', port ? port + 1 : 0);
  const sixth = await listen(handler, '::1', taken).catch(() => null);
  places.origin = `http://localhost:${taken}`;
  places.otherOrigin = `http://127.0.0.1:${second.address().port}`;
  const close = async () => {
    for (const server of [first, second, sixth]) {
      if (!server) continue;
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    }
  };
  return { ...places, close };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const at = process.argv.indexOf('--port');
  const site = await startSampleSite({ port: at > 0 ? Number(process.argv[at + 1]) : 8600 });
  process.stdout.write(`Sample site: ${site.origin}/\nAnother site: ${site.otherOrigin}/\n`);
}
