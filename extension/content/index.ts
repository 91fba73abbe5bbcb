import { watchForms } from './capture.ts';
import { watchFields } from './field.ts';
import { answer } from './page.ts';
import { connect, isAlive } from './port.ts';

/**
 * The script in a page. It is put there when the person asks for something or goes into a field, holds
 * nothing of the vault, and answers one side only: the background, over ports that the browser signs
 * with this document's origin. Being put in again is normal (once per fill): the one that lives takes up
 * the call, and one whose extension is gone gives way.
 */
interface Living {
  alive(): boolean;
  again(): void;
}

const HOLDER = Symbol.for('sesame.page');
const LED = Symbol.for('sesame.led');
const SENT = Symbol.for('sesame.sent');
const world = globalThis as { [HOLDER]?: Living; [LED]?: boolean; [SENT]?: boolean };

const led = world[LED] === true;
const sent = world[SENT] === true;
delete world[LED];
delete world[SENT];

function again(): void {
  connect();
  answer();
}

const living = world[HOLDER];
if (living?.alive()) living.again();
else {
  world[HOLDER] = { alive: isAlive, again };
  again();
  watchFields(led);
  watchForms(led, sent);
}
