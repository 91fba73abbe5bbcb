import '@angular/compiler';
import { Component, provideZonelessChangeDetection } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { bootstrapApplication } from '@angular/platform-browser';

/** Reactive forms; the password is taken over only when its field is left. */
class SignIn {
  form = new FormGroup({
    username: new FormControl('', { validators: [Validators.required] }),
    password: new FormControl('', { validators: [Validators.required], updateOn: 'blur' }),
  });

  enter() {
    if (this.form.valid) window.showReceived(this.form.value);
  }
}
Component({
  selector: 'bank-sign-in',
  imports: [ReactiveFormsModule],
  template: `
    <h1>Sign in</h1>
    <form class="panel" [formGroup]="form" (ngSubmit)="enter()">
      <label>User name <input formControlName="username"></label>
      <label>Password <input type="password" formControlName="password"></label>
      <p class="quiet" data-state>{{ form.controls.username.touched ? 'left' : 'not left' }}</p>
      <button>Sign in</button>
    </form>`,
})(SignIn);

bootstrapApplication(SignIn, { providers: [provideZonelessChangeDetection()] });
