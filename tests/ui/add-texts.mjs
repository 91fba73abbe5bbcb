// Adds or changes texts: node tests/ui/add-texts.mjs new.json, with {"key": ["English", "Italiano"]}.
// Reads the tables right before writing and keeps their keys sorted.
import { readFileSync, writeFileSync } from 'node:fs';

const [file] = process.argv.slice(2);
const added = JSON.parse(readFileSync(file, 'utf8'));
['en', 'it'].forEach((language, n) => {
  const path = new URL(`../../extension/_locales/${language}/messages.json`, import.meta.url);
  const table = JSON.parse(readFileSync(path, 'utf8'));
  for (const [key, texts] of Object.entries(added)) table[key] = { message: texts[n] };
  const sorted = Object.fromEntries(Object.entries(table).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(path, `${JSON.stringify(sorted, null, 2)}\n`);
});
