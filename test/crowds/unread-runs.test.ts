import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { ROUTES } from '../../shared/contract/routes.ts';
import { KEY_HEADER, RUN_ID_HEADER } from '../../shared/contract/run-limits.ts';
import { timesOf } from '../full.ts';
import { createTestSandbox } from '../sandbox/create-test-sandbox.ts';
import { until } from '../until.ts';
import { crowdedServer, KEY } from './crowded-server.ts';

const CLIENTS = timesOf(30, 300);
/** Of a model that writes and writes: as much as a draft may have, and more. */
const LINE = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: 'and more '.repeat(800) } }] })}\n\n`;

/** Sends a run's request and reads nothing of its answer. */
function askUnread(url: string, provider: string): Socket {
  const body = JSON.stringify({ goal: 'write one skill that lists files', provider, model: 'some' });
  const head = [
    `POST ${ROUTES.byo} HTTP/1.1`,
    'host: localhost',
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    `${KEY_HEADER}: ${KEY}`,
    `${RUN_ID_HEADER}: ${randomBytes(16).toString('base64url')}`,
  ];
  const { port, hostname } = new URL(url);
  const socket = connect(Number(port), hostname).pause();
  socket.on('error', () => undefined);
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  return socket;
}

test.runIf(process.platform === 'linux')(
  'runs whose clients never read all end, their connections at both ends with them, and what waited took little memory',
  { timeout: 900_000 },
  async () => {
    const sandbox = await createTestSandbox({ pace: 'instant' });
    onTestFinished(() => sandbox.close());
    sandbox.script([{ phase: 'draft', stop: { how: 'flood', after: 2, line: LINE } }]);
    const crowd = await crowdedServer([{ id: 'crowd', format: 'openai', baseUrl: `${sandbox.origin}/v1` }]);
    onTestFinished(crowd.stop);

    const clients = Array.from({ length: CLIENTS }, () => askUnread(crowd.server.url, 'crowd'));
    onTestFinished(() => {
      for (const socket of clients) socket.destroy();
    });
    const ended = async (outcome: string): Promise<number> =>
      crowd.metric(`oneturn_byo_runs_total{provider="crowd",outcome="${outcome}"}`);
    await until(async () => expect((await ended('failed')) + (await ended('cancelled'))).toBe(CLIENTS));
    await until(() => expect(crowd.connections()).toBe(0));
    await until(() => expect(sandbox.counters.openSockets).toBe(0));
    expect(crowd.peakMb()).toBeLessThan(400);
    expect(crowd.server.printed()).not.toMatch(/"level":"(?:error|fatal)"/);
  },
);
