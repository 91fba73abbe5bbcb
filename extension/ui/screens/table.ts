import type { ComponentType } from 'preact';
import type { RouteName, Routes } from '../route.ts';

/** The screens reached while something stands between the person and the vault. */
export type WaysInRoute =
  | 'welcome'
  | 'create'
  | 'sign-in'
  | 'sign-in-help'
  | 'sign-in-code'
  | 'account-code'
  | 'recovery-kit'
  | 'biometrics'
  | 'locked'
  | 'why-not'
  | 'ways-back'
  | 'use-recovery'
  | 'start-over'
  | 'reset'
  | 'reset-code'
  | 'reset-new'
  | 'hint-mail'
  | 'open-backup'
  | 'set-password'
  | 'damaged';
export type OpenRoute = Exclude<RouteName, WaysInRoute>;

/** A component for every screen of a set: one missing does not compile. */
export type ScreenTable<N extends RouteName> = { [K in N]: ComponentType<Routes[K]> };
