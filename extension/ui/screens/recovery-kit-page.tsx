/** The recovery kit on paper: as a page of its own to keep, and as the sheet that Print prints. */
import qrcode from 'qrcode-generator';
import { date, language, t } from '../../shared/i18n.ts';
import { download } from '../parts/download.ts';
import { groupsOf, Mark } from '../parts/index.ts';
import { SEED } from '../parts/mark-path.ts';

interface Kit {
  code: string;
  vaultName: string;
  madeAt: number;
  /** Of the account's vault, to compare when signing in (S-35); empty without an account. */
  fingerprint: string;
}

/** Dark modules as one path; the field is `size` modules wide, with the quiet zone that readers want. */
function qrOf(code: string): { path: string; size: number } {
  const qr = qrcode(0, 'M');
  qr.addData(groupsOf(code).join('-'), 'Alphanumeric');
  qr.make();
  const count = qr.getModuleCount();
  let path = '';
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column < count; column += 1) {
      if (qr.isDark(row, column)) path += `M${column + 4} ${row + 4}h1v1h-1z`;
    }
  }
  return { path, size: count + 8 };
}

/** Not shown on screen: theme.css prints this and nothing else. */
export function KitSheet(kit: Kit) {
  const { path, size } = qrOf(kit.code);
  return (
    <div class="print-sheet" aria-hidden="true">
      <div class="print-head">
        <Mark size={40} />
        <strong>{t('kit_title')}</strong>
      </div>
      <p>{t('kit_for', kit.vaultName, date(kit.madeAt))}</p>
      <p class="print-code">
        {lines(kit.code).map((line) => (
          <span key={line}>{line}</span>
        ))}
      </p>
      <svg class="print-qr" viewBox={`0 0 ${size} ${size}`} aria-hidden="true">
        <path d={path} />
      </svg>
      {steps(kit).map((step) => (
        <p key={step}>{step}</p>
      ))}
    </div>
  );
}

/** Two lines of four groups. */
const lines = (code: string): string[] => {
  const groups = groupsOf(code);
  return [groups.slice(0, 4), groups.slice(4)].map((line) => line.join(' - '));
};

const steps = ({ fingerprint }: Kit): string[] => [
  t('kit_use'),
  t('kit_keep'),
  t('kit_once'),
  ...(fingerprint === '' ? [] : [t('kit_fingerprint', fingerprint)]),
];

/** Opens in any browser, without Sesame and without a network. */
export function downloadKit(kit: Kit): Promise<void> {
  const { path, size } = qrOf(kit.code);
  const safe = (text: string): string => text.replace(/[&<>"']/g, (mark) => `&#${mark.codePointAt(0)};`);
  const page = `<!doctype html>
<html lang="${language.value}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${safe(t('kit_title'))}</title>
<style>
body{font:16px/1.5 system-ui,sans-serif;color:#231d16;background:#fff;max-width:40rem;margin:3rem auto;padding:0 1.5rem}
h1{font-size:1.6rem;margin:0 0 .25rem}
.code{font:600 1.35rem/2 ui-monospace,Menlo,Consolas,monospace;letter-spacing:.06em;border:2px dashed #8a5818;border-radius:12px;padding:1rem 1.25rem;margin:1.5rem 0;text-align:center}
h1{display:flex;gap:.75rem;align-items:center}
.mark{width:2.5rem;height:2.5rem;margin:0;fill:#8a5818}
.qr{width:12rem;height:12rem;display:block;margin:0 auto 1.5rem}
.lines{border-bottom:1px solid #8d8171;height:2rem}
@media print{body{margin:1rem auto}}
</style>
</head>
<body>
<h1><svg class="mark" viewBox="0 0 24 24"><path fill-rule="evenodd" d="${SEED}"/></svg>${safe(t('kit_title'))}</h1>
<p>${safe(t('kit_for', kit.vaultName, date(kit.madeAt)))}</p>
<p class="code">${lines(kit.code).map(safe).join('<br>')}</p>
<svg class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label="QR"><path d="${path}"/></svg>
${steps(kit)
  .map((step) => `<p>${safe(step)}</p>`)
  .join('\n')}
<p>${safe(t('kit_where'))}</p>
<div class="lines"></div>
</body>
</html>
`;
  download(`${t('kit_file')}.html`, page, 'text/html');
  return Promise.resolve();
}
