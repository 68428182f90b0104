import { expect, test } from 'vitest';
import { createKeyAgents } from '../../../server/keys/key-agents.ts';
import { KeySockets } from '../../../server/keys/key-socket.ts';
import { openUpstream } from '../../../server/keys/key-upstream.ts';
import { ProviderKey } from '../../../server/keys/provider-key.ts';
import { createConnector } from '../../../server/providers/connect/safe-connect.ts';
import type { RateLimiter } from '../../../server/providers/rate-limiter.ts';
import { OLLAMA } from '../../../shared/providers/vendors/ollama.ts';
import { OPENAI } from '../../../shared/providers/vendors/openai.ts';

const sockets = new KeySockets();
const agents = createKeyAgents(sockets, createConnector({ reachOf: () => 'private' }));

/** The line that a run stands in which is not its own alone. */
function lineOf(vendor: typeof OLLAMA, origin: string, key: string): RateLimiter | undefined {
  const parts = { agents, sockets, now: () => 0 };
  const opened = openUpstream(new ProviderKey(Buffer.from(key)), vendor, origin, parts);
  const limiter = opened.upstream.limiter?.('some-model');
  opened.close();
  return limiter;
}

test('runs without a key at one server stand in one line', () => {
  const line = lineOf(OLLAMA, 'http://127.0.0.1:11434', '');
  expect(line).toBeDefined();
  expect(lineOf(OLLAMA, 'http://127.0.0.1:11434', '')).toBe(line);
  expect(lineOf(OLLAMA, 'http://127.0.0.1:8000', '')).not.toBe(line);
});

test('a run on a key has a line of its own: whether two keys are one is not compared', () => {
  const key = 'sk-test-0123456789abcdef0123456789abcdef';
  expect(lineOf(OLLAMA, 'http://127.0.0.1:11434', key)).toBeUndefined();
  expect(lineOf(OPENAI, 'https://api.openai.com', key)).toBeUndefined();
});
