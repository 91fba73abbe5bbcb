/** Every screen in the states worth looking at. `act` gets the page after the first drawing. */
const route = (name, more = {}) => ({ routes: [{ name, ...more }] });
const CODE = '7KQ2-M9DX-4TVA-0HRN-ZB8E-1WGS-P6JC-3FY5';
const field = (page, n = 0) => page.locator('input').nth(n);
const TAB = [1100, 800];

const DAY = 86_400_000;
const AT = Date.parse('2026-11-22T10:00:11Z');
const AT_SERVER = { email: 'alice@example.org', server: 'https://sesame.example' };
const signIn = async (page) => {
  await page.locator('input[type=password]').fill('right');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(400);
};
const SEALED = {
  id: 's0',
  where: 'account',
  gen: '0b'.repeat(16),
  at: AT - 3 * DAY,
  eraseAt: AT + 87 * DAY,
  undoUntil: AT + 11 * DAY,
  items: 212,
  fingerprint: '4TVA-0HRN',
};

export const scenes = {
  welcome: { state: 'absent' },
  'welcome-tab': { state: 'absent', size: TAB },
  'sign-in': { state: 'absent', ...route('sign-in') },
  'sign-in-wrong': {
    state: 'absent',
    ...route('sign-in', { email: 'alice@example.org' }),
    act: async (page) => {
      await page.locator('input[type=password]').fill('wrong');
      await page.keyboard.press('Enter');
      await page.waitForTimeout(400);
    },
  },
  'sign-in-found': { state: 'absent', ...route('sign-in', { email: 'alice@example.org' }), act: signIn },
  'sign-in-found-unlike': {
    state: 'absent',
    ...route('sign-in', { email: 'alice@example.org' }),
    act: async (page) => {
      await signIn(page);
      await page.locator('main a').first().click();
    },
  },
  'sign-in-merge': {
    ...route('sign-in', { email: 'alice@example.org' }),
    state: 'unlocked',
    act: async (page) => {
      await signIn(page);
      await page.locator('main').evaluate((body) => body.scrollTo(0, 9999));
    },
  },
  'sign-in-help': { state: 'absent', ...route('sign-in-help', AT_SERVER) },
  'sign-in-code': { state: 'absent', ...route('sign-in-code', AT_SERVER) },
  'account-code': { ...route('account-code', { at: AT_SERVER, send: false, kit: null }) },
  'kit-account': { account: {}, ...route('recovery-kit', { code: CODE, after: 'created' }) },
  'ways-back-account-open': { account: {}, ...route('ways-back') },
  'join-account': { ...route('join-account') },
  'list-synced': { account: {} },
  'list-waiting': { account: { waiting: 3 } },
  'list-unreachable': { account: { waiting: 3, problem: 'offline' } },
  'list-suspended': { account: { state: 'suspended', reason: 'rollback' } },
  'list-signed-out': { account: { state: 'signed-out' } },
  'list-behind': { account: { passwordBehind: true } },
  'list-deleting': { account: { deleteAt: AT + 20 * DAY } },
  'settings-account': {
    account: {},
    ...route('settings'),
    act: (page) => page.locator('[data-focus=sync-now]').evaluate((button) => button.closest('section').scrollIntoView()),
  },
  'settings-no-account': {
    ...route('settings'),
    act: (page) => page.locator('[data-focus=to-join-account]').evaluate((button) => button.closest('section').scrollIntoView()),
  },
  account: { account: {}, ...route('account') },
  'account-foot': { account: {}, ...route('account'), act: (page) => page.locator('main').evaluate((body) => body.scrollTo(0, 9999)) },
  'account-hint': { account: {}, ...route('account-hint', { hint: 'Breakfast at the old house' }) },
  'change-email': { account: {}, ...route('change-email', { pending: null }) },
  'change-email-code': { account: {}, ...route('change-email', { pending: 'alice@new.example' }) },
  devices: { account: {}, ...route('devices') },
  'devices-out': { account: {}, ...route('devices'), act: (page) => page.locator(`[data-focus="out-${'2'.repeat(32)}"]`).click() },
  'devices-rename': { account: {}, ...route('devices'), act: (page) => page.locator(`[data-focus="rename-${'2'.repeat(32)}"]`).click() },
  'leave-account': { account: { waiting: 3 }, ...route('leave-account') },
  'delete-account': { account: {}, ...route('delete-account') },
  'bring-password': { account: { passwordBehind: true }, ...route('bring-password') },
  suspended: { account: { state: 'suspended', reason: 'rollback' }, ...route('suspended') },
  'suspended-foot': {
    account: { state: 'suspended', reason: 'forged' },
    ...route('suspended'),
    act: (page) => page.locator('main').evaluate((body) => body.scrollTo(0, 9999)),
  },
  'suspended-push': {
    account: { state: 'suspended', reason: 'fork' },
    ...route('suspended'),
    act: (page) => page.locator('[data-focus=push]').click(),
  },
  'set-password-account': {
    account: {},
    ...route('set-password', { code: CODE }),
    act: (page) => page.locator('main').evaluate((body) => body.scrollTo(0, 9999)),
  },
  'create-account': {
    state: 'absent',
    ...route('create'),
    act: async (page) => {
      await page.locator('input[value=account]').click();
      await page.locator('main').evaluate((body) => body.scrollTo(0, 9999));
    },
  },
  create: { state: 'absent', ...route('create') },
  'create-typed': {
    state: 'absent',
    ...route('create'),
    size: TAB,
    act: async (page) => {
      await field(page, 0).fill('toasted seeds');
      await field(page, 1).fill('toasted seedz');
      await field(page, 2).fill('it is toasted seeds');
      await page.waitForTimeout(600);
    },
  },
  kit: { ...route('recovery-kit', { code: CODE, after: 'created' }) },
  'kit-typing': { ...route('recovery-kit', { code: CODE, after: 'used' }), act: (page) => field(page).fill('AB') },
  biometrics: { ...route('biometrics', { first: true }), tab: true, passkeys: 0 },
  locked: { state: 'locked' },
  'locked-tab': { state: 'locked', size: TAB },
  'locked-hint': { state: 'locked', act: (page) => page.locator('[data-focus=hint]').click() },
  'locked-wrong': {
    state: 'locked',
    act: async (page) => {
      await field(page).fill(' toasted ');
      await page.keyboard.press('Enter');
      await page.waitForTimeout(400);
    },
  },
  'locked-no-passkey': { state: 'locked', passkeys: 0 },
  'locked-damage': { state: 'locked', damage: true, unlock: 'damaged' },
  'locked-slow': {
    state: 'locked',
    act: async (page) => {
      await page.evaluate(() => localStorage.setItem('slow', '5000'));
      await field(page).fill('slow');
      await page.keyboard.press('Enter');
      await page.waitForTimeout(2300);
    },
  },
  'why-not': { state: 'locked', passkeys: 0, ...route('why-not') },
  'why-not-answered': { state: 'locked', problem: 'not-allowed', ...route('why-not') },
  'ways-back-locked': { state: 'locked', ...route('ways-back') },
  'ways-back-locked-tab': { state: 'locked', passkeys: 0, size: TAB, ...route('ways-back') },
  'ways-back-open': { passkeys: 2, ...route('ways-back') },
  'ways-back-open-poor': { passkeys: 0, proved: 1, ...route('ways-back') },
  'use-recovery': { state: 'locked', ...route('use-recovery') },
  'set-password': { ...route('set-password', { code: CODE }) },
  'start-over': { state: 'locked', ...route('start-over') },
  'start-over-saved': { state: 'locked', ...route('start-over'), act: (page) => page.locator('main button').first().click() },
  'ways-back-account': { state: 'locked', account: {}, ...route('ways-back') },
  'ways-back-account-foot': {
    state: 'locked',
    account: {},
    ...route('ways-back'),
    act: (page) => page.locator('main').evaluate((body) => body.scrollTo(0, 9999)),
  },
  'ways-back-account-sent': {
    state: 'locked',
    account: {},
    ...route('ways-back'),
    act: async (page) => {
      await page.locator('form [type=submit]').click();
      await page.locator('main').evaluate((body) => body.scrollTo(0, 9999));
    },
  },
  reset: { state: 'locked', account: {}, ...route('reset') },
  'reset-absent': { state: 'absent', ...route('reset', { email: 'alice@example.org' }) },
  'reset-sent': {
    state: 'absent',
    ...route('reset', { email: 'alice@example.org' }),
    act: (page) => page.locator('[type=submit]').click(),
  },
  'reset-code': { state: 'absent', ...route('reset-code') },
  'reset-new': { state: 'locked', account: {}, ...route('reset-new') },
  'reset-new-tab': { state: 'locked', account: {}, ...route('reset-new'), size: TAB },
  'reset-strange': { state: 'absent', ...route('reset-new') },
  'hint-mail': { state: 'locked', account: {}, ...route('hint-mail') },
  'sealed-vaults': { account: {}, ...route('sealed-vaults') },
  'sealed-open': { account: {}, ...route('sealed-open', { view: SEALED }) },
  'sealed-open-foot': {
    account: {},
    ...route('sealed-open', { view: SEALED }),
    act: (page) => page.locator('main').evaluate((body) => body.scrollTo(0, 9999)),
  },
  'sealed-opened': {
    account: {},
    ...route('sealed-open', { view: SEALED }),
    act: async (page) => {
      await field(page).fill('the old one');
      await page.keyboard.press('Enter');
      await page.waitForTimeout(200);
    },
  },
  'sealed-here': { account: {}, ...route('sealed-open', { view: { ...SEALED, where: 'browser', items: null, eraseAt: null } }) },
  'sealed-soon': { account: {}, ...route('sealed-open', { view: { ...SEALED, eraseAt: AT + 5 * DAY, undoUntil: null } }) },
  'undo-reset': { account: 'reset', ...route('undo-reset') },
  'undo-reset-copy': { account: {}, ...route('undo-reset') },
  'list-reset': { account: 'reset' },
  'locked-asked': {
    state: 'locked',
    account: {},
    act: async (page) => {
      await field(page).fill('wrong');
      await page.keyboard.press('Enter');
      await page.waitForTimeout(400);
    },
  },
  'open-backup': { state: 'absent', ...route('open-backup'), tab: true },
  'open-backup-chosen': {
    state: 'absent',
    ...route('open-backup'),
    tab: true,
    act: async (page) => {
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'v.sesame', mimeType: 'application/octet-stream', buffer: Buffer.from('x') });
      await page.waitForTimeout(200);
    },
  },
  damaged: { state: 'damaged', damage: true },
  'damaged-open': { damage: true, ...route('damaged') },
  list: {},
  'list-practice': { practice: true },
  'list-practice-missed': {
    practice: true,
    act: async (page) => {
      await page.locator('.practice input').fill('not it');
      await page.keyboard.press('Enter');
      await page.waitForTimeout(300);
    },
  },
  'list-tab': { size: TAB },
  'list-many': { count: 10_000 },
  'list-empty': { count: 0 },
  'list-search': { act: (page) => page.getByRole('searchbox').fill('al') },
  'list-none': { act: (page) => page.getByRole('searchbox').fill('zzz') },
  'list-menu': { act: (page) => page.locator('.virtual-row .menu-host button').nth(1).click() },
  'list-damage': { damage: true, proved: 1 },
  'fill-refused': { fill: 'insecure-page', act: (page) => page.locator('.site-rows .button').first().click() },
  'fill-no-match': { fill: 'no-match', act: (page) => page.locator('.site-rows .button').first().click() },
  'fill-confirm': { fill: 'confirm', act: (page) => page.locator('.site-rows .button').first().click() },
  'fill-confirm-frame': { fill: 'confirm-frame', act: (page) => page.locator('.site-rows .button').first().click() },
  'list-save': { waiting: 'new' },
  'list-update': { waiting: 'update' },
  'list-cards': { act: (page) => page.locator('.kind-filter').selectOption('card') },
  item: { ...route('item', { id: 'a0' }) },
  'item-shown': { ...route('item', { id: 'a0' }), act: (page) => page.locator('[data-focus="show-password"]').click() },
  'item-foot': { ...route('item', { id: 'a0' }), act: (page) => page.locator('main').evaluate((body) => body.scrollTo(0, 9999)) },
  'item-card': { ...route('item', { id: 'a3' }) },
  'item-identity': { ...route('item', { id: 'a4' }) },
  'item-note': { ...route('item', { id: 'a6' }) },
  new: { ...route('new') },
  edit: { ...route('edit', { id: 'a0', kind: 'login' }) },
  'edit-card': { ...route('edit', { id: '', kind: 'card' }) },
  'edit-generated': { ...route('edit', { id: '', kind: 'login' }), act: (page) => page.locator('[data-focus="generate"]').click() },
  'edit-wrong': {
    ...route('edit', { id: '', kind: 'login' }),
    act: async (page) => {
      await page.locator('[data-focus="website-0"]').fill('two words');
      await page.locator('[data-focus="totp"]').fill('JBSW0');
      await page.locator('.screen-foot [type=submit]').click();
    },
  },
  'edit-discard': {
    ...route('edit', { id: '', kind: 'login' }),
    act: async (page) => {
      await page.locator('[data-focus="username"]').fill('alice');
      await page.locator('.screen-foot button').first().click();
    },
  },
  history: { ...route('history', { id: 'a0' }) },
  generator: { ...route('generator') },
  'generator-words': { ...route('generator'), act: (page) => page.locator('.segments label').nth(1).click() },
  health: { ...route('health') },
  settings: { ...route('settings') },
  'settings-middle': { ...route('settings'), act: (page) => page.locator('main').evaluate((body) => body.scrollTo(0, 560)) },
  'settings-foot': { ...route('settings'), act: (page) => page.locator('main').evaluate((body) => body.scrollTo(0, 9999)) },
  equivalents: { ...route('equivalents') },
  never: { ...route('never') },
  'page-report': { ...route('page-report') },
  'http-auth': { ...route('http-auth') },
  import: { ...route('import'), tab: true },
  'import-popup': { ...route('import') },
  'import-found': {
    ...route('import'),
    tab: true,
    act: async (page) => {
      await page.locator('input[type=file]').setInputFiles({ name: 'export.csv', mimeType: 'text/csv', buffer: Buffer.from('x') });
      await page.waitForTimeout(200);
    },
  },
  export: { ...route('export') },
  'export-readable': { ...route('export'), act: (page) => page.locator('.card .button').nth(1).click() },
  bin: { ...route('bin') },
  'bin-confirm': { ...route('bin'), act: (page) => page.locator('.header .button').click() },
};
