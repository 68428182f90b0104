import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestSandbox, type TestSandbox } from '../../sandbox/create-test-sandbox.ts';
import { HTTP_FAULTS } from '../../sandbox/faults.ts';
import type { Rule } from '../../sandbox/script.ts';
import { until } from '../../until.ts';
import { CALLS, openAiBody } from './prompts.ts';
import { openRaw, partsOf, rawRequest } from './raw-request.ts';

let sandbox: TestSandbox;

beforeAll(async () => {
  sandbox = await createTestSandbox({ pace: 'instant', journal: true });
});
beforeEach(() => {
  sandbox.script([]);
  sandbox.clear();
});
afterAll(() => sandbox.close());

const BODY = openAiBody(CALLS.draft, { stream: true, stream_options: { include_usage: true } });
const play = (rule: Rule) => {
  sandbox.script([rule]);
  return rawRequest(sandbox.origin, '/v1/chat/completions', BODY);
};
const dataLines = (body: Buffer): readonly string[] => body.toString('utf8').match(/^data: .*$/gm) ?? [];

// as: the table's own keys
test.each(Object.keys(HTTP_FAULTS) as (keyof typeof HTTP_FAULTS)[])(
  '%s answers with its status, headers and body',
  async (fault) => {
    const { status, headers, body } = HTTP_FAULTS[fault];
    const parts = partsOf(await play({ fault }));
    expect(parts.head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(parts.body.toString()).toBe(body);
    for (const [name, value] of Object.entries(headers)) {
      if (!value.startsWith('{date')) expect(parts.head).toContain(`${name}: ${value}`);
    }
  },
);

test('a retry time as a date lies in the future', async () => {
  const before = Date.now();
  const { head } = partsOf(await play({ fault: 'openai-429-date' }));
  const at = Date.parse(/retry-after: (.*)/.exec(head)?.[1] ?? '');
  expect(at - before).toBeGreaterThan(10_000);
  expect(at - Date.now()).toBeLessThan(21_000);
});

test('a truncated stream ends cleanly after its frames, without a terminal marker', async () => {
  const { body, complete } = partsOf(await play({ stop: { how: 'end', after: 5 } }));
  expect(complete).toBe(true);
  expect(dataLines(body).length).toBe(5);
  expect(body.toString()).not.toContain('[DONE]');
});

test('a reset comes as a reset: before the head, after it, and in the middle', async () => {
  expect(await play({ stop: { how: 'reset', after: 'nothing' } })).toMatchObject({
    end: 'reset',
    pieces: [],
  });
  const afterHead = await play({ stop: { how: 'reset', after: 'head' } });
  expect(afterHead.end).toBe('reset');
  expect(partsOf(afterHead)).toMatchObject({ head: expect.stringMatching(/^HTTP\/1.1 200/), chunks: [] });
  const inMiddle = await play({ stop: { how: 'reset', after: 6 } });
  expect(inMiddle.end).toBe('reset');
  expect(dataLines(partsOf(inMiddle).body).length).toBe(6);
  expect(sandbox.journal.at(-1)).toMatchObject({ ended: 'cut', frames: 6 });
});

test('a connection that is closed before the head has no bytes', async () => {
  expect(await play({ stop: { how: 'end', after: 'nothing' } })).toEqual({
    bytes: Buffer.alloc(0),
    pieces: [],
    end: 'fin',
  });
});

test('a hang sends nothing more until the client leaves, and the leaving is seen', async () => {
  for (const after of ['nothing', 'head', 3] as const) {
    sandbox.clear();
    sandbox.script([{ stop: { how: 'hang', after } }]);
    const socket = openRaw(sandbox.origin, '/v1/chat/completions', BODY);
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk.toString();
    });
    await until(() => expect(sandbox.journal[0]?.phase).toBe('draft'));
    if (after !== 'nothing')
      await until(() => expect(received.match(/^data: /gm)?.length ?? 0).toBe(after === 'head' ? 0 : after));
    expect(sandbox.journal[0]?.ended).toBe('open');
    socket.destroy();
    await until(() => expect(sandbox.journal[0]?.ended).toBe('aborted'));
  }
});

test('drip and flood go on until the client leaves', async () => {
  for (const stop of [
    { how: 'drip', after: 2, everyMs: 1 },
    { how: 'flood', after: 2 },
    { how: 'flood', after: 'head', line: 'data: xxxxxxxxxxxxxxxx' },
  ] as const) {
    sandbox.clear();
    sandbox.script([{ stop }]);
    const socket = openRaw(sandbox.origin, '/v1/chat/completions', BODY);
    let bytes = 0;
    const enough = new Promise<void>((resolve) => {
      socket.on('data', (chunk) => {
        bytes += chunk.length;
        if (bytes > (stop.how === 'drip' ? 3000 : 3_000_000)) resolve();
      });
    });
    await enough;
    socket.destroy();
    await until(() => expect(sandbox.journal[0]?.ended).toBe('aborted'));
  }
});

test('frames are cut into pieces of the asked size, also inside a character', async () => {
  sandbox.script([{ text: 'größer 🚀', bytesPerWrite: 3 }]);
  const parts = partsOf(await rawRequest(sandbox.origin, '/v1/chat/completions', BODY));
  expect(Math.max(...parts.chunks.map(({ length }) => length))).toBe(3);
  expect(parts.body.toString('utf8')).toContain('🚀');
  expect(parts.chunks.some((chunk) => chunk.toString('utf8').includes('\ufffd'))).toBe(true);
});

test('raw frames go out as they are given', async () => {
  const frames = ['\ufeffdata: {"a":1}\r\n\r\n', 'data:null\n\n', ': comment\n'];
  expect(partsOf(await play({ frames })).body.toString('utf8')).toBe(frames.join(''));
});

test('compressed answers say so, and a bomb is small until it is opened', async () => {
  const gzip = partsOf(await play({ encoding: 'gzip' }));
  expect(gzip.head).toContain('content-encoding: gzip');
  expect(gunzipSync(gzip.body).toString()).toContain('[DONE]');
  const bomb = partsOf(await play({ encoding: 'bomb' }));
  expect(bomb.head).toContain('content-encoding: gzip, gzip, gzip');
  expect(bomb.body.length).toBeLessThan(1000);
});

test.each([301, 302, 303, 307, 308])('a redirect %i names its target', async (status) => {
  const { head } = partsOf(
    await play({ reply: { status, headers: { location: 'http://127.0.0.1:9/elsewhere' } } }),
  );
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} .*location: http://127.0.0.1:9/elsewhere`, 's'));
});

test('usage can be missing, absurd, or whatever the script says', async () => {
  const usageOf = async (usage: NonNullable<Rule['usage']>): Promise<unknown> => {
    const chunks = dataLines(partsOf(await play({ usage })).body).flatMap((line) =>
      line.endsWith('[DONE]') ? [] : [JSON.parse(line.slice(6))],
    );
    return chunks.at(-1)?.usage;
  };
  expect(await usageOf('missing')).toBeNull();
  expect(await usageOf('negative')).toMatchObject({ prompt_tokens: -1 });
  expect(await usageOf('huge')).toMatchObject({ completion_tokens: 1e308 });
  expect(await usageOf('text')).toMatchObject({ completion_tokens: '12' });
  expect(await usageOf({ prompt_tokens: 1, cached: 2 })).toEqual({ prompt_tokens: 1, cached: 2 });
});

test('rules apply by phase, prompt, path, turn and count', async () => {
  sandbox.script([
    { phase: 'plan', fault: 'openai-500' },
    { prompt: 'write-weekly', nth: 2, fault: 'openai-503' },
    { path: '/api/v1/', times: 1, fault: 'openrouter-402' },
  ]);
  const status = async (path: string, body: unknown): Promise<string> =>
    partsOf(await rawRequest(sandbox.origin, path, body)).head.slice(9, 12);
  expect(await status('/v1/chat/completions', openAiBody(CALLS.plan))).toBe('500');
  expect(await status('/v1/chat/completions', openAiBody(CALLS.classification))).toBe('200');
  expect(await status('/v1/chat/completions', openAiBody(CALLS.draft))).toBe('200');
  expect(await status('/v1/chat/completions', openAiBody(CALLS.draft))).toBe('503');
  expect(await status('/v1/chat/completions', openAiBody(CALLS.draft))).toBe('200');
  expect(await status('/api/v1/models', undefined)).toBe('402');
  expect(await status('/api/v1/models', undefined)).toBe('200');
});

test('a misspelt rule is refused, not ignored', () => {
  const misspelt = JSON.parse('[{"falt":"openai-500"}]');
  expect(() => sandbox.script(misspelt)).toThrow();
  expect(() => sandbox.script(JSON.parse('[{"fault":"openai-999"}]'))).toThrow();
});
