/** Passwords that the background makes by itself, as the person set the generator to make them. */
import type { GeneratorOptions } from '../shared/api.ts';
import { DEFAULT_CHOICE, GENERATOR_FORM, optionsOf, readChoice } from '../shared/generator.ts';
import type { EngineDesk } from './engine.ts';
import { sealedDraft } from './ui/drafts.ts';

/** The generator's settings; those it starts with where the kept ones can make nothing. */
export async function generatorOptions(desk: EngineDesk): Promise<GeneratorOptions> {
  return optionsOf(readChoice(await sealedDraft(desk, GENERATOR_FORM))) ?? DEFAULT_CHOICE.characters;
}
