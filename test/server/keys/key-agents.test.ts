import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Dispatcher } from 'undici';
import { expect, test } from 'vitest';
import { createKeyAgents } from '../../../server/keys/key-agents.ts';
import { KeySockets } from '../../../server/keys/key-socket.ts';
import { createConnector } from '../../../server/providers/connect/safe-connect.ts';
import { wantConnection } from '../../../server/providers/connect/wanted-connections.ts';
import { ANTHROPIC } from '../../../shared/providers/vendors/anthropic.ts';

/** The next request follows at once, as a run's next call does. */
function send(dispatcher: Dispatcher, origin: string): Promise<void> {
  const release = wantConnection(origin);
  return new Promise((resolve, reject) => {
    dispatcher.dispatch(
      { origin, path: '/', method: 'POST', body: Buffer.from('x') },
      {
        onConnect: release,
        onHeaders: () => true,
        onData: () => true,
        onComplete: () => queueMicrotask(() => setImmediate(resolve)),
        onError: reject,
      },
    );
  });
}

test('connections are kept again after one has served its thousand requests under traffic', async () => {
  let connections = 0;
  let requests = 0;
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      requests += 1;
      response.write('first');
      setImmediate(() => response.end('last'));
    });
  }).listen(0, '127.0.0.1');
  server.on('connection', () => {
    connections += 1;
  });
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // as: a TCP address
  const agents = createKeyAgents(new KeySockets(), createConnector({ reachOf: () => 'private' }));
  const { dispatcher } = agents.for(ANTHROPIC, origin);
  for (let i = 0; i < 1100; i++) await send(dispatcher, origin);
  await agents.close();
  server.close();
  expect(requests).toBe(1100);
  expect(connections).toBeLessThanOrEqual(3);
});
