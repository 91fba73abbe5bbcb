// The shipped manifests, word for word where a word is a permission (S-90, S-94, S-104, S-105).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { DIST, text } from './lib.mjs';

const shipped = (browser) => JSON.parse(readFileSync(`${DIST[browser]}/manifest.json`, 'utf8'));
const chromium = shipped('chromium');
const firefox = shipped('firefox');

// No frame-ancestors: there is one policy for all pages, and the menu of a field lies in other people's. The
// others can't be framed because no page can reach them (S-52, tests/hostile/framing.spec.ts). The account's server can
// be anybody's; which code may talk to it, and with what, is held by tests/house/network.test.mjs.
test('S-94: the policy of extension pages', () => {
  const policy = [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self' https: http://localhost:* http://127.0.0.1:*",
    "worker-src 'self'",
    "font-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types auth-worker',
  ].join('; ');
  for (const manifest of [chromium, firefox]) {
    assert.deepEqual(manifest.content_security_policy, { extension_pages: policy });
    assert.equal(manifest.sandbox, undefined);
  }
});

test('S-104: the smallest permissions that work, and no others', () => {
  const both = [
    'storage',
    'unlimitedStorage',
    'alarms',
    'idle',
    'scripting',
    'webNavigation',
    'webRequest',
    'webRequestAuthProvider',
    'contextMenus',
    'clipboardWrite',
    'clipboardRead',
  ];
  assert.deepEqual(new Set(chromium.permissions), new Set([...both, 'offscreen']));
  assert.deepEqual(new Set(firefox.permissions), new Set(both));
  for (const manifest of [chromium, firefox]) {
    assert.deepEqual(manifest.host_permissions, ['http://*/*', 'https://*/*']);
    for (const key of ['optional_permissions', 'optional_host_permissions', 'devtools_page', 'chrome_url_overrides']) {
      assert.equal(manifest[key], undefined, key);
    }
  }
});

test('S-104: each permission has its reason in docs/PERMISSIONS.md', () => {
  const reasons = text('docs/PERMISSIONS.md');
  for (const permission of [...chromium.permissions, ...chromium.host_permissions]) {
    assert.match(reasons, new RegExp(`^\\| \`${permission.replaceAll('*', '\\*')}\` \\| .{20,}`, 'm'), permission);
  }
});

test('S-90: nobody outside can connect', () => {
  for (const manifest of [chromium, firefox]) assert.deepEqual(manifest.externally_connectable, { ids: [], matches: [] });
});

test('S-93: the one file of ours that a page can hold is the frame of the menu, by an address that changes', () => {
  const matches = ['http://*/*', 'https://*/*'];
  assert.deepEqual(chromium.web_accessible_resources, [{ resources: ['menu.html'], matches, use_dynamic_url: true }]);
  // Firefox gives each installation random addresses of its own.
  assert.deepEqual(firefox.web_accessible_resources, [{ resources: ['menu.html'], matches }]);
});

test('S-93: the one script that runs by itself only listens, for a person who goes into a field', () => {
  for (const manifest of [chromium, firefox]) {
    assert.deepEqual(manifest.content_scripts, [
      { matches: ['http://*/*', 'https://*/*'], js: ['watch.js'], all_frames: true, match_about_blank: true, run_at: 'document_start' },
    ]);
  }
});

test('S-105: private windows have a session of their own', () => {
  assert.equal(chromium.incognito, 'split');
});

test('each browser gets its own words only', () => {
  assert.deepEqual(chromium.background, { service_worker: 'background.js', type: 'module' });
  assert.deepEqual(firefox.background, { scripts: ['background.js'], type: 'module' });
  assert.equal(chromium.browser_specific_settings, undefined);
  assert.ok(firefox.browser_specific_settings.gecko.id);
  assert.equal(firefox.key, undefined);
  assert.equal(firefox.minimum_chrome_version, undefined);
  assert.equal(typeof chromium.key, 'string');
});

test('one version everywhere', () => {
  const version = JSON.parse(text('package.json')).version;
  assert.equal(chromium.version, version);
  assert.equal(firefox.version, version);
  assert.match(text('Cargo.toml'), new RegExp(`^version = "${version.replaceAll('.', '\\.')}"$`, 'm'));
});
