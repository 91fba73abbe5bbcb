/** What the script in the page of a reset link says: it is there, or the person has pressed the page's button. */
export interface FromResetPage {
  to: 'reset';
  say: 'here' | 'pressed';
}
