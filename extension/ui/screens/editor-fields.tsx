import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { type TextKey, t } from '../../shared/i18n.ts';
import { brandOf, digitsOf, expiryFrom, isPlausible } from '../items/cards.ts';
import type { EditProblem, EditState } from '../items/edit-state.ts';
import { fieldText } from '../items/field-name.ts';
import { type FieldSpec, fieldsOf, unnamedFields } from '../items/fields.ts';
import { acceptTag, suggestTags } from '../items/tags.ts';
import type { Editor } from '../items/use-editor.ts';
import { PasswordField, TextArea, TextField } from '../parts/index.ts';
import { changes, ui } from '../state.ts';
import { EditorCode } from './editor-code.tsx';
import { EditorCustom } from './editor-custom.tsx';
import { EditorPassword } from './editor-password.tsx';
import { EditorWebsites } from './editor-websites.tsx';
import { expiryText } from './expiry.tsx';

export interface EditorPart {
  editor: Editor;
  state: EditState;
}

const REASON: Record<Exclude<EditProblem['reason'], 'totp'>, TextKey> = {
  'name-missing': 'editor_name_missing',
  'not-address': 'editor_not_address',
  'not-web': 'editor_not_web',
  regex: 'editor_regex_bad',
  'field-name': 'editor_field_name_missing',
};

/** What is wrong with a field, in words; undefined when all is well. */
export function errorOf(editor: Editor, field: EditProblem['field']): string | undefined {
  const reason = editor.reasonOf(field);
  return reason === null || reason === 'totp' ? undefined : t(REASON[reason]);
}

export function EditorFields({ editor, state, isNew }: EditorPart & { isNew: boolean }) {
  const { item } = state;
  const part = { editor, state };
  return (
    <>
      <TextField
        label={t('editor_name')}
        value={item.name}
        onInput={(name) => editor.edit({ name })}
        error={errorOf(editor, 'name')}
        autofocus={isNew && item.name === ''}
        focusKey="name"
      />
      {item.kind === 'login' && (
        <>
          <TextField
            label={t('editor_username')}
            value={item.username}
            onInput={(username) => editor.edit({ username })}
            autofocus={isNew && item.name !== ''}
            focusKey="username"
          />
          <EditorPassword {...part} />
          <EditorWebsites {...part} />
          <EditorCode {...part} />
        </>
      )}
      {(item.kind === 'card' || item.kind === 'identity') && <KindFields {...part} />}
      <TextArea
        label={t(item.kind === 'note' ? 'editor_note_body' : 'editor_notes')}
        value={item.notes}
        onInput={(notes) => editor.edit({ notes })}
        rows={item.kind === 'note' ? 10 : 3}
        focusKey="notes"
      />
      <EditorCustom {...part} />
      <Tags {...part} />
    </>
  );
}

function KindFields(part: EditorPart) {
  const { kind, fields } = part.state.item;
  return (
    <div class="kind-fields">
      {fieldsOf(kind).map((field) => (
        <div key={field.key} class={field.half ? undefined : 'wide'}>
          <KindField field={field} label={t(fieldText(field.key))} {...part} />
        </div>
      ))}
      {unnamedFields(kind, fields).map((key) => (
        <div key={key} class="wide">
          <KindField field={{ key, secret: false }} label={key} {...part} />
        </div>
      ))}
    </div>
  );
}

function KindField({ editor, state, field, label }: EditorPart & { field: FieldSpec; label: string }) {
  const value = state.item.fields[field.key] ?? '';
  const put = (next: string): void => editor.edit({ fields: { ...state.item.fields, [field.key]: next } });
  const note = field.key === 'cardNumber' ? cardNote(value) : field.key === 'expiryYear' ? expiryNote(state.item.fields) : null;
  const more = note === null ? {} : { note };
  if (field.secret)
    return (
      <PasswordField label={label} value={value} onInput={put} toggleTexts={[t('item_show', label), t('item_hide', label)]} {...more} />
    );
  return <TextField label={label} value={value} onInput={put} {...(field.inputMode && { inputMode: field.inputMode })} {...more} />;
}

/** Whose card it is, or that a digit may be wrong: said, never refused, because not every card has a check digit. */
function cardNote(number: string): string | null {
  const { length } = digitsOf(number);
  return length >= 12 && !isPlausible(number) ? t('card_number_doubtful') : brandOf(number);
}

const expiryNote = (fields: Record<string, string>): string | null =>
  expiryText(expiryFrom(fields['expiryMonth'] ?? '', fields['expiryYear'] ?? ''));

function Tags({ editor, state }: EditorPart) {
  const known = useSignal<string[]>([]);
  const change = changes.value;
  useEffect(() => {
    void ui.tags().then(
      (tags) => {
        known.value = tags;
      },
      () => undefined,
    );
  }, [change]);
  const offered = suggestTags(state.tagLine, known.value);
  return (
    <div class="stack close">
      <TextField label={t('editor_tags')} value={state.tagLine} onInput={editor.setTags} note={t('editor_tags_hint')} focusKey="tags" />
      {offered.length > 0 && (
        <ul class="line wrap" aria-label={t('editor_tag_suggestions')}>
          {offered.map((tag) => (
            <li key={tag}>
              <button type="button" class="badge tag-offer" onClick={() => editor.setTags(acceptTag(state.tagLine, tag))}>
                {tag}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
