/** The question whether to save a sign-in. The password is never shown, nor known here; nothing is chosen by itself. */
import type { PromptAct, PromptView } from '../../shared/menu.ts';
import { make, request, t } from './frame.ts';

export function drawPrompt(view: PromptView): Element[] {
  if (view.state === 'locked') return [head('Sesame', view.host), sayLocked(), foot(button('not-now', t('prompt_not_now')))];
  if (view.state === 'saved') return drawSaved(view);
  return drawQuestion(view);
}

const act = (event: MouseEvent, wanted: PromptAct): Promise<void> => request(event, wanted);

function head(title: string, host: string): Element {
  return make('header', {}, make('strong', { text: title }), make('span', { class: 'host', text: host }));
}

function foot(...children: Element[]): Element {
  return make('footer', { class: 'answers' }, ...children);
}

function button(wanted: 'not-now' | 'never' | 'undo' | 'unlock', text: string, kind = 'quiet'): Element {
  const element = make('button', { type: 'button', class: kind, text });
  element.addEventListener('click', (event) => void act(event, { act: wanted }));
  return element;
}

/** Never a field to type the master password into (S-53). */
function sayLocked(): Element {
  return make('main', { class: 'body closed' }, make('p', { text: t('prompt_locked') }), button('unlock', t('prompt_unlock'), 'primary'));
}

function drawSaved({ verdict, host, name }: PromptView): Element[] {
  const text = t(verdict === 'update' ? 'prompt_updated' : 'prompt_saved');
  const body = make('main', { class: 'body closed' }, make('p', { role: 'status', text }), make('p', { class: 'detail', text: name }));
  return [head('Sesame', host), body, foot(button('undo', t('prompt_undo')), button('not-now', t('prompt_done')))];
}

function field(id: string, label: string, value: string): { row: HTMLElement; input: HTMLInputElement } {
  const input = make('input', { id, type: 'text', maxlength: '1000', autocomplete: 'off', spellcheck: 'false' });
  input.value = value;
  return { row: make('div', { class: 'entry' }, make('label', { for: id, text: label }), input), input };
}

function drawQuestion(view: PromptView): Element[] {
  const title = make('strong');
  const username = field('username', t('prompt_username'), view.username);
  const name = field('name', t('prompt_name'), view.itemId === null ? view.name : view.host);
  const target = make('select', { id: 'target' }, make('option', { value: '', text: t('prompt_new') }));
  for (const each of view.candidates) {
    target.append(make('option', { value: each.id, text: each.detail === '' ? each.name : `${each.name} (${each.detail})` }));
  }
  target.value = view.itemId ?? '';
  const into = make('div', { class: 'entry' }, make('label', { for: 'target', text: t('prompt_target') }), target);
  into.hidden = view.candidates.length === 0;
  const dots = make('span', { class: 'mono', text: '••••••••' });
  const password = make('div', { class: 'entry' }, make('span', { text: t('prompt_password') }), dots);
  const save = make('button', { type: 'button', class: 'primary' });
  save.addEventListener('click', (event) => {
    void act(event, { act: 'save', itemId: target.value || null, name: name.input.value, username: username.input.value });
  });
  const drawn = (): void => {
    const isNew = target.value === '';
    // The item keeps its own names.
    username.row.hidden = !isNew;
    name.row.hidden = !isNew;
    title.textContent = t(isNew ? 'prompt_save_title' : 'prompt_update_title');
    save.textContent = t(isNew ? 'prompt_save' : 'prompt_update');
  };
  target.addEventListener('change', drawn);
  drawn();
  const bar = make('header', {}, title, make('span', { class: 'host', text: view.host }));
  const answers = foot(button('never', t('prompt_never')), button('not-now', t('prompt_not_now')), save);
  return [bar, make('main', { class: 'body' }, into, username.row, name.row, password), answers];
}
