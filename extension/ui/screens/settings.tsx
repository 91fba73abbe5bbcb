import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { LockAfter, Prefs, SettingsView } from '../../shared/api.ts';
import { t } from '../../shared/i18n.ts';
import { Card, type IconName, ListRow, Screen, Section, Select, say } from '../parts/index.ts';
import { go, type Route } from '../route.ts';
import { attempt, refresh, status, ui } from '../state.ts';
import { FillingSection } from './settings-filling.tsx';
import { AboutSection, AccountSection, BackupsSection } from './settings-sections.tsx';

export function SettingsScreen() {
  const settings = useSignal<SettingsView | null>(null);
  useEffect(() => {
    void attempt(async () => {
      settings.value = await ui.settings();
    });
  }, []);
  const save = (change: { lockAfter?: LockAfter; vaultName?: string }): void => {
    const now = settings.value;
    if (!now) return;
    settings.value = { ...now, ...change };
    void attempt(async () => {
      await ui.saveSettings({ lockAfter: now.lockAfter, vaultName: now.vaultName, ...change });
      await refresh();
    }).then((done) => {
      if (done) say(t('settings_saved'));
      else settings.value = now;
    });
  };
  return (
    <Screen title={t('settings_title')}>
      <div class="stack wide">
        <SecuritySection lockAfter={settings.value?.lockAfter ?? 15} onLockAfter={(lockAfter) => save({ lockAfter })} />
        <AppearanceSection />
        <ToolsSection />
        <FillingSection />
        <BackupsSection />
        <AccountSection vaultName={settings.value?.vaultName ?? ''} onVaultName={(vaultName) => save({ vaultName })} />
        <AboutSection />
      </div>
    </Screen>
  );
}

/** A row that leads to another screen. */
export function Leads({ to, icon, text, detail }: { to: Route; icon: IconName; text: string; detail?: string }) {
  return (
    <li>
      <ListRow icon={icon} title={text} {...(detail && { detail })} described focusKey={`to-${to.name}`} onClick={() => go(to)} />
    </li>
  );
}

function SecuritySection({ lockAfter, onLockAfter }: { lockAfter: LockAfter; onLockAfter: (minutes: LockAfter) => void }) {
  const times = [
    { value: '1', label: t('settings_lock_1') },
    { value: '5', label: t('settings_lock_5') },
    { value: '15', label: t('settings_lock_15') },
    { value: '60', label: t('settings_lock_60') },
    { value: '0', label: t('settings_lock_0') },
  ];
  return (
    <Section title={t('settings_security')}>
      <Select
        label={t('settings_lock_after')}
        value={String(lockAfter)}
        options={times}
        note={t('settings_lock_note')}
        onChange={(value) => onLockAfter(Number(value) as LockAfter)}
      />
      <Card list>
        <Leads to={{ name: 'set-password' }} icon="key" text={t('settings_set_password')} />
        <Leads to={{ name: 'biometrics', first: false }} icon="fingerprint" text={t('settings_biometrics')} />
        <Leads to={{ name: 'ways-back' }} icon="code" text={t('settings_recovery')} />
      </Card>
    </Section>
  );
}

function AppearanceSection() {
  const prefs = status.value?.prefs ?? { theme: 'system', language: 'system' };
  const put = (change: Partial<Prefs>): void => {
    void attempt(async () => {
      await ui.setPrefs({ ...prefs, ...change });
      await refresh();
    });
  };
  const themes = [
    { value: 'system' as const, label: t('settings_theme_system') },
    { value: 'light' as const, label: t('settings_theme_light') },
    { value: 'dark' as const, label: t('settings_theme_dark') },
  ];
  // Each language by its own name: who can't read the present one still finds theirs.
  const languages = [
    { value: 'system' as const, label: t('settings_language_system') },
    { value: 'en' as const, label: 'English' },
    { value: 'it' as const, label: 'Italiano' },
  ];
  return (
    <Section title={t('settings_appearance')}>
      <Select label={t('settings_theme')} value={prefs.theme} options={themes} onChange={(theme) => put({ theme })} />
      <Select label={t('settings_language')} value={prefs.language} options={languages} onChange={(language) => put({ language })} />
    </Section>
  );
}

function ToolsSection() {
  return (
    <Section title={t('settings_tools')}>
      <Card list>
        <Leads to={{ name: 'ways-back' }} icon="door" text={t('settings_ways_back')} />
        <Leads to={{ name: 'generator' }} icon="shuffle" text={t('generator_title')} />
        <Leads to={{ name: 'health' }} icon="health" text={t('health_title')} />
        <Leads to={{ name: 'bin' }} icon="trash" text={t('bin_title')} />
      </Card>
    </Section>
  );
}
