/**
 * Which other browsers have this vault, readable while it is locked: whoever can't get in is told where they
 * still may be in. By the person's own labels and the day of their last use; nothing else of the vault.
 */
import type { OtherBrowser } from '../../shared/account.ts';
import type { Ask } from '../server/ask.ts';
import { step } from './desk.ts';
import { hear } from './speech.ts';

const LOOK_EVERY_MS = 24 * 3_600_000;

interface Kept {
  gen: string;
  at: number;
  browsers: OtherBrowser[];
}

/** A line of the account's own list. */
interface Line {
  id: string;
  lastUsedAt: number;
  current: boolean;
}

async function kept(gen: string): Promise<Kept | null> {
  const { otherBrowsers } = (await chrome.storage.local.get('otherBrowsers')) as { otherBrowsers?: Kept };
  return otherBrowsers?.gen === gen ? otherBrowsers : null;
}

export const otherBrowsers = async (gen: string): Promise<OtherBrowser[]> => (await kept(gen))?.browsers ?? [];

export const forgetBrowsers = (): Promise<void> => chrome.storage.local.remove('otherBrowsers');

/** The names are in the vault, so it has to be open. */
export async function keepBrowsers(lines: Line[]): Promise<void> {
  const { gen, names } = await step(({ engine }) => ({
    gen: (JSON.parse(engine.accountView() ?? '{}') as { generation: string }).generation,
    names: JSON.parse(engine.devices()) as { device: string; name: string }[],
  }));
  const browsers = lines
    .filter(({ current }) => !current)
    .map(({ id, lastUsedAt }) => ({ name: names.find(({ device }) => device === id)?.name ?? '', lastUsedAt }))
    .sort((one, other) => other.lastUsedAt - one.lastUsedAt);
  await chrome.storage.local.set({ otherBrowsers: { gen, at: Date.now(), browsers } satisfies Kept });
}

/** Once a day, after a round of sync. */
export async function lookAtBrowsers(gen: string, ask: (path: Parameters<Ask>[1], body: Uint8Array) => Promise<Uint8Array>): Promise<void> {
  const before = await kept(gen);
  if (before && Math.abs(Date.now() - before.at) < LOOK_EVERY_MS) return;
  await keepBrowsers((await hear('account', await ask('account', new Uint8Array(0)))).devices);
}
