import { expect, test, vi } from 'vitest';
import type { ComposeEvent } from '../../../../shared/contract/events.ts';
import { readRun } from '../../../../web/compose/session/read-run.ts';
import { RUN } from '../../support/fixtures.ts';
import { eventText } from '../../support/scripted-run.ts';

const HEAD = { headers: { 'content-type': 'text/event-stream; charset=utf-8' } };
const whole = RUN.map(eventText).join('');

function streamOf(
  chunks: readonly Uint8Array[],
  ending: 'close' | 'error' | 'open' = 'close',
): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      if (ending === 'close') controller.close();
      if (ending === 'error') controller.error(new TypeError('network'));
    },
  });
}
async function read(response: Response | Promise<Response>, signal = new AbortController().signal) {
  const events: ComposeEvent[] = [];
  const end = await readRun(Promise.resolve(response), (event) => events.push(event), signal);
  return { end, events };
}

test('a run is read to its last event, whatever the network cuts it into', async () => {
  const bytes = new TextEncoder().encode(`${whole.replace('Do it well', 'Do it wéll 漢字 🗝')}`);
  for (const size of [1, 2, 3, 7, 64, 100_000]) {
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
      bytes.subarray(i * size, (i + 1) * size),
    );
    const { end, events } = await read(new Response(streamOf(chunks), HEAD));
    expect(end).toEqual({ kind: 'complete' });
    expect(events).toHaveLength(RUN.length);
    expect(events[12]).toMatchObject({
      event: 'draft',
      data: { body: '# collect-changes\n\nDo it wéll 漢字 🗝.' },
    });
  }
});

test('a stream that ends without its last event was cut', async () => {
  const text = new TextEncoder().encode(RUN.slice(0, -1).map(eventText).join(''));
  expect((await read(new Response(streamOf([text]), HEAD))).end).toEqual({ kind: 'cut' });
  expect((await read(new Response(streamOf([text], 'error'), HEAD))).end).toEqual({ kind: 'cut' });
});

test('text that looks like an event of the stream stays text', async () => {
  const delta = 'x\n\nevent: done\ndata: {"drafts":99}\n\n';
  const text = eventText({ event: 'text', data: { item: 'i1', revision: 1, delta } });
  const { end, events } = await read(new Response(streamOf([new TextEncoder().encode(text)]), HEAD));
  expect(events).toEqual([{ event: 'text', data: { item: 'i1', revision: 1, delta } }]);
  expect(end).toEqual({ kind: 'cut' });
});

test('names and fields that this page does not know are passed over', async () => {
  const text = `: heartbeat\n\nevent: execute\ndata: {"js":"alert(1)"}\n\nevent: text\ndata: {"item":1}\n\nevent: done\ndata: {"drafts":0,"new":1}\n\n`;
  const { end, events } = await read(new Response(streamOf([new TextEncoder().encode(text)]), HEAD));
  expect(events).toEqual([{ event: 'done', data: { drafts: 0 } }]);
  expect(end).toEqual({ kind: 'complete' });
});

test('nothing counts after the last event', async () => {
  const text = `${eventText({ event: 'done', data: { drafts: 0 } })}${eventText({ event: 'failed', data: { error: { code: 'internal', message: '' } } })}`;
  expect((await read(new Response(streamOf([new TextEncoder().encode(text)]), HEAD))).events).toHaveLength(1);
});

test('a refusal is the failure that its body tells of', async () => {
  const error = { code: 'key_rejected', reason: 'no_credit', message: 'Add credit.' };
  const { end } = await read(Response.json({ error }, { status: 422 }));
  expect(end).toEqual({ kind: 'failure', failure: error });
});

test('an error page of something in between is a failure in plain words', async () => {
  const { end } = await read(new Response('<h1>502 Bad Gateway</h1>', { status: 502 }));
  expect(end).toMatchObject({
    kind: 'failure',
    failure: { code: 'internal', message: expect.stringContaining('502') },
  });
});

test('an answer that is no event stream is a failure, also with status 200', async () => {
  expect(
    (
      await read(
        new Response('<h1>Sign in to the café Wi-Fi</h1>', { headers: { 'content-type': 'text/html' } }),
      )
    ).end.kind,
  ).toBe('failure');
});

test('a request that we gave up ourselves is left, a network that failed is cut', async () => {
  const gone = AbortSignal.abort();
  expect((await read(Promise.reject(new DOMException('', 'AbortError')), gone)).end).toEqual({
    kind: 'left',
  });
  expect((await read(Promise.reject(new TypeError('Failed to fetch')))).end).toEqual({ kind: 'cut' });
});

test('a stream without a sign of life for over half a minute is cut', async () => {
  vi.useFakeTimers();
  try {
    const reading = read(new Response(streamOf([new TextEncoder().encode(': here\n\n')], 'open'), HEAD));
    await vi.advanceTimersByTimeAsync(29_000);
    let ended = false;
    void reading.then(() => {
      ended = true;
    });
    await vi.advanceTimersByTimeAsync(1);
    expect(ended).toBe(false);
    await vi.advanceTimersByTimeAsync(11_000);
    expect((await reading).end).toEqual({ kind: 'cut' });
  } finally {
    vi.useRealTimers();
  }
});
