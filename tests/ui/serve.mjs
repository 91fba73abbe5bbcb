// Builds the pages with a background of make-believe and serves them under the shipped CSP.
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));
const out = join(root, 'out/ui');
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json' };
const FAKES = [
  [/shared\/rpc\.ts$/, 'fake.ts'],
  [/(?:^|\/)auth\.ts$/, 'fake-auth.ts'],
  [/(?:^|\/)auth-session\.ts$/, 'fake-session.ts'],
  [/(?:^|\/)tools\.ts$/, 'fake-tools.ts'],
];

const fakes = {
  name: 'fakes',
  setup(builder) {
    for (const [filter, file] of FAKES) {
      builder.onResolve({ filter }, ({ importer }) =>
        importer.includes('/tests/ui/') ? undefined : { path: join(root, 'tests/ui', file) },
      );
    }
  },
};

export async function buildPages() {
  mkdirSync(out, { recursive: true });
  await build({
    entryPoints: [join(root, 'extension/ui/popup.tsx'), join(root, 'extension/ui/theme.css')],
    outdir: out,
    bundle: true,
    format: 'esm',
    target: 'es2023',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    plugins: [fakes],
    logLevel: 'warning',
  });
}

export async function serve() {
  const csp = JSON.parse(readFileSync(join(root, 'manifest.json'), 'utf8')).content_security_policy.extension_pages;
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const from =
      path.startsWith('/_locales/') || path.endsWith('.html') ? join(root, 'extension', path.endsWith('.html') ? 'ui' : '') : out;
    try {
      const body = readFileSync(join(from, path));
      response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream', 'content-security-policy': csp });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, done));
  return { origin: `http://localhost:${server.address().port}`, close: () => server.close() };
}
