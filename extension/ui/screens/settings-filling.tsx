import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { plural, t } from '../../shared/i18n.ts';
import { useFilling } from '../items/use-filling.ts';
import { Card, Checkbox, ListRow, Section, say } from '../parts/index.ts';
import { Leads } from './settings.tsx';

/** What fills pages, and what is never filled or saved. */
export function FillingSection() {
  const { filling, save } = useFilling();
  const set = (part: { icon?: boolean; copyCode?: boolean }): void => void save(part).then((done) => done && say(t('settings_saved')));
  return (
    <Section title={t('settings_filling')}>
      <Card>
        <Shortcut />
      </Card>
      <Checkbox
        label={t('settings_fill_icon')}
        note={t('settings_fill_icon_note')}
        checked={filling?.icon ?? true}
        disabled={filling === null}
        onChange={(icon) => set({ icon })}
      />
      <Checkbox
        label={t('settings_fill_code')}
        note={t('settings_fill_code_note')}
        checked={filling?.copyCode ?? false}
        disabled={filling === null}
        onChange={(copyCode) => set({ copyCode })}
      />
      <Card list>
        <Leads to={{ name: 'equivalents' }} icon="tab" text={t('equivalents_title')} detail={t('equivalents_detail')} />
        <Leads to={{ name: 'never' }} icon="lock" text={t('never_title')} detail={plural('never_detail', filling?.never.length ?? 0)} />
        <Leads to={{ name: 'page-report' }} icon="note" text={t('report_title')} detail={t('report_detail')} />
      </Card>
      <p class="small quiet">{t('settings_fill_never')}</p>
    </Section>
  );
}

function Shortcut() {
  const shortcut = useSignal<string | null>(null);
  useEffect(() => {
    void chrome.commands.getAll().then((commands) => {
      shortcut.value = commands.find((command) => command.name === 'fill')?.shortcut ?? '';
    });
  }, []);
  return (
    <ListRow
      icon="wand"
      roomy
      title={t('settings_fill_shortcut')}
      {...(shortcut.value === '' && { detail: t('settings_fill_shortcut_none') })}
      trailing={shortcut.value ? <kbd class="badge">{shortcut.value}</kbd> : undefined}
    />
  );
}
