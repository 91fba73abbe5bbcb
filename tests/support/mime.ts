/** The little of MIME that the account's mails use: headers, two alternatives, quoted-printable and base64. */
export interface Mail {
  from: string;
  /** The addresses that it was really sent to, not those that its header names. */
  to: string[];
  subject: string;
  text: string;
  html: string;
  /** As it came, headers and all. */
  raw: string;
}

interface Part {
  headers: Map<string, string>;
  body: string;
}

function split(raw: string): Part {
  const at = raw.indexOf('\r\n\r\n');
  const head = at < 0 ? raw : raw.slice(0, at);
  const headers = new Map<string, string>();
  for (const line of head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, body: at < 0 ? '' : raw.slice(at + 4) };
}

function quotedPrintable(text: string): Buffer {
  const joined = text.replace(/=\r\n/g, '');
  const bytes: Buffer[] = [];
  let rest = 0;
  for (const hit of joined.matchAll(/=([0-9A-Fa-f]{2})/g)) {
    bytes.push(Buffer.from(joined.slice(rest, hit.index), 'utf8'), Buffer.from(hit[1] ?? '', 'hex'));
    rest = hit.index + 3;
  }
  bytes.push(Buffer.from(joined.slice(rest), 'utf8'));
  return Buffer.concat(bytes);
}

function decoded({ headers, body }: Part): string {
  const encoding = (headers.get('content-transfer-encoding') ?? '7bit').toLowerCase();
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8').replaceAll('\r\n', '\n');
  if (encoding === 'quoted-printable') return quotedPrintable(body).toString('utf8').replaceAll('\r\n', '\n');
  return body.replaceAll('\r\n', '\n');
}

/** `=?utf-8?Q?...?=` and `=?utf-8?B?...?=` of a header (RFC 2047). */
function headerText(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([QB])\?([^?]*)\?=/gi, (_, how: string, text: string) =>
      how.toUpperCase() === 'B'
        ? Buffer.from(text, 'base64').toString('utf8')
        : quotedPrintable(text.replaceAll('_', ' ')).toString('utf8'),
    );
}

function texts(part: Part, into: Pick<Mail, 'text' | 'html'>): void {
  const type = part.headers.get('content-type') ?? 'text/plain';
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (boundary !== undefined) {
    const pieces = part.body.split(`--${boundary}`).slice(1, -1);
    for (const piece of pieces) texts(split(piece.replace(/^\r\n/, '')), into);
  } else if (/^text\/html/i.test(type)) into.html = decoded(part);
  else into.text = decoded(part);
}

export function readMail(from: string, to: string[], raw: string): Mail {
  const part = split(raw);
  const mail: Mail = { from, to, subject: headerText(part.headers.get('subject') ?? ''), text: '', html: '', raw };
  texts(part, mail);
  return mail;
}
