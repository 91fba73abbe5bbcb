import { useSignal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { t } from '../../shared/i18n.ts';
import { choice, DEFAULT_CHOICE, loadChoice, optionsOf } from '../items/generator-choice.ts';
import { Button, Dialog, IconButton, Link, PasswordField } from '../parts/index.ts';
import { attempt, ui } from '../state.ts';
import type { EditorPart } from './editor-fields.tsx';
import { GeneratorPanel } from './generator-panel.tsx';

/** The password, with one press to a generated one and a second to how it is made. */
export function EditorPassword({ editor, state }: EditorPart) {
  const [shown, setShown] = useState(false);
  const generated = useSignal('');
  const choosing = useSignal(false);
  const { password } = state.item;

  const put = async (value: string): Promise<void> => {
    // Kept in the history before it is used anywhere, so that it can't get lost.
    await ui.rememberGenerated({ value });
    generated.value = value;
    setShown(true);
    editor.edit({ password: value });
  };
  const generate = (): void => {
    void attempt(async () => {
      await loadChoice();
      await put((await ui.generate(optionsOf(choice.peek()) ?? DEFAULT_CHOICE.characters)).value);
    });
  };
  return (
    <div class="stack close">
      <PasswordField
        label={t('editor_password')}
        value={password}
        onInput={(next) => editor.edit({ password: next })}
        shown={shown}
        onShown={setShown}
        focusKey="password"
        trailing={<IconButton icon="wand" label={t('editor_generate')} onClick={generate} focusKey="generate" />}
      />
      {password !== '' && password === generated.value && (
        <div>
          <Link onClick={() => (choosing.value = true)}>{t('editor_generate_options')}</Link>
        </div>
      )}
      {choosing.value && <ChooseGenerated onClose={() => (choosing.value = false)} onUse={(value) => void attempt(() => put(value))} />}
    </div>
  );
}

function ChooseGenerated({ onClose, onUse }: { onClose: () => void; onUse: (value: string) => void }) {
  const value = useSignal('');
  return (
    <Dialog
      title={t('generator_title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('close')}</Button>
          <Button
            kind="primary"
            disabled={value.value === ''}
            onClick={() => {
              onUse(value.value);
              onClose();
            }}
          >
            {t('generator_use')}
          </Button>
        </>
      }
    >
      <GeneratorPanel value={value} />
    </Dialog>
  );
}
