import { expect, test } from '@playwright/test';
import { withoutSecrets } from '../../../extension/background/ui/redact.ts';

test.describe('S-98: a draft that can not be sealed keeps no secret', () => {
  test('what looks like one is left out, at any depth', () => {
    const draft = { hint: 'h', masterPassword: 'p', repeat: 'p', more: { recoveryCode: 'c', name: 'n' }, list: [{ PIN: '1', label: 'l' }] };
    expect(JSON.parse(withoutSecrets(JSON.stringify(draft)) ?? '')).toEqual({ hint: 'h', more: { name: 'n' }, list: [{ label: 'l' }] });
  });
  test('nothing is kept of what can not be looked into', () => {
    for (const odd of ['hunter2', '"hunter2"', '["hunter2"]', '{"password":"hunter2"}', 'null', '{'])
      expect(withoutSecrets(odd)).toBeNull();
  });
});
