import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { UiApi } from '../../shared/api.ts';
import { t } from '../../shared/i18n.ts';
import { copyText } from '../items/actions.ts';
import { Button, Progress, Screen, Section } from '../parts/index.ts';
import { attempt, ui } from '../state.ts';

type Described = ReturnType<UiApi['describePage']>;

/** What Sesame sees of the page's forms, to be read and sent by the person: there is no network here. */
export function PageReportScreen() {
  const described = useSignal<Described | undefined>(undefined);
  useEffect(() => {
    void attempt(async () => {
      described.value = await ui.describePage();
    }).then((done) => {
      if (!done) described.value = null;
    });
  }, []);
  const found = described.value;
  return (
    <Screen title={t('report_title')}>
      <div class="stack">
        {found === undefined && <Progress text={t('report_looking')} />}
        {found === null && <p class="lead">{t('report_none')}</p>}
        {found && <Report found={found} />}
      </div>
    </Screen>
  );
}

function Report({ found }: { found: NonNullable<Described> }) {
  if (found.text === '') return <p class="lead">{t('report_empty')}</p>;
  return (
    <>
      <p class="lead">{t('report_text', found.host)}</p>
      <div>
        <Button kind="primary" icon="copy" onClick={() => void copyText(found.text)}>
          {t('report_copy')}
        </Button>
      </div>
      <Section title={t('report_label')} hideTitle>
        {/* Scrolls by itself, and so must be reached by keyboard. */}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region. */}
        <pre class="report mono small" tabIndex={0}>
          {found.text}
        </pre>
      </Section>
    </>
  );
}
