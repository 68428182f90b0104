import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasNginx, NGINX, setUpNginx } from '../../nginx.ts';
import { answers } from '../../ports.ts';
import type { Rule } from '../../sandbox/script.ts';
import { byoServer } from './support/byo-server.ts';
import { begin, type Expected, expectLeft } from './support/leaving.ts';

const missing = !hasNginx();

const ONE = { goal: 'write one skill that lists files' };

describe.skipIf(missing)(
  `behind nginx${missing ? ' (skipped: it is not installed; NGINX= names another)' : ''}`,
  () => {
    const byo = byoServer();
    let through = '';
    let stop: () => Promise<void>;

    beforeAll(async () => {
      const { args, url, folder } = await setUpNginx(byo.url);
      const nginx = spawn(NGINX, args, { stdio: 'ignore' });
      const exited = once(nginx, 'exit');
      await answers(url);
      through = url;
      stop = async () => {
        nginx.kill('SIGTERM');
        await exited;
        rmSync(folder, { recursive: true, force: true });
      };
    });
    afterAll(() => stop());

    interface Moment {
      readonly when: string;
      readonly script: readonly Rule[];
      /** What the client has seen by then; '': not even a head. */
      readonly seen: string;
      readonly expected: Expected;
    }
    const hang = (phase: Rule['phase'], after: 'nothing' | 'head' | number): readonly Rule[] => [
      { phase, stop: { how: 'hang', after } },
    ];
    const moments: readonly Moment[] = [
      {
        when: 'classifying, before nginx has a head to pass on',
        script: hang('classification', 'nothing'),
        seen: '',
        expected: { phase: 'classifying', requests: 1, aborted: 1 },
      },
      {
        when: 'classifying, with the stream open',
        script: hang('classification', 'head'),
        seen: 'event: run',
        expected: { phase: 'classifying', requests: 1, aborted: 1 },
      },
      {
        when: 'planning',
        script: hang('plan', 'nothing'),
        seen: 'event: intent',
        expected: { phase: 'planning', requests: 2, aborted: 1 },
      },
      {
        when: 'drafting',
        script: hang('draft', 8),
        seen: 'event: text',
        expected: { phase: 'drafting', requests: 3, aborted: 1 },
      },
      {
        when: 'analyzing',
        script: hang('critique', 'nothing'),
        seen: '"phase":"analyzing"',
        expected: { phase: 'analyzing', requests: 4, aborted: 1 },
      },
    ];
    const ways = ['fin', 'reset'] as const;
    const cases = moments.flatMap((moment) => ways.map((how) => ({ ...moment, how })));

    test.each(cases)(
      'a client that cancels by $how while $when leaves no connection to the provider',
      async (one) => {
        const { script, seen, expected, how } = one;
        const run = await begin(byo, { script, requests: expected.requests }, ONE, { through });
        if (seen === '') expect(run.head).toBe('');
        else await run.until(seen);
        await expectLeft(byo, run, () => run.leave(how), expected);
        await expect.poll(() => byo.sandbox.counters.openSockets).toBe(0);
        expect(byo.accessLines.filter(({ method }) => method === 'POST')).toMatchObject([{ status: 499 }]);
      },
    );

    test('a run that nobody cancels comes through it whole', async () => {
      const answer = await (await byo.open(ONE, { through })).answer();
      expect(answer.events.at(-1)?.name).toBe('done');
    });
  },
);
