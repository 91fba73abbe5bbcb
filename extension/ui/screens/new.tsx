import type { ItemKind } from '../../shared/api.ts';
import { type TextKey, t } from '../../shared/i18n.ts';
import { KINDS } from '../items/fields.ts';
import { Card, type IconName, ListRow, Screen } from '../parts/index.ts';
import { replace } from '../route.ts';

const LOOK: Record<ItemKind, { name: TextKey; text: TextKey; icon: IconName }> = {
  login: { name: 'editor_login', text: 'editor_login_text', icon: 'key' },
  card: { name: 'editor_card', text: 'editor_card_text', icon: 'card' },
  identity: { name: 'editor_identity', text: 'editor_identity_text', icon: 'person' },
  note: { name: 'editor_note', text: 'editor_note_text', icon: 'note' },
};

/** What kind of item it is to be. */
export function NewScreen() {
  return (
    <Screen title={t('editor_new_title')}>
      <div class="stack">
        <p class="lead">{t('editor_choose_kind')}</p>
        <Card list>
          {KINDS.map((kind) => (
            <li key={kind}>
              <ListRow
                icon={LOOK[kind].icon}
                title={t(LOOK[kind].name)}
                detail={t(LOOK[kind].text)}
                described
                onClick={() => replace({ name: 'edit', id: '', kind })}
              />
            </li>
          ))}
        </Card>
      </div>
    </Screen>
  );
}
