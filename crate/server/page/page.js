// What all pages of the server share: the language, and the code behind the address's #.
'use strict';

const italian = navigator.language.toLowerCase().startsWith('it');

if (italian) {
  document.documentElement.lang = 'it';
  for (const element of document.querySelectorAll('[data-it]')) element.textContent = element.dataset.it;
}

/** Shows one of the page's own sentences; nothing that came with the address is ever written as markup. */
function say(id) {
  for (const element of document.querySelectorAll('[role="status"] > *')) element.hidden = element.id !== id;
}

/** The 52 symbols, or an empty text for anything else. */
function codeOfAddress() {
  return /^#t=([0-9A-HJKMNP-TV-Z]{52})$/.exec(location.hash)?.[1] ?? '';
}
