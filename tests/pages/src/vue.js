import { createApp } from 'vue';

createApp({
  data: () => ({ email: '', password: '', entered: false }),
  template: `
    <template v-if="entered">
      <h1>Welcome</h1>
      <p role="status">Signed in as {{ email }}</p>
      <dl id="received">
        <dt>email</dt><dd data-field="email">{{ email }}</dd>
        <dt>password</dt><dd data-field="password">{{ password }}</dd>
      </dl>
    </template>
    <template v-else>
      <h1>Sign in</h1>
      <form class="panel" @submit.prevent="entered = true">
        <label>Email <input type="email" v-model.trim="email"></label>
        <label>Password <input type="password" v-model="password"></label>
        <p class="quiet" data-state>{{ password.length }} characters</p>
        <button :disabled="!email || !password">Sign in</button>
      </form>
    </template>`,
}).mount('#app');
