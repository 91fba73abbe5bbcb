/** What every page of the sample site shares. */

const PAGES = [
  [
    'Sign in',
    [
      ['/sign-in', 'Sign in', 'a plain form, sent by the browser'],
      ['/react', 'Sign in, React', 'a controlled form'],
      ['/vue', 'Sign in, Vue', 'v-model on every field'],
      ['/angular', 'Sign in, Angular', 'reactive forms, one field taken over on leaving'],
      ['/lit', 'Sign in, Lit', 'reactive properties in a shadow root'],
      ['/material', 'Sign in, Material', 'form-associated text fields'],
      ['/two-step', 'Sign in, two steps', 'user name first, then the password'],
      ['/steps', 'Sign in, drawn step by step', 'with <code>#push</code> or <code>#replace</code> each has an address'],
      ['/user-page', 'Sign in, two pages', 'the password on the next page'],
      ['/shadow', 'Sign in, web components', 'fields in open shadow roots'],
      ['/shadow-closed', 'Sign in, sealed components', 'fields in closed shadow roots'],
      ['/late', 'Sign in, in a dialog', 'the form is added after a click'],
      ['/popover', 'Sign in, in a popover', 'shown by a button'],
      ['/focus-password', 'Sign in, shy field', 'a password field only while it has the focus'],
      ['/masks', 'Sign in, masks', 'one sign at a time, blanks put in, a length limit'],
      ['/vetoes', 'Sign in, vetoes', 'nothing but single signs, typed by the browser'],
      ['/editor', 'Sign in, own editor', 'cancels every input and puts it in by itself'],
      ['/grid', 'Sign in, drawn anew', 'all rows are replaced at each keystroke'],
      ['/vanishing', 'Sign in, vanishing', 'the password field goes, another comes'],
      ['/toggle', 'Sign in, show password', 'a button over the field'],
      ['/below', 'Sign in, far below', 'scrolled to'],
      ['/sign-in-de', 'Anmelden', 'German'],
      ['/sign-in-ja', 'ログイン', 'Japanese'],
      ['/sign-in-ru', 'Вход', 'Russian'],
      ['/sign-in-zh', '登录', 'Chinese'],
      ['/no-form', 'Sign in, no form element', 'fields and a button in a panel'],
      ['/honeypot', 'Sign in, with traps', 'fields that only robots see'],
      ['/frame', 'Sign in, in a frame', 'a frame of the same site'],
      ['/frame-deep', 'Sign in, in a frame in a frame', 'all of the same site'],
      ['/basic', 'Sign in, the browser asks', 'HTTP basic authentication'],
    ],
  ],
  [
    'Account',
    [
      ['/sign-up', 'Open an account', 'a new password, twice'],
      ['/sign-up-rules', 'Open an account, rules', 'passwordrules, minlength, maxlength and pattern'],
      ['/new-password', 'New password', 'without the current one'],
      ['/change-password', 'Change password', 'the current one and a new one'],
      ['/code', 'One-time code', 'one field'],
      ['/code-boxes', 'One-time code, boxes', 'a field for every digit'],
      ['/codes', 'One-time code, eager boxes', '<code>#4</code>, <code>#6</code> or <code>#8</code> of them, that hand digits on'],
    ],
  ],
  [
    'Paying',
    [
      ['/card', 'Card', 'one expiry field'],
      ['/card-selects', 'Card, lists', 'month and year to choose'],
      ['/card-texts', 'Card, split', 'month and year to type'],
      ['/address', 'Address', 'with a list of countries'],
      ['/card-frame', 'Card, in a payment frame', 'of another site'],
    ],
  ],
  [
    'Not to be filled without a question, or at all',
    [
      ['/action-elsewhere', 'Sent elsewhere', 'the form goes to another site'],
      ['/action-swapped', 'Swapped after the fill', 'the form is pointed elsewhere on sending'],
      ['/get', 'Sent by GET', 'the password would be in the address'],
      ['/text-password', 'Password in the open', 'the password field is a text field'],
      ['/hidden', 'A hidden form', 'nothing of it can be seen'],
      ['/covered', 'A covered form', 'a notice lies over it'],
      [
        '/frame-hidden-elsewhere',
        'A foreign frame, unseen',
        '<code>#cover</code>, <code>#faint</code>, <code>#tiny</code>, <code>#turned</code>, <code>#away</code>',
      ],
      ['/frame-elsewhere', 'A foreign frame', 'the form is on another site'],
      ['/frame-nested', 'A frame in a foreign frame', 'the same site again, with another in between'],
      ['/frame-sandboxed', 'A sandboxed frame', 'an origin of its own'],
    ],
  ],
];

export const escape = (text) => String(text).replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);

export const INDEX = `
<h1>Lantern Bank</h1>
<p class="lead">A bank that keeps a light on. Nothing here is real: these pages are for trying a password manager.</p>
${PAGES.map(
  ([title, links]) =>
    `<section><h2>${title}</h2><ul class="cards">${links
      .map(([path, name, about]) => `<li><a href="${path}">${name}</a><span>${about}</span></li>`)
      .join('')}</ul></section>`,
).join('\n')}`;

export function page(title, content, lang = 'en') {
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escape(title)} · Lantern Bank</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/style.css">
<script src="/assets/site.js"></script>
</head>
<body>
<header class="bar"><a href="/">Lantern Bank</a></header>
<main>
${content}
</main>
</body>
</html>
`;
}

/** The page behind every form: says who came in and lists all that was sent. */
export function received(values, host) {
  const entries = [...values].filter(([name]) => name !== 'welcome');
  const user = values.get('username') ?? values.get('email');
  const said = values.get('welcome') ?? (user ? `Signed in as ${user}` : 'Thank you');
  return page(
    'Welcome',
    `<h1>Welcome</h1>
<p role="status">${escape(said)}</p>
<p>Received by <code>${escape(host)}</code>:</p>
<dl id="received">${entries
      .map(([name, value]) => `<dt>${escape(name)}</dt><dd data-field="${escape(name)}">${escape(value)}</dd>`)
      .join('')}</dl>`,
  );
}
