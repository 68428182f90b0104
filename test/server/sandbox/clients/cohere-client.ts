import { createParser } from 'eventsource-parser';
import * as z from 'zod';
import { chatBody } from './chat-client.ts';
import { type Asked, type Client, MODEL, PARAMETERS, type Understood } from './client.ts';
import { post, statusOf } from './wire-status.ts';

const counts = z.strictObject({ input_tokens: z.int(), output_tokens: z.int() });
const usage = z.strictObject({ billed_units: counts, tokens: counts });
const call = z.strictObject({
  id: z.string(),
  type: z.literal('function'),
  function: z.strictObject({ name: z.string(), arguments: z.string() }),
});
/** As cohere-ai 8.1 reads them. */
const whole = z.strictObject({
  id: z.string(),
  finish_reason: z.enum(['COMPLETE', 'STOP_SEQUENCE', 'MAX_TOKENS', 'TOOL_CALL', 'ERROR', 'TIMEOUT']),
  message: z.strictObject({
    role: z.literal('assistant'),
    content: z.optional(z.array(z.strictObject({ type: z.literal('text'), text: z.string() }))),
    tool_calls: z.optional(z.array(call)),
  }),
  usage,
});

/** Cohere's own chat, by its client's types. */
export function cohereClient(origin: string): Client {
  return {
    async ask(asked) {
      const response = await post(`${origin}/v2/chat`, bodyOf(asked));
      if (asked.stream) return streamed(await response.text());
      const { message, finish_reason, usage: used } = whole.parse(await response.json());
      const [tool] = message.tool_calls ?? [];
      return {
        model: MODEL,
        texts: [(message.content ?? []).map(({ text }) => text).join('')],
        tool: tool && { name: tool.function.name, input: JSON.parse(tool.function.arguments) },
        finish: finish_reason,
        input: used.tokens.input_tokens,
        output: used.tokens.output_tokens,
      };
    },
    async models() {
      const { models } = await (await fetch(`${origin}/v1/models?endpoint=chat`)).json();
      return models.map(({ name }: { readonly name: string }) => name);
    },
    status: statusOf,
  };
}

function bodyOf(asked: Asked): object {
  const { tool_choice: _, response_format: __, stop: ___, ...body } = chatBody(asked);
  return {
    ...body,
    stream: asked.stream,
    ...(asked.choice === 'any' && { tool_choice: 'REQUIRED' }),
    ...(asked.stop !== undefined && { stop_sequences: [asked.stop] }),
    ...(asked.json && { response_format: { type: 'json_object', json_schema: PARAMETERS } }),
  };
}

function streamed(text: string): Understood {
  const seen = { text: '', input: '', name: '', finish: '', used: { input_tokens: 0, output_tokens: 0 } };
  const order: string[] = [];
  const parser = createParser({
    onEvent({ event, data }) {
      const json = JSON.parse(data);
      if (json.type !== event) throw new Error(`${event} calls itself ${json.type}`);
      if (order.at(-1) !== json.type) order.push(json.type);
      const message = json.delta?.message;
      seen.text += message?.content?.text ?? '';
      seen.name = message?.tool_calls?.function?.name ?? seen.name;
      seen.input += message?.tool_calls?.function?.arguments ?? '';
      if (json.type !== 'message-end') return;
      seen.finish = json.delta.finish_reason;
      seen.used = usage.parse(json.delta.usage).tokens;
    },
  });
  parser.feed(text);
  const kind = seen.name === '' ? 'content' : 'tool-call';
  const expected = ['message-start', `${kind}-start`, `${kind}-delta`, `${kind}-end`, 'message-end'];
  if (order.join() !== expected.join()) throw new Error(`events in this order: ${order.join()}`);
  return {
    model: MODEL,
    texts: [seen.text],
    tool: seen.name === '' ? undefined : { name: seen.name, input: JSON.parse(seen.input) },
    finish: seen.finish,
    input: seen.used.input_tokens,
    output: seen.used.output_tokens,
  };
}
