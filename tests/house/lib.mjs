// What several house tests read.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { filesBelow, inRoot, ROOT } from '../../scripts/lib/house.mjs';

export const DIST = { chromium: inRoot('dist/chromium'), firefox: inRoot('dist/firefox') };

/** Files under version control; where there is no git (an unpacked archive), the rooms' own files. */
export function trackedFiles() {
  try {
    const out = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: ROOT, encoding: 'utf8' });
    return out.split('\0').filter((file) => file !== '' && isThere(file));
  } catch {
    return ['crate', 'extension', 'tests', 'scripts', 'docs'].flatMap((room) => filesBelow(inRoot(room)).map((file) => `${room}/${file}`));
  }
}

function isThere(file) {
  try {
    readFileSync(inRoot(file));
    return true;
  } catch {
    return false; // deleted and not yet committed, or a folder of another repository
  }
}

export const text = (file) => readFileSync(inRoot(file), 'utf8');

/** Lines of `files` that match, as `file:line: text`, so that a failure says where. */
export function grep(files, pattern) {
  return files.flatMap((file) =>
    text(file)
      .split('\n')
      .flatMap((line, n) => (pattern.test(line) ? [`${file}:${n + 1}: ${line.trim().slice(0, 160)}`] : [])),
  );
}
