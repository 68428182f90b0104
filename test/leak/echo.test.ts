import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig, sendRun } from './byo-client.ts';
import type { Canary } from './canary.ts';
import { CUTS, createEchoProvider, type EchoProvider, PLACES } from './echo-provider.ts';
import { BODY, echoesIn, nextCanary, playEcho } from './echo-scenarios.ts';
import { type ForkedServer, forkServer } from './forked.ts';
import { NOTHING, residueOf } from './memory-scan.ts';

/** Where a provider may put a key that it sends back. Each with every spelling, one after the other; `npm run prove:nightly` has 5,000 of them, several at once. */
const WHERE = PLACES.flatMap((place) => CUTS.map((cut) => ({ place, cut })));
const SERVERS = [
  { how: 'as it is', env: {} },
  { how: 'when others take what malloc was given back', env: { TAKE_FREED: '1' } },
] as const;

describe.skipIf(process.platform !== 'linux').each(SERVERS)(
  'a key that its provider sends back, $how',
  ({ env }) => {
    let provider: EchoProvider;
    let server: ForkedServer;
    beforeAll(async () => {
      provider = await createEchoProvider();
      server = await forkServer({
        UPSTREAM: provider.origin,
        UPSTREAM_CA: provider.ca,
        LOG_LEVEL: 'debug',
        ...env,
      });
    });
    afterAll(async () => {
      await server.kill();
      provider.close();
    });

    test.each(WHERE)(
      'in the $place, $cut, is not there afterwards, in any spelling',
      async ({ place, cut }) => {
        const canaries: Canary[] = [];
        for (const echo of echoesIn(place, cut)) {
          const canary = nextCanary();
          canaries.push(canary);
          const answer = await playEcho(server.url, provider, echo, canary);
          for (const block of canary.blocks) expect(answer, echo.disguise).not.toContain(block);
        }
        expect(residueOf(server.pid, canaries)).toEqual(NOTHING);
        for (const { blocks } of canaries) expect(server.output()).not.toContain(blocks[0]);
      },
    );

    test('again and again, while its client does not read, is not there when the client has left', async () => {
      const canaries = Array.from({ length: 3 }, nextCanary);
      const config = await readConfig(server.url);
      const before = await ended(server.url);
      for (const { key } of canaries) {
        provider.expect(key, 'pour');
        const sent = await sendRun(server.url, { key, sealed: true, body: BODY, config });
        const response = await sent.response;
        response.pause();
        await new Promise((poured) => setTimeout(poured, 200));
        sent.destroy();
      }
      await expect
        .poll(() => ended(server.url), { timeout: 60_000 })
        .toBeGreaterThanOrEqual(before + canaries.length);
      expect(residueOf(server.pid, canaries)).toEqual(NOTHING);
    });
  },
);

/** So many runs have ended, cancelled or because too much came. */
async function ended(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Array.from(text.matchAll(/^oneturn_byo_runs_total\{.*\} (\d+)$/gm)).reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  );
}
