import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { ItemId, ItemKind } from '../../shared/api.ts';
import { type TextKey, t } from '../../shared/i18n.ts';
import { type Editor, useEditor } from '../items/use-editor.ts';
import { Button, Checkbox, Dialog, Link, Notice, Progress, Screen, say } from '../parts/index.ts';
import { back, replace } from '../route.ts';
import { EditorFields } from './editor-fields.tsx';

const NEW_TITLE: Record<ItemKind, TextKey> = {
  login: 'editor_new_login',
  card: 'editor_new_card',
  identity: 'editor_new_identity',
  note: 'editor_new_note',
};

/** Makes or changes one item. Leaving keeps what was typed; only Cancel, after asking, throws it away. */
export function EditorScreen({ id, kind }: { id: ItemId | ''; kind: ItemKind }) {
  const editor = useEditor(id, kind);
  const asking = useSignal(false);
  const form = useRef<HTMLFormElement>(null);

  const leave = async (): Promise<void> => {
    asking.value = false;
    await editor.drop();
    if (!back()) replace({ name: 'list' });
  };
  const cancel = (): void => {
    if (editor.isChanged) asking.value = true;
    else void leave();
  };
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    const saved = await editor.save();
    if (saved === null) return focusFirstProblem(form.current);
    say(t('editor_saved'));
    if (!back()) replace({ name: 'list' });
  };
  return (
    <Screen
      title={t(id === '' ? NEW_TITLE[kind] : 'editor_edit_title')}
      foot={
        <div class="line end">
          <Button onClick={cancel}>{t('editor_cancel')}</Button>
          <SaveButton disabled={editor.state === null || editor.saving} />
        </div>
      }
    >
      {editor.state === null ? (
        <Progress text={t('loading')} />
      ) : (
        <form id="editor" class="stack" ref={form} noValidate onSubmit={(event) => void save(event)}>
          {editor.restored && <RestoredNotice editor={editor} />}
          <EditorFields editor={editor} state={editor.state} isNew={id === ''} />
          <Checkbox
            label={t('editor_favourite')}
            checked={editor.state.item.favourite}
            onChange={(favourite) => editor.edit({ favourite })}
          />
        </form>
      )}
      {asking.value && <ConfirmDiscard onKeep={() => (asking.value = false)} onDiscard={() => void leave()} />}
    </Screen>
  );
}

/** Outside the form, at the foot of the screen, and still its submit button. */
function SaveButton({ disabled }: { disabled: boolean }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.setAttribute('form', 'editor'), []);
  return (
    <Button kind="primary" type="submit" disabled={disabled} buttonRef={button}>
      {t('editor_save')}
    </Button>
  );
}

function RestoredNotice({ editor }: { editor: Editor }) {
  return (
    <Notice icon="edit">
      <span>{t('editor_draft_found')}</span>
      <Link onClick={() => void editor.startOver()}>{t('editor_draft_discard')}</Link>
    </Notice>
  );
}

function ConfirmDiscard({ onKeep, onDiscard }: { onKeep: () => void; onDiscard: () => void }) {
  return (
    <Dialog
      title={t('editor_discard_title')}
      onClose={onKeep}
      actions={
        <>
          <Button onClick={onKeep} autofocus>
            {t('editor_keep')}
          </Button>
          <Button kind="danger" onClick={onDiscard}>
            {t('editor_discard')}
          </Button>
        </>
      }
    >
      <p>{t('editor_discard_text')}</p>
    </Dialog>
  );
}

function focusFirstProblem(form: HTMLFormElement | null): void {
  requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}
