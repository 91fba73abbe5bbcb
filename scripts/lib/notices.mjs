// LICENSES.txt: the texts under which others' code inside the shipped files is used.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inRoot, run, StepFailed } from './house.mjs';
import { MODULES } from './wasm.mjs';

/** The licence file to show: MIT's where there is a choice, because it is the shortest. */
function licenceText(folder, { name, licence, author }) {
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying)([-._].*)?$/i.test(file));
  const file = files.find((each) => /mit/i.test(each)) ?? files.find((each) => !/apache/i.test(each)) ?? files[0];
  if (file !== undefined) return readFileSync(join(folder, file), 'utf8').trim();
  if (!/\bMIT\b/.test(licence)) throw new StepFailed(`${name}: no licence text to ship`);
  // A package may name the MIT licence and its author without holding the text, which is the same for all.
  return readFileSync(inRoot('LICENSE-MIT'), 'utf8')
    .replace(/^Copyright .*$/m, `Copyright (c) ${author || `the authors of ${name}`}`)
    .trim();
}

/** The npm packages among a bundle's inputs. */
function fromNpm(inputs) {
  const names = new Set(inputs.flatMap((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []));
  return [...names].map((name) => {
    const folder = inRoot('node_modules', name);
    const { version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return { name, version, licence: license, folder, author: author?.name ?? author };
  });
}

/** The crates inside the three modules; build-time ones (procedural macros) leave nothing in them. */
function fromCargo(locked) {
  const target = ['--filter-platform', 'wasm32-unknown-unknown'];
  const metadata = JSON.parse(run('cargo', ['metadata', '--format-version', '1', ...locked, ...target], { capture: true }));
  const packages = new Map(metadata.packages.map((each) => [each.id, each]));
  const nodes = new Map(metadata.resolve.nodes.map((node) => [node.id, node]));
  const isMacro = (id) => packages.get(id).targets.some((each) => each.kind.includes('proc-macro'));
  const reached = new Set();
  const visit = (id) => {
    if (reached.has(id) || isMacro(id)) return;
    reached.add(id);
    for (const { pkg, dep_kinds } of nodes.get(id).deps) {
      if (dep_kinds.some(({ kind }) => kind === null)) visit(pkg);
    }
  };
  for (const { name } of MODULES) visit(metadata.packages.find((each) => each.name === `sesame-${name}`).id);
  return [...reached]
    .map((id) => packages.get(id))
    .filter((each) => each.source !== null)
    .map(({ name, version, license, manifest_path, authors }) => {
      return { name, version, licence: license ?? '', folder: dirname(manifest_path), author: authors.join(', ') };
    });
}

/** Equal texts are printed once, under the names of all that use them. */
export function notices(inputs, { locked }) {
  const byText = new Map();
  const used = [...fromNpm(inputs), ...fromCargo(locked)].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const each of used) {
    const text = licenceText(each.folder, each);
    byText.set(text, [...(byText.get(text) ?? []), `${each.name} ${each.version} (${each.licence})`]);
  }
  const rule = '-'.repeat(80);
  const parts = [...byText].map(([text, names]) => `${rule}\n${names.join('\n')}\n\n${text}\n`);
  return `Code of others that is inside these files, and the terms under which it is used.\n\n${parts.join('\n')}`;
}
