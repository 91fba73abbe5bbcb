import { render } from 'preact';
import { expectTexts, loadTexts } from '../shared/i18n.ts';
import { App, NotStarted, onEscape } from './app.tsx';
import { goHome } from './home.ts';
import { askEarly } from './items/early.ts';
import { follow, inTab, keepAwake, refresh } from './state.ts';

async function start(): Promise<void> {
  expectTexts();
  askEarly();
  const [now, tab] = await Promise.all([refresh(), chrome.tabs.getCurrent()]);
  inTab.value = tab !== undefined;
  document.documentElement.classList.toggle('in-tab', inTab.value);
  goHome(now);
  follow(goHome);
  keepAwake();
  addEventListener('keydown', onEscape);
  const place = document.getElementById('app');
  if (place) render(<App />, place);
}

start().catch(async () => {
  await loadTexts('system');
  const place = document.getElementById('app');
  if (place) render(<NotStarted />, place);
});
