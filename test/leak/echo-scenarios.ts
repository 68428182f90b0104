import { readAll, readConfig, sendRun } from './byo-client.ts';
import { CANARY_LENGTHS, type Canary, makeCanary } from './canary.ts';
import { DISGUISE_NAMES } from './disguises.ts';
import { CUTS, type Echo, type EchoProvider, PLACES } from './echo-provider.ts';

export const BODY = {
  goal: 'turn merged pull requests into weekly release notes',
  provider: 'anthropic',
  model: 'claude-x',
} as const;

/** In an order that differs each time, since what comes last has nothing behind it that could overwrite what it left. */
export function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, order: Math.random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}

/** Every spelling in a place, whole or cut. */
export function echoesIn(place: Echo['place'], cut: Echo['cut']): readonly Echo[] {
  return shuffled(DISGUISE_NAMES).map((disguise) => ({ place, cut, disguise }));
}

export const ALL_ECHOES: readonly Echo[] = PLACES.flatMap((place) =>
  CUTS.flatMap((cut) => echoesIn(place, cut)),
);

let made = 0;
/** Each of another length than the one before. */
export function nextCanary(): Canary {
  return makeCanary(undefined, CANARY_LENGTHS[made++ % CANARY_LENGTHS.length]);
}

/** One run whose provider sends the key back; the answer to it. */
export async function playEcho(
  url: string,
  provider: EchoProvider,
  echo: Echo,
  canary: Canary,
): Promise<string> {
  provider.expect(canary.key, echo);
  const sent = await sendRun(url, {
    key: canary.key,
    sealed: true,
    body: BODY,
    config: await readConfig(url),
  });
  return readAll(await sent.response);
}
