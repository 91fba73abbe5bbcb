/** Every screen in the states worth looking at. `act` gets the page after the first drawing. */
const route = (name, more = {}) => ({ routes: [{ name, ...more }] });
const CODE = '7KQ2-M9DX-4TVA-0HRN-ZB8E-1WGS-P6JC-3FY5';
const field = (page, n = 0) => page.locator('input').nth(n);
const TAB = [1100, 800];

export const scenes = {
  welcome: { state: 'absent' },
  'welcome-tab': { state: 'absent', size: TAB },
  'sign-in': { state: 'absent', ...route('sign-in') },
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
