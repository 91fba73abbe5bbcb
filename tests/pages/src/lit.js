import { html, LitElement } from 'lit';
import { live } from 'lit/directives/live.js';

/** Holds both values as reactive properties and draws them back into the fields. */
class SignIn extends LitElement {
  static properties = { username: { state: true }, password: { state: true } };

  constructor() {
    super();
    this.username = '';
    this.password = '';
  }

  render() {
    const take = (name) => (event) => {
      this[name] = event.target.value;
    };
    return html`
      <h1>Sign in</h1>
      <div>
        <label>User name <input .value=${live(this.username)} @input=${take('username')}></label>
        <label>Password <input type="password" .value=${live(this.password)} @input=${take('password')}></label>
        <button
          ?disabled=${!this.username || !this.password}
          @click=${() => window.showReceived({ username: this.username, password: this.password })}
        >Sign in</button>
      </div>`;
  }
}
customElements.define('bank-sign-in', SignIn);
