/**
 * A reporter beside the list: what failed, what passed only when it was tried again, and what a machine has not
 * what it takes for, is printed once more at the end and left in build/, where build.sh repeats it as the last
 * lines of a run.
 *
 * A browser on a busy machine can miss a beat, and one test of hundreds must not hide what the others
 * say; but a second try is no pardon: each is named with its reason, and more than LIMIT of them fail the run.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

const LIMIT = 3;

export default class Unsteady {
  onBegin(_config, suite) {
    this.suite = suite;
    this.file = new URL(`../build/unsteady-${suite.suites[0]?.title || 'none'}.txt`, import.meta.url);
  }

  onEnd(result) {
    const tests = this.suite.allTests();
    const unsteady = tests.filter((test) => test.outcome() === 'flaky');
    const lines = [
      ...tests.filter((test) => test.outcome() === 'unexpected').map((test) => line('failed', test)),
      ...unsteady.map((test) => line('passed at the second try', test)),
      ...tests.flatMap(leftOut),
    ];
    mkdirSync(new URL('../build/', import.meta.url), { recursive: true });
    writeFileSync(this.file, lines.map((text) => `${text}\n`).join(''));
    for (const text of lines) process.stdout.write(`${text}\n`);
    if (unsteady.length <= LIMIT) return undefined;
    process.stdout.write(`more than ${LIMIT} tests needed a second try: that is a failure\n`);
    return { status: result.status === 'passed' ? 'failed' : result.status };
  }

  printsToStdio() {
    return false;
  }
}

function leftOut(test) {
  const why = test.annotations.find(({ type }) => type === 'skip')?.description;
  return test.outcome() === 'skipped' && why ? [`left out: ${titleOf(test)}: ${why}`] : [];
}

const titleOf = (test) => test.titlePath().filter(Boolean).join(' › ');

function line(what, test) {
  const reason = test.results.find((run) => run.error)?.error?.message ?? 'no reason given';
  const first = stripVTControlCharacters(reason).split('\n').filter(Boolean).slice(0, 3).join(' | ').slice(0, 300);
  return `${what}: ${titleOf(test)}: ${first}`;
}
