/** The menu of a field: a list to choose from, narrowed by typing. Nothing is chosen beforehand (S-56). */
import type { MenuAct, MenuRow, MenuView } from '../../shared/menu.ts';
import { monogram } from '../../shared/monogram.ts';
import { make, request, t } from './frame.ts';

/** More than anybody reads; typing finds the others. */
const SHOWN = 40;

export function drawMenu(view: MenuView): Element[] {
  if (view.state !== 'open') return [head(view), closed(view)];
  const list = make('div', { id: 'list', class: 'list', role: 'listbox', 'aria-label': t('menu_label') });
  const search = searchField(view);
  const fill = (): void => {
    const wanted = folded(search.value);
    const rows = view.rows.filter(({ name, detail }) => folded(`${name} ${detail}`).includes(wanted));
    const options = rows.slice(0, SHOWN).map((row) => rowOf(row, rows.length));
    list.replaceChildren(...(wanted === '' ? suggestion(view) : []), ...options);
    list.hidden = list.childElementCount === 0;
    none.hidden = !list.hidden;
    more.hidden = rows.length <= SHOWN;
    select(search, list, null);
  };
  const none = make('p', { class: 'empty', text: t(view.rows.length > 0 ? 'menu_nothing_found' : 'menu_nothing') });
  const more = make('p', { class: 'more', text: t('menu_more') });
  search.addEventListener('input', fill);
  search.addEventListener('keydown', (event) => onKey(event, search, list));
  fill();
  return [head(view, search), make('main', { class: 'body' }, list, none, more), foot()];
}

const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

function head(view: MenuView, search?: HTMLElement): Element {
  const bar = make('header', {}, search ?? make('strong', { text: 'Sesame' }));
  if (!search) bar.append(make('span', { class: 'host', text: view.host }));
  return bar;
}

function searchField(view: MenuView): HTMLInputElement {
  return make('input', {
    type: 'search',
    role: 'combobox',
    'data-first': '',
    'aria-label': t('menu_filter'),
    'aria-controls': 'list',
    'aria-expanded': 'true',
    'aria-autocomplete': 'list',
    autocomplete: 'off',
    spellcheck: 'false',
    placeholder: t('menu_filter_for', view.host),
  });
}

/** Never a field to type a secret into (S-53): the toolbar is where Sesame is opened. */
function closed({ state }: MenuView): Element {
  const text = make('p', { text: t(state === 'locked' ? 'menu_locked' : 'menu_absent') });
  const open = make('button', { type: 'button', class: 'primary', text: t('menu_open') });
  open.addEventListener('click', (event) => void choose(event, { act: 'open-sesame' }));
  return make('main', { class: 'body closed' }, text, open);
}

function foot(): Element {
  const open = make('button', { type: 'button', class: 'quiet', text: t('menu_open') });
  open.addEventListener('click', (event) => void choose(event, { act: 'open-sesame' }));
  return make('footer', {}, open);
}

const choose = (event: MouseEvent | KeyboardEvent, act: MenuAct): Promise<void> => request(event, act);

let options = 0;
function option(className: string, act: MenuAct, label: string, ...children: Element[]): HTMLElement {
  options += 1;
  const element = make('div', { id: `o${options}`, role: 'option', class: className, 'aria-selected': 'false' }, ...children);
  if (label !== '') element.setAttribute('aria-label', label);
  element.addEventListener('click', (event) => void choose(event, act));
  acts.set(element, act);
  return element;
}
const acts = new WeakMap<Element, MenuAct>();

function rowOf(row: MenuRow, of: number): Element {
  const { letter, hue } = monogram(row.name);
  const mark = make('span', { class: 'monogram', 'aria-hidden': 'true', text: letter });
  mark.style.setProperty('--hue', String(hue));
  const words = make(
    'span',
    { class: 'words' },
    make('span', { class: 'name', text: row.name }),
    make('span', { class: 'detail', text: row.detail }),
  );
  const main = option('row', { act: 'fill', id: row.id }, '', mark, words);
  main.setAttribute('aria-setsize', String(of));
  const line = make('div', { class: 'line', role: 'none' }, main);
  if (row.hasCode) {
    const code = option(
      'code',
      { act: 'copy-code', id: row.id },
      t('menu_copy_code_of', row.name),
      make('span', { text: t('menu_copy_code') }),
    );
    line.append(code);
  }
  return line;
}

/** A password to be, shown in full: it is nobody's yet. */
function suggestion({ suggested }: MenuView): Element[] {
  if (suggested === null) return [];
  const words = make(
    'span',
    { class: 'words' },
    make('span', { class: 'name', text: t('menu_use_suggested') }),
    make('span', { class: 'detail mono', text: suggested }),
  );
  const main = option('row', { act: 'suggested' }, '', words);
  const other = option('code', { act: 'another' }, t('menu_another_label'), make('span', { text: t('menu_another') }));
  return [make('div', { class: 'line', role: 'none' }, main, other)];
}

function select(search: HTMLElement, list: Element, chosen: Element | null): void {
  for (const each of list.querySelectorAll('[role=option]')) each.setAttribute('aria-selected', String(each === chosen));
  if (chosen) search.setAttribute('aria-activedescendant', chosen.id);
  else search.removeAttribute('aria-activedescendant');
  chosen?.scrollIntoView({ block: 'nearest' });
}

function onKey(event: KeyboardEvent, search: HTMLElement, list: Element): void {
  if (!event.isTrusted) return;
  const all = [...list.querySelectorAll('[role=option]')];
  const now = all.findIndex((each) => each.getAttribute('aria-selected') === 'true');
  const act = now >= 0 ? acts.get(all[now] as Element) : undefined;
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step !== 0 && all.length > 0) {
    event.preventDefault();
    const next = now < 0 ? (step > 0 ? 0 : all.length - 1) : (now + step + all.length) % all.length;
    select(search, list, all[next] ?? null);
  } else if (event.key === 'Enter') {
    event.preventDefault();
    if (act) void choose(event, act);
  }
}
