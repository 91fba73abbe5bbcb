import type { MatchMode, Website } from '../../shared/api.ts';
import { type TextKey, t } from '../../shared/i18n.ts';
import { newWebsite, removeAt, replaceAt } from '../items/edit-state.ts';
import { completed, MATCH_MODES } from '../items/website.ts';
import { Button, IconButton, Select, TextField } from '../parts/index.ts';
import { type EditorPart, errorOf } from './editor-fields.tsx';

const MODE: Record<MatchMode, TextKey> = {
  site: 'editor_match_site',
  host: 'editor_match_host',
  exact: 'editor_match_exact',
  'starts-with': 'editor_match_starts_with',
  regex: 'editor_match_regex',
  never: 'editor_match_never',
};

/** The addresses of a login, each with what counts as being there. */
export function EditorWebsites({ editor, state }: EditorPart) {
  const { websites } = state.item;
  const put = (next: Website[]): void => editor.edit({ websites: next });
  return (
    <div class="stack tight">
      {websites.map((website, at) => (
        <div key={at} class="card padded stack tight" role="group" aria-label={`${t('editor_website')} ${at + 1}`}>
          <TextField
            label={t('editor_website')}
            value={website.url}
            inputMode="url"
            onInput={(url) => put(replaceAt(websites, at, { url }))}
            error={errorOf(editor, `website-${at}`)}
            note={isUnencrypted(website) ? t('editor_http_note') : undefined}
            focusKey={`website-${at}`}
            trailing={
              websites.length > 1 && (
                <IconButton icon="close" label={t('editor_remove_website')} onClick={() => put(removeAt(websites, at))} />
              )
            }
          />
          <Select
            label={t('editor_match')}
            value={website.match}
            options={MATCH_MODES.map((mode) => ({ value: mode, label: t(MODE[mode]) }))}
            onChange={(match) => put(replaceAt(websites, at, { match }))}
          />
        </div>
      ))}
      <div>
        <Button kind="quiet" icon="plus" onClick={() => put([...websites, newWebsite()])}>
          {t('editor_add_website')}
        </Button>
      </div>
    </div>
  );
}

function isUnencrypted(website: Website): boolean {
  return website.match !== 'regex' && completed(website.url).startsWith('http://');
}
