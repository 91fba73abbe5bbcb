import { useState } from 'react';
import { createRoot } from 'react-dom/client';

function SignIn() {
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [touched, setTouched] = useState([]);
  const [entered, setEntered] = useState(false);
  const leave = (event) => setTouched((before) => [...new Set([...before, event.target.name])]);

  if (entered) {
    return (
      <>
        <h1>Welcome</h1>
        <p role="status">Signed in as {username}</p>
        <dl id="received">
          <dt>username</dt>
          <dd data-field="username">{username}</dd>
          <dt>password</dt>
          <dd data-field="password">{password}</dd>
        </dl>
      </>
    );
  }
  return (
    <>
      <h1>Sign in</h1>
      <form
        className="panel"
        onSubmit={(event) => {
          event.preventDefault();
          setEntered(true);
        }}
      >
        <label>
          User name
          <input name="username" value={username} onChange={(event) => setUsername(event.target.value)} onBlur={leave} />
        </label>
        <label>
          Password
          <input name="password" type="password" value={password} onChange={(event) => setPassword(event.target.value)} onBlur={leave} />
        </label>
        <p className="quiet" data-state>
          {password.length} characters, left: {touched.join(' ') || 'none'}
        </p>
        <button type="submit" disabled={!username || !password}>
          Sign in
        </button>
      </form>
    </>
  );
}

createRoot(document.querySelector('#app')).render(<SignIn />);
