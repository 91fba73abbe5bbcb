/** Shows what a page's own script holds, the way the server does for what was sent to it. */
window.showReceived = (values) => {
  const main = document.querySelector('main');
  const heading = document.createElement('h1');
  heading.textContent = 'Welcome';
  const status = document.createElement('p');
  status.setAttribute('role', 'status');
  const user = values.username ?? values.email;
  status.textContent = values.welcome ?? (user ? `Signed in as ${user}` : 'Thank you');
  const list = document.createElement('dl');
  list.id = 'received';
  for (const [name, value] of Object.entries(values)) {
    if (name === 'welcome') continue;
    const term = document.createElement('dt');
    term.textContent = name;
    const detail = document.createElement('dd');
    detail.dataset.field = name;
    detail.textContent = value;
    list.append(term, detail);
  }
  main.replaceChildren(heading, status, list);
};
