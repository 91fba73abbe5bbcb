// Shows the code and waits. Only Sesame can use it, and only after somebody pressed something.
'use strict';

const code = codeOfAddress();
const show = (id, shown) => {
  document.getElementById(id).hidden = !shown;
};

show('whole', code !== '');
show('broken', code === '');
document.getElementById('code').textContent = (code.match(/.{4}/g) ?? []).join('-');

document.getElementById('copy').addEventListener('click', async () => {
  try {
    await navigator.clipboard.writeText(code);
    say('copied');
  } catch {
    getSelection().selectAllChildren(document.getElementById('code'));
    say('select');
  }
});

document.getElementById('sesame-continue').addEventListener('click', () => {
  say('opening');
  // By then Sesame, if it is here, has read the address; the browser need not keep it.
  setTimeout(() => history.replaceState(null, '', location.pathname), 1000);
});
