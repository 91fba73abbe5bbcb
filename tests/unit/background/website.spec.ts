import { expect, test } from '@playwright/test';
import { withReadAddresses } from '../../../extension/background/ui/website.ts';
import type { ItemEdit, Website } from '../../../extension/shared/api.ts';

const read = (url: string, match: Website['match'] = 'host'): string | undefined =>
  withReadAddresses({ websites: [{ url, match }] } as ItemEdit).websites[0]?.url;

test("S-67: only hosts outside ASCII are spelled anew, by the browser's own parser", () => {
  expect(read('münchen.example')).toBe('https://xn--mnchen-3ya.example/');
  expect(read('http://münchen.example:8080/a')).toBe('http://xn--mnchen-3ya.example:8080/a');
  expect(read('example.com')).toBe('example.com');
  expect(read('https://münchen\\.example/.*', 'regex')).toBe('https://münchen\\.example/.*');
  expect(read('not an ädress %%')).toBe('not an ädress %%');
});
