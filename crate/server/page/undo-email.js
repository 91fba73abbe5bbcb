// Takes a change of address back, once somebody presses the button.
'use strict';

const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const code = codeOfAddress();
const button = document.getElementById('undo');

/** The token's 32 bytes; the code's last four bits only find typing errors. */
function bytesOf(text) {
  const bytes = new Uint8Array(32);
  for (let bit = 0; bit < 256; bit += 1) {
    const value = SYMBOLS.indexOf(text[Math.floor(bit / 5)]);
    if (value & (16 >> (bit % 5))) bytes[bit >> 3] |= 128 >> (bit % 8);
  }
  return bytes;
}

button.disabled = code === '';
if (code === '') say('broken');

button.addEventListener('click', async () => {
  button.disabled = true;
  const answer = await fetch('/v1/email/undo', {
    method: 'POST',
    headers: { 'Content-Type': 'application/sesame1' },
    body: bytesOf(code),
    referrerPolicy: 'no-referrer',
  }).catch(() => null);
  say(answer === null || answer.status >= 500 || answer.status === 429 ? 'failed' : answer.ok ? 'undone' : 'expired');
  button.disabled = answer !== null && (answer.ok || answer.status === 410);
  if (answer?.ok) history.replaceState(null, '', location.pathname);
});
