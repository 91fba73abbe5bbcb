import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { FillingSettings } from '../../shared/api.ts';
import { errorText, t } from '../../shared/i18n.ts';
import { siteNames } from '../items/site-names.ts';
import { useFilling } from '../items/use-filling.ts';
import { Button, Card, Checkbox, IconButton, ListRow, Progress, Screen, Section, say, TextField } from '../parts/index.ts';
import { codeOf, ui } from '../state.ts';

/** Sites that share an account: a short list of our own, and the person's, kept in the vault (S-87). */
export function EquivalentsScreen() {
  const { filling, put, save } = useFilling();
  return (
    <Screen title={t('equivalents_title')}>
      <div class="stack wide">
        <p class="lead">{t('equivalents_text')}</p>
        {filling === null ? <Progress text={t('loading')} /> : <Own filling={filling} put={put} />}
        {filling && <BuiltIn off={filling.builtInOff} onOff={(builtInOff) => void save({ builtInOff })} />}
      </div>
    </Screen>
  );
}

const nameOf = (group: string[]): string => group.join(', ');

function Own({ filling, put }: { filling: FillingSettings; put: (part: Partial<FillingSettings>) => Promise<void> }) {
  const typed = useSignal('');
  const wrong = useSignal<string | undefined>(undefined);
  const groups = filling.equivalents;
  const keep = async (equivalents: string[][], said: string): Promise<boolean> => {
    try {
      await put({ equivalents });
      say(said);
      return true;
    } catch (failure) {
      const code = codeOf(failure);
      wrong.value = code === 'invalid' ? t('equivalents_bad') : errorText(code);
      return false;
    }
  };
  const add = async (event: Event): Promise<void> => {
    event.preventDefault();
    const names = siteNames(typed.value);
    wrong.value = names === null ? t('equivalents_bad') : names.length < 2 ? t('equivalents_two') : undefined;
    if (names === null || names.length < 2) return;
    if (await keep([...groups, names], t('equivalents_added'))) typed.value = '';
  };
  return (
    <Section title={t('equivalents_own')}>
      {groups.length === 0 && <p class="quiet">{t('equivalents_none')}</p>}
      {groups.length > 0 && (
        <Card list>
          {groups.map((group, at) => (
            <li key={nameOf(group)}>
              <ListRow
                roomy
                title={<bdi>{nameOf(group)}</bdi>}
                trailing={
                  <IconButton
                    icon="trash"
                    label={t('equivalents_remove', nameOf(group))}
                    onClick={() => void keep(groups.toSpliced(at, 1), t('equivalents_removed'))}
                  />
                }
              />
            </li>
          ))}
        </Card>
      )}
      <form class="stack close" onSubmit={(event) => void add(event)}>
        <TextField
          label={t('equivalents_sites')}
          value={typed.value}
          onInput={(text) => {
            typed.value = text;
            wrong.value = undefined;
          }}
          note={t('equivalents_sites_note')}
          error={wrong.value}
          focusKey="sites"
        />
        <div>
          <Button type="submit" icon="plus">
            {t('equivalents_add')}
          </Button>
        </div>
      </form>
    </Section>
  );
}

function BuiltIn({ off, onOff }: { off: string[]; onOff: (off: string[]) => void }) {
  const groups = useSignal<string[][]>([]);
  useEffect(() => {
    void ui.builtinEquivalents().then(
      (found) => {
        groups.value = found;
      },
      () => undefined,
    );
  }, []);
  return (
    <Section title={t('equivalents_builtin')}>
      <p class="small quiet">{t('equivalents_builtin_text')}</p>
      {groups.value.map((group) => {
        const [first = ''] = group;
        return (
          <Checkbox
            key={first}
            label={nameOf(group)}
            checked={!off.includes(first)}
            onChange={(on) => onOff(on ? off.filter((name) => name !== first) : [...off, first])}
          />
        );
      })}
    </Section>
  );
}
