// Lets Node run the repository's TypeScript: node --import ./scripts/typescript.mjs file.ts
import { register } from 'node:module';
import { pathToFileURL } from 'node:url';
import { inRoot } from './lib/house.mjs';

register(pathToFileURL(inRoot('scripts/lib/typescript-hooks.mjs')).href);
