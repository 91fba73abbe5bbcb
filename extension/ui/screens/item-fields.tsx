import type { ComponentChildren } from 'preact';
import type { CustomField, ItemView, Website } from '../../shared/api.ts';
import { t } from '../../shared/i18n.ts';
import { copySecret, copyText } from '../items/actions.ts';
import { expiryFrom } from '../items/cards.ts';
import { fieldText } from '../items/field-name.ts';
import { expiryOf, fieldsOf, unnamedFields } from '../items/fields.ts';
import { openable, shown } from '../items/website.ts';
import { Badge, Card, CopyRow, IconButton, Section } from '../parts/index.ts';
import { CodeRow } from './code-row.tsx';
import { ExpiryBadge } from './expiry.tsx';
import { SecretRow } from './secret-row.tsx';
import { CardNumber } from './secret-text.tsx';

/** Everything an item holds, secret things first. */
export function ItemFields({ item }: { item: ItemView }) {
  const { id, websites, notes, custom } = item;
  const named = fieldsOf(item.kind).filter(({ key }) => item.fields[key] || item.secretKeys.includes(key));
  const rows = [
    ...named.map(({ key }) => key).filter((key) => key !== 'expiryYear' || !item.fields['expiryMonth']),
    ...unnamedFields(item.kind, item.fields),
  ];
  const hasMain = item.hasPassword || item.totp !== null || item.username !== '' || rows.length > 0;
  const isBare = !hasMain && websites.length === 0 && notes === '' && custom.length === 0;
  return (
    <>
      {isBare && <p class="lead">{t('item_empty')}</p>}
      {hasMain && (
        <Card>
          {item.hasPassword && (
            <SecretRow
              id={id}
              secret="password"
              label={t('item_password')}
              copyLabel={t('item_copy_password')}
              showLabel={t('show_password')}
              hideLabel={t('hide_password')}
            />
          )}
          {item.totp && <CodeRow id={id} />}
          {item.username !== '' && (
            <CopyRow label={t('item_username')} copyLabel={t('item_copy_username')} onCopy={() => copySecret(id, 'username')}>
              <bdi>{item.username}</bdi>
            </CopyRow>
          )}
          {rows.map((key) => (
            <FieldRow key={key} item={item} field={key} />
          ))}
        </Card>
      )}
      {notes !== '' && <Notes text={notes} />}
      {websites.length > 0 && (
        <Section title={t('item_websites')} hideTitle>
          <Card>
            {websites.map((website, at) => (
              <WebsiteRow key={at} website={website} />
            ))}
          </Card>
        </Section>
      )}
      {custom.length > 0 && (
        <Section title={t('item_more')}>
          <Card>
            {custom.map((field, at) => (
              <CustomRow key={at} id={id} at={at} field={field} />
            ))}
          </Card>
        </Section>
      )}
    </>
  );
}

/** The name of a card's or identity's field; one of a newer version goes by its key. */
function nameOf(item: ItemView, key: string): string {
  return fieldsOf(item.kind).some((field) => field.key === key) ? t(fieldText(key)) : key;
}

function FieldRow({ item, field }: { item: ItemView; field: string }) {
  if (item.secretKeys.includes(field)) {
    const draw = field === 'cardNumber' ? (value: string) => <CardNumber value={value} /> : undefined;
    return <NamedSecret id={item.id} secret={field} label={nameOf(item, field)} {...(draw && { draw })} />;
  }
  const isExpiry = field === 'expiryMonth';
  const label = isExpiry ? t('field_expiry') : nameOf(item, field);
  const value = isExpiry ? expiryOf(item.fields) : (item.fields[field] ?? '');
  return (
    <CopyRow
      label={label}
      copyLabel={t('item_copy_field', label)}
      onCopy={() => copyText(value)}
      trailing={isExpiry && <ExpiryBadge expiry={expiryFrom(item.fields['expiryMonth'] ?? '', item.fields['expiryYear'] ?? '')} />}
    >
      <bdi>{value}</bdi>
    </CopyRow>
  );
}

function NamedSecret(props: { id: string; secret: string; label: string; draw?: (value: string) => ComponentChildren }) {
  const { id, secret, label, draw } = props;
  return (
    <SecretRow
      id={id}
      secret={secret}
      label={label}
      copyLabel={t('item_copy_field', label)}
      showLabel={t('item_show', label)}
      hideLabel={t('item_hide', label)}
      {...(draw && { draw })}
    />
  );
}

function WebsiteRow({ website }: { website: Website }) {
  const url = openable(website);
  const text = shown(website);
  return (
    <CopyRow
      label={t('editor_website')}
      copyLabel={t('item_copy_website')}
      onCopy={() => copyText(website.url)}
      trailing={
        <>
          {url?.startsWith('http:') && <Badge kind="warn">http</Badge>}
          {url && (
            <IconButton icon="tab" label={t('item_open_website', new URL(url).host)} onClick={() => void chrome.tabs.create({ url })} />
          )}
        </>
      }
    >
      <bdi>{text}</bdi>
    </CopyRow>
  );
}

function Notes({ text }: { text: string }) {
  return (
    <Section title={t('item_notes')} action={<IconButton icon="copy" label={t('item_copy_notes')} onClick={() => void copyText(text)} />}>
      <Card padded>
        <p class="notes-text">{text}</p>
      </Card>
    </Section>
  );
}

function CustomRow({ id, at, field }: { id: string; at: number; field: CustomField }) {
  if (field.kind === 'hidden') return <NamedSecret id={id} secret={`custom:${at}`} label={field.name} />;
  const value = field.kind === 'boolean' ? t(field.value === 'true' ? 'item_yes' : 'item_no') : field.value;
  return (
    <CopyRow label={field.name} copyLabel={t('item_copy_field', field.name)} onCopy={() => copyText(value)}>
      <bdi>{value}</bdi>
    </CopyRow>
  );
}
