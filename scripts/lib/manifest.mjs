// One manifest.json, two browsers: each gets what it understands and no more.
import { readFileSync } from 'node:fs';
import { inRoot } from './house.mjs';

export function manifestFor(browser) {
  const manifest = JSON.parse(readFileSync(inRoot('manifest.json'), 'utf8'));
  if (browser === 'chromium') {
    delete manifest.browser_specific_settings;
    delete manifest.background.scripts;
    return manifest;
  }
  // Firefox names the extension by browser_specific_settings, has an event page instead of a service
  // worker and offscreen documents, and knows no split private windows.
  delete manifest.key;
  delete manifest.minimum_chrome_version;
  delete manifest.background.service_worker;
  delete manifest.incognito;
  // Its addresses are random in each installation as they are.
  for (const resource of manifest.web_accessible_resources) delete resource.use_dynamic_url;
  manifest.permissions = manifest.permissions.filter((permission) => permission !== 'offscreen');
  return manifest;
}
