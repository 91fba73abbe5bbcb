/** The three fields of a new master password, with advice while typing. Used to create and to replace. */
import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { type TextKey, t } from '../../shared/i18n.ts';
import { ui } from '../../shared/rpc.ts';
import { AuthJob, type HintProblem } from '../auth.ts';
import { attempt } from '../state.ts';
import { type Strength, strength } from '../tools.ts';
import { Button } from './button.tsx';
import { PasswordField, TextField } from './field.tsx';
import { Meter } from './meter.tsx';
import { say } from './notice.tsx';

const HINT_MAX = 100;
/** Below this score somebody with the file would find the password in days. */
const WEAKEST = 2;

export interface NewPassword {
  password: Signal<string>;
  repeat: Signal<string>;
  hint: Signal<string>;
  strength: Signal<Strength | null>;
  hintProblem: Signal<HintProblem | null>;
  errors: Signal<{ password?: string; repeat?: string; hint?: string }>;
  /** Checks all three; false with the errors shown. */
  sound: () => Promise<boolean>;
}

export function useNewPassword(firstHint: string): NewPassword {
  const password = useSignal('');
  const repeat = useSignal('');
  const hint = useSignal(firstHint);
  const estimate = useSignal<Strength | null>(null);
  const hintProblem = useSignal<HintProblem | null>(null);
  const errors = useSignal<NewPassword['errors']['value']>({});

  useEffect(() => {
    errors.value = {};
    if (password.value === '') {
      estimate.value = null;
      return;
    }
    return later(150, async (signal) => {
      estimate.value = await strength(password.value, [], signal);
    });
  }, [password.value]);
  useEffect(() => {
    if (password.value === '' || hint.value === '') {
      hintProblem.value = null;
      return;
    }
    return later(300, async (signal) => {
      hintProblem.value = await AuthJob.checkHint(password.value, hint.value, signal);
    });
  }, [password.value, hint.value]);

  const sound = async (): Promise<boolean> => {
    const right = await check();
    // The field that is wrong may be out of sight, above or below.
    if (!right) requestAnimationFrame(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
    return right;
  };
  const check = async (): Promise<boolean> => {
    const reason = await AuthJob.passwordProblem(password.value);
    if (reason !== null) {
      errors.value = { password: t(`password_${reason.replaceAll('-', '_')}` as TextKey) };
      return false;
    }
    const found = await strength(password.value);
    estimate.value = found;
    if (found.score < WEAKEST) errors.value = { password: t('password_weak') };
    else if (repeat.value !== password.value) errors.value = { repeat: t('repeat_differs') };
    else {
      const bad = hint.value === '' ? null : await AuthJob.checkHint(password.value, hint.value);
      hintProblem.value = bad;
      if (bad === null) return true;
      errors.value = { hint: hintAdvice(bad) };
    }
    return false;
  };
  return { password, repeat, hint, strength: estimate, hintProblem, errors, sound };
}

/** Runs `work` after a pause in typing; a newer keystroke takes its place. */
function later(pause: number, work: (signal: AbortSignal) => Promise<void>): () => void {
  const job = new AbortController();
  const timer = setTimeout(() => void work(job.signal).catch(() => undefined), pause);
  return () => {
    clearTimeout(timer);
    job.abort();
  };
}

export const hintAdvice = (problem: HintProblem): string => t(`hint_${problem.replaceAll('-', '_')}` as TextKey);

interface Names {
  password: string;
  hintNote: string;
  draftHint?: (hint: string) => void;
}

export function NewPasswordFields({ fields, names }: { fields: NewPassword; names: Names }) {
  const { password, repeat, hint, errors, hintProblem } = fields;
  const shown = useSignal(false);
  const suggest = (): Promise<boolean> =>
    attempt(async () => {
      const made = await ui.generate({ mode: 'passphrase', words: 5, separator: '-', capitalise: false, digit: true });
      password.value = made.value;
      repeat.value = '';
      shown.value = true;
      say(t('passphrase_suggested'));
    });
  const set = (signal: Signal<string>) => (value: string) => {
    signal.value = value;
    errors.value = {};
  };
  return (
    <>
      <div class="stack tight">
        <PasswordField
          label={names.password}
          value={password.value}
          onInput={set(password)}
          shown={shown.value}
          onShown={(on) => {
            shown.value = on;
          }}
          autocomplete="new-password"
          autofocus
          error={errors.value.password}
        />
        <StrengthMeter strength={fields.strength.value} typed={password.value !== ''} />
        <div>
          <Button kind="quiet" inset icon="shuffle" onClick={suggest}>
            {t('suggest_passphrase')}
          </Button>
        </div>
      </div>
      <PasswordField
        label={t('repeat_master_password')}
        value={repeat.value}
        onInput={set(repeat)}
        shown={shown.value}
        autocomplete="new-password"
        error={errors.value.repeat ?? (differs(password.value, repeat.value) ? t('repeat_differs') : undefined)}
      />
      <TextField
        label={t('hint')}
        value={hint.value}
        onInput={(value) => {
          set(hint)(value);
          names.draftHint?.(value);
        }}
        maxLength={HINT_MAX}
        note={names.hintNote}
        error={errors.value.hint ?? (hintProblem.value ? hintAdvice(hintProblem.value) : undefined)}
      />
    </>
  );
}

/** Only once what was typed can no longer become the same. */
const differs = (password: string, repeat: string): boolean => repeat !== '' && !password.startsWith(repeat);

function StrengthMeter({ strength: known, typed }: { strength: Strength | null; typed: boolean }) {
  const score = known?.score ?? 0;
  const words = t(`strength_${score}` as TextKey);
  const more = known?.warning ? t(`strength_warning_${known.warning.replaceAll('-', '_')}` as TextKey) : undefined;
  if (!typed || !known) return <Meter label={t('password_strength')} score={0} text={t('strength_advice')} empty />;
  return <Meter label={t('password_strength')} score={score} text={words} more={more ?? cracked(known)} />;
}

/** How long a thief with the file would need, on the scale that people can feel. */
function cracked({ crackSeconds }: Strength): string {
  const steps: [number, TextKey][] = [
    [3600, 'crack_minutes'],
    [86_400, 'crack_hours'],
    [31 * 86_400, 'crack_days'],
    [366 * 86_400, 'crack_months'],
    [100 * 366 * 86_400, 'crack_years'],
  ];
  const found = steps.find(([under]) => crackSeconds < under);
  return t('strength_crack', t(found?.[1] ?? 'crack_centuries'));
}
