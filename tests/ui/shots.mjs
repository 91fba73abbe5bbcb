// Pictures of every screen: node tests/ui/shots.mjs [name ...] [--axe] -> out/ui/shots/<name>.<theme>.<language>.png
import { mkdirSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { chromium } from '@playwright/test';
import { openScene } from './scene.mjs';
import { scenes } from './scenes.mjs';
import { buildPages, serve } from './serve.mjs';

const args = process.argv.slice(2);
const axe = args.includes('--axe');
const looks = args.includes('--all') ? ['light.en', 'dark.en', 'light.it', 'dark.it'] : ['light.en', 'dark.it'];
const wanted = args.filter((arg) => !arg.startsWith('--'));
const folder = 'out/ui/shots';

mkdirSync(folder, { recursive: true });
await buildPages();
const site = await serve();
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
let bad = 0;
for (const [name, scene] of Object.entries(scenes)) {
  if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) continue;
  for (const look of looks) {
    const { page, close } = await openScene(browser, site.origin, scene, look, { bypassCSP: axe, report: (text) => report(name, text) });
    await page.screenshot({ path: `${folder}/${name}.${look}.png` });
    if (axe) {
      const { violations } = await new AxeBuilder({ page }).analyze();
      for (const { id, nodes } of violations)
        report(
          `${name} ${look}`,
          `${id}: ${nodes.map((node) => `${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`).join('\n   ')}`,
        );
    }
    await close();
  }
}
await browser.close();
site.close();
process.exitCode = bad > 0 ? 1 : 0;

function report(name, text) {
  bad += 1;
  console.log(`${name}: ${text}`);
}
