import type { CustomField } from '../../shared/api.ts';
import { t } from '../../shared/i18n.ts';
import { removeAt, replaceAt } from '../items/edit-state.ts';
import { Button, Checkbox, IconButton, PasswordField, Select, TextField } from '../parts/index.ts';
import { type EditorPart, errorOf } from './editor-fields.tsx';

/** Fields with names of the person's own. */
export function EditorCustom({ editor, state }: EditorPart) {
  const { custom } = state.item;
  const put = (next: CustomField[]): void => editor.edit({ custom: next });
  return (
    <div class="stack tight">
      {custom.map((field, at) => (
        <div key={at} class="card padded stack tight" role="group" aria-label={field.name || t('editor_field_name')}>
          <TextField
            label={t('editor_field_name')}
            value={field.name}
            onInput={(name) => put(replaceAt(custom, at, { name }))}
            error={errorOf(editor, `custom-${at}`)}
            focusKey={`custom-${at}`}
            trailing={<IconButton icon="close" label={t('editor_remove_field')} onClick={() => put(removeAt(custom, at))} />}
          />
          <Select
            label={t('editor_field_kind')}
            value={field.kind}
            options={[
              { value: 'text', label: t('editor_field_text') },
              { value: 'hidden', label: t('editor_field_hidden') },
              { value: 'boolean', label: t('editor_field_boolean') },
            ]}
            onChange={(kind) =>
              put(replaceAt(custom, at, { kind, value: kind === 'boolean' ? 'false' : field.kind === 'boolean' ? '' : field.value }))
            }
          />
          <FieldValue field={field} onValue={(value) => put(replaceAt(custom, at, { value }))} />
        </div>
      ))}
      <div>
        <Button kind="quiet" icon="plus" onClick={() => put([...custom, { name: '', kind: 'text', value: '' }])}>
          {t('editor_add_field')}
        </Button>
      </div>
    </div>
  );
}

function FieldValue({ field, onValue }: { field: CustomField; onValue: (value: string) => void }) {
  if (field.kind === 'boolean')
    return <Checkbox label={t('editor_field_value')} checked={field.value === 'true'} onChange={(on) => onValue(String(on))} />;
  const label = t('editor_field_value');
  if (field.kind === 'text') return <TextField label={label} value={field.value} onInput={onValue} />;
  return <PasswordField label={label} value={field.value} onInput={onValue} toggleTexts={[t('item_show', label), t('item_hide', label)]} />;
}
