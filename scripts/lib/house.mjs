// Where things are, and how a step runs another program. No path here depends on the folder that
// the clone lies in, nor on the folder that the command was given from.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const inRoot = (...parts) => join(ROOT, ...parts);

export class StepFailed extends Error {}

/** Runs a program to its end; its output goes where ours goes, unless `capture` asks for it. */
export function run(program, args, { env = {}, cwd = ROOT, capture = false } = {}) {
  const result = spawnSync(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: capture ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (result.error) throw new StepFailed(`${program}: ${result.error.message}`);
  if (result.status !== 0) {
    throw new StepFailed(
      `${program} ${args.join(' ')}: ended with ${result.status ?? result.signal}\n${(result.stderr ?? '').slice(0, 4000)}`,
    );
  }
  return result.stdout ?? '';
}

/** The same, without waiting: for steps that can go on at the same time. */
export function runAside(program, args, { env = {} } = {}) {
  return new Promise((done, fail) => {
    const child = spawn(program, args, { cwd: ROOT, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        said += text;
      });
    }
    child.on('error', (error) => fail(new StepFailed(`${program}: ${error.message}`)));
    child.on('close', (status, signal) => {
      if (status === 0) done();
      else fail(new StepFailed(`${program} ${args.join(' ')}: ended with ${status ?? signal}\n${said.slice(0, 4000)}`));
    });
  });
}

/** All files below `dir`, as paths relative to it with `/`, sorted. */
export function filesBelow(dir, from = dir) {
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(dir, entry.name);
      return entry.isDirectory() ? filesBelow(path, from) : [relative(from, path).replaceAll('\\', '/')];
    })
    .sort();
}

/** Writes only what is different, so that a browser that has the folder open sees no needless change. */
export function writeIfChanged(path, content) {
  const bytes = Buffer.from(content);
  if (existsSync(path) && readFileSync(path).equals(bytes)) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}

/** Makes `dir` hold exactly `files` (a Map of relative path to bytes). */
export function writeFolder(dir, files) {
  for (const path of filesBelow(dir)) {
    if (!files.has(path)) rmSync(join(dir, path));
  }
  for (const [path, content] of files) writeIfChanged(join(dir, path), content);
}
