import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { createParser } from 'eventsource-parser';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';

/**
 * What one writes without thinking of the key or of speed, from the documentation of the same libraries: the key is a header's
 * string, the provider is asked by the global `fetch`, its events are parsed and sent on by `streamSSE`. It makes no plan.
 */
const UPSTREAM = process.env['UPSTREAM'] ?? '';
const app = new Hono();

app.post('/stream', async (c) => {
  const key = c.req.header('x-provider-key') ?? '';
  const request = await c.req.json<{ goal: string; model: string }>();
  const answer = await fetch(`${UPSTREAM}/v1/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'anthropic-version': '2026-10-21', 'x-api-key': key },
    body: JSON.stringify({
      model: request.model,
      max_tokens: 12_000,
      stream: true,
      messages: [{ role: 'user', content: request.goal }],
    }),
    signal: c.req.raw.signal,
  });
  const { body } = answer;
  if (!answer.ok || !body) return c.json({ error: 'refused' }, 502);
  c.header('x-accel-buffering', 'no');
  return streamSSE(c, async (stream) => {
    const pending: string[] = [];
    const parser = createParser({
      onEvent: ({ event, data }) => {
        if (event === 'content_block_delta')
          pending.push((JSON.parse(data) as { delta: { text: string } }).delta.text); // as: the bench's own source
      },
    });
    const decoder = new TextDecoder();
    try {
      for await (const chunk of body) {
        parser.feed(decoder.decode(chunk, { stream: true }));
        for (const delta of pending.splice(0))
          await stream.writeSSE({ event: 'text', data: JSON.stringify({ delta }) });
      }
      await stream.writeSSE({ event: 'done', data: '{}' });
    } catch (error) {
      // The client left: the signal has ended the fetch.
      if (!c.req.raw.signal.aborted) throw error;
    }
  });
});

app.onError((_, c) => c.json({ error: 'failed' }, 502));
const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
server.once('listening', () => {
  const { port } = server.address() as AddressInfo; // as: it listens on TCP
  process.send?.({ url: `http://127.0.0.1:${port}` });
});
