import { useSignal } from '@preact/signals';
import type { PasskeyView } from '../../shared/api.ts';
import { ago, t } from '../../shared/i18n.ts';
import { forgetPasskey } from '../parts/biometric.ts';
import { Button, Dialog, Menu, say, TextField } from '../parts/index.ts';
import { attempt, refresh, ui } from '../state.ts';

/** One enrolled device: its label, where its key lives, when it last opened the vault. */
export function PasskeyRow({ passkey }: { passkey: PasskeyView }) {
  const mode = useSignal<'rename' | 'remove' | null>(null);
  const name = useSignal(passkey.name);
  const { slotId } = passkey;
  const close = (): void => {
    mode.value = null;
  };
  const rename = (event: SubmitEvent): void => {
    event.preventDefault();
    close();
    void attempt(async () => {
      await ui.renamePasskey({ slotId, name: name.value.trim() || passkey.name });
      await refresh();
    });
  };
  const remove = (): void => {
    close();
    void attempt(async () => {
      await forgetPasskey(slotId);
      await refresh();
      say(t('passkey_removed'));
    });
  };
  return (
    <div class="line">
      <span class="grow stack close">
        <span class="strong passkey-name">{passkey.name}</span>
        <span>
          {passkey.synced ? t('passkey_synced') : t('passkey_only_here')}
          {' · '}
          {passkey.lastUsedAt === null ? t('passkey_added', ago(passkey.addedAt)) : t('passkey_used', ago(passkey.lastUsedAt))}
        </span>
      </span>
      <Menu
        label={t('passkey_more', passkey.name)}
        items={[
          {
            label: t('rename'),
            icon: 'edit',
            onSelect: () => {
              mode.value = 'rename';
            },
          },
          {
            label: t('remove'),
            icon: 'trash',
            danger: true,
            onSelect: () => {
              mode.value = 'remove';
            },
          },
        ]}
      />
      {mode.value === 'rename' && (
        <Dialog title={t('passkey_rename_title')} onClose={close}>
          <form class="stack" onSubmit={rename}>
            <TextField
              label={t('passkey_label')}
              value={name.value}
              onInput={(value) => {
                name.value = value;
              }}
              maxLength={100}
              autofocus
            />
            <div class="line end">
              <Button onClick={close}>{t('cancel')}</Button>
              <Button type="submit" kind="primary">
                {t('save')}
              </Button>
            </div>
          </form>
        </Dialog>
      )}
      {mode.value === 'remove' && (
        <Dialog
          title={t('passkey_remove_title', passkey.name)}
          onClose={close}
          actions={
            <>
              <Button onClick={close}>{t('cancel')}</Button>
              <Button kind="danger" onClick={remove}>
                {t('remove')}
              </Button>
            </>
          }
        >
          <p>{t('passkey_remove_more')}</p>
        </Dialog>
      )}
    </div>
  );
}
