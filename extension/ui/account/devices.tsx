import { useSignal } from '@preact/signals';
import type { AccountDevice } from '../../shared/account.ts';
import { date, recently, t } from '../../shared/i18n.ts';
import { Badge, Button, Dialog, Notice, Progress, Screen, say, TextField } from '../parts/index.ts';
import { attempt, ui } from '../state.ts';
import { useInfo } from './use-info.ts';
import { useProof } from './use-proof.tsx';

/** The browsers that may sync this vault, by the names that their person gave them. */
export function Devices() {
  const { info, failed, load } = useInfo();
  const naming = useSignal<AccountDevice | null>(null);
  const leaving = useSignal<AccountDevice | null>(null);
  const { run, dialog } = useProof('devices');

  const signOut = (device: AccountDevice): void => {
    leaving.value = null;
    void run(async (proof) => {
      await ui.removeDevice({ device: device.id, proof });
      await load();
      say(t('device_out', nameOf(device)));
    });
  };
  const devices = info.value?.devices ?? null;
  return (
    <Screen title={t('devices_title')}>
      <div class="stack">
        <p class="quiet">{t('devices_lead')}</p>
        {devices === null && !failed.value && <Progress text={t('account_asking')} />}
        {failed.value && <Button onClick={load}>{t('try_again')}</Button>}
        {devices && (
          <ul class="card ladder">
            {devices.map((device) => (
              <DeviceRow
                key={device.id}
                device={device}
                onRename={() => (naming.value = device)}
                onSignOut={() => (leaving.value = device)}
              />
            ))}
          </ul>
        )}
        {devices?.length === 1 && (
          <Notice>
            <span>{t('devices_only_one')}</span>
          </Notice>
        )}
      </div>
      {naming.value && <Rename device={naming.value} onClose={() => (naming.value = null)} onDone={load} />}
      {leaving.value && <SignOut device={leaving.value} onClose={() => (leaving.value = null)} onSignOut={signOut} />}
      {dialog}
    </Screen>
  );
}

const nameOf = ({ name }: AccountDevice): string => name || t('device_unnamed');

function DeviceRow(props: { device: AccountDevice; onRename: () => void; onSignOut: () => void }) {
  const { device, onRename, onSignOut } = props;
  const name = nameOf(device);
  return (
    <li class="rung">
      <div class="stack tight grow">
        <div class="line between top">
          <h2 class="strong">{name}</h2>
          {device.current && <Badge kind="good">{t('device_this')}</Badge>}
        </div>
        <p class="small quiet">{t('device_times', date(device.addedAt), recently(device.lastUsedAt))}</p>
        <div class="line wrap">
          <Button focusKey={`rename-${device.id}`} onClick={onRename} label={`${t('rename')} ${name}`}>
            {t('rename')}
          </Button>
          {!device.current && (
            <Button kind="quiet" focusKey={`out-${device.id}`} onClick={onSignOut} label={`${t('sign_out')} ${name}`}>
              {t('sign_out')}
            </Button>
          )}
        </div>
      </div>
    </li>
  );
}

function Rename({ device, onClose, onDone }: { device: AccountDevice; onClose: () => void; onDone: () => Promise<void> }) {
  const name = useSignal(device.name);
  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const typed = name.value.trim();
    if (typed === '') return;
    const done = await attempt(() => ui.renameDevice({ device: device.id, name: typed }));
    onClose();
    if (!done) return;
    await onDone();
    say(t('settings_saved'));
  };
  return (
    <Dialog title={t('device_rename_title')} onClose={onClose}>
      <form class="stack" onSubmit={save}>
        <TextField label={t('device_name')} value={name.value} maxLength={60} autofocus onInput={(value) => (name.value = value)} />
        <div class="line end">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" kind="primary" disabled={name.value.trim() === ''}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function SignOut(props: { device: AccountDevice; onClose: () => void; onSignOut: (device: AccountDevice) => void }) {
  const { device, onClose, onSignOut } = props;
  return (
    <Dialog
      title={t('device_out_title', nameOf(device))}
      onClose={onClose}
      actions={
        <>
          <Button autofocus onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button kind="danger" onClick={() => onSignOut(device)}>
            {t('sign_out')}
          </Button>
        </>
      }
    >
      <p>{t('device_out_text')}</p>
      <p class="quiet">{t('device_out_thief')}</p>
    </Dialog>
  );
}
