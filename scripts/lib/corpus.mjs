// What `build.sh corpus` reads and writes: the records of a labelled form corpus and the lines that its
// scorer takes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StepFailed } from './house.mjs';

/** Where a page lies that the corpus knows no address of; it must not give away what the page is. */
const NOWHERE = 'https://page.example/';

/** The pages, in order: `{id, url, html}`. */
export function readCorpus(dir) {
  const file = join(dir, 'forms.jsonl');
  let text;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new StepFailed(`${file} can't be read (${error.code ?? error.message})`);
  }
  const lines = text.split('\n').map((line, index) => ({ line: line.trim(), place: `${file}, line ${index + 1}` }));
  const records = lines.filter(({ line }) => line !== '').map(({ line, place }) => recordOf(dir, line, place));
  if (records.length === 0) throw new StepFailed(`${file} is empty`);
  return records;
}

function recordOf(dir, line, place) {
  let record;
  try {
    record = JSON.parse(line);
  } catch {
    throw new StepFailed(`${place}: not JSON`);
  }
  if (typeof record?.id !== 'string' || typeof record.html !== 'string') throw new StepFailed(`${place}: no id or no html`);
  // A name of a file beside it, or else the page itself.
  if (record.html.includes('<')) return { ...record, place };
  try {
    return { ...record, place, html: readFileSync(join(dir, record.html), 'utf8') };
  } catch (error) {
    throw new StepFailed(`${place}: ${record.html} can't be read (${error.code ?? error.message})`);
  }
}

export function addressOf({ url }) {
  try {
    const address = new URL(url);
    return /^https?:$/.test(address.protocol) ? address.href : NOWHERE;
  } catch {
    return NOWHERE;
  }
}

/** In sign-up forms the scorer tells the identifier from one to sign in with. */
function labelOf(role, purpose) {
  if (role === 'username' || role === 'email') return purpose === 'signup' ? 'signup-identifier' : role;
  if (role === 'confirm-password') return 'new-password';
  return ['current-password', 'new-password', 'otp'].includes(role) ? role : 'other';
}

function contextOf(purpose) {
  if (['login', 'login-or-signup', 'reauth', 'otp'].includes(purpose)) return 'login';
  return purpose === 'signup' ? 'signup' : 'any';
}

/** The roles under the corpus's own names of the fields. */
export function predictionOf(record, { snapshot, fields }, { fields: roles, groups }) {
  const same = ({ name, id }, field) => field.name.startsWith(name.trim().slice(0, 20)) || field.id === id;
  let at = 0;
  const found = snapshot.fields.map((field, index) => {
    // The snapshot is capped; what it has is in the page's order.
    while (at < fields.length && !same(fields[at], field)) at += 1;
    const fid = fields[at]?.fid ?? null;
    at += 1;
    const purpose = groups[field.group].purpose;
    return { fid, label: labelOf(roles[index].role, purpose), ctx: contextOf(purpose), role: roles[index].role, purpose };
  });
  if (at > fields.length) throw new StepFailed(`${record.place}: a described field is not in the page`);
  return { id: record.id, fields: found.filter(({ fid }) => fid !== null) };
}
