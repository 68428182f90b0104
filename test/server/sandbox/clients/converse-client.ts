import { EventStreamCodec, getChunkedStream } from '@smithy/core/event-streams';
import * as z from 'zod';
import {
  type Asked,
  CALL_ID,
  type Client,
  MODEL,
  PARAMETERS,
  QUESTION,
  TOOLS,
  type Understood,
} from './client.ts';
import { post, statusOf } from './wire-status.ts';

const usage = z.strictObject({ inputTokens: z.int(), outputTokens: z.int(), totalTokens: z.int() });
const input = z.record(z.string(), z.unknown());
const toolUse = z.strictObject({ toolUseId: z.string(), name: z.string() });
/** As @aws-sdk/client-bedrock-runtime 3.1162 types them. */
const whole = z.strictObject({
  metrics: z.strictObject({ latencyMs: z.int() }),
  output: z.strictObject({
    message: z.strictObject({
      role: z.literal('assistant'),
      content: z.array(
        z.union([
          z.strictObject({ text: z.string() }),
          z.strictObject({ toolUse: toolUse.extend({ input }) }),
        ]),
      ),
    }),
  }),
  stopReason: z.string(),
  usage,
});
const p = z.optional(z.string());
const at = { contentBlockIndex: z.int(), p };
const latency = z.strictObject({ latencyMs: z.int() });
const EVENTS = {
  messageStart: z.strictObject({ role: z.literal('assistant'), p }),
  contentBlockStart: z.strictObject({ ...at, start: z.strictObject({ toolUse }) }),
  contentBlockDelta: z.strictObject({
    ...at,
    delta: z.union([
      z.strictObject({ text: z.string() }),
      z.strictObject({ toolUse: z.strictObject({ input: z.string() }) }),
    ]),
  }),
  contentBlockStop: z.strictObject(at),
  messageStop: z.strictObject({ stopReason: z.string(), p }),
  metadata: z.strictObject({ metrics: latency, usage, p }),
};

/** Bedrock's Converse: Amazon's own codec for its frames, and its types. */
export function converseClient(origin: string): Client {
  const url = `${origin}/model/${MODEL}/converse`;
  return {
    async ask(asked) {
      if (asked.stream) return streamed(await post(`${url}-stream`, bodyOf(asked)));
      const {
        output,
        stopReason,
        usage: counts,
      } = whole.parse(await (await post(url, bodyOf(asked))).json());
      const { content } = output.message;
      const tool = content.flatMap((block) => ('toolUse' in block ? block.toolUse : []))[0];
      return {
        model: MODEL,
        texts: [content.map((block) => ('text' in block ? block.text : '')).join('')],
        tool,
        finish: stopReason,
        input: counts.inputTokens,
        output: counts.outputTokens,
      };
    },
    status: statusOf,
  };
}

function bodyOf(asked: Asked): object {
  const { choice } = asked;
  return {
    messages: [
      { role: 'user', content: [{ text: QUESTION }] },
      ...(asked.result === undefined
        ? []
        : [
            {
              role: 'assistant',
              content: [{ toolUse: { toolUseId: CALL_ID, name: 'clock', input: {} } }],
            },
            {
              role: 'user',
              content: [{ toolResult: { toolUseId: CALL_ID, content: [{ text: asked.result }] } }],
            },
          ]),
    ],
    ...(asked.system !== undefined && { system: [{ text: asked.system }] }),
    inferenceConfig: {
      ...(asked.maxTokens !== undefined && { maxTokens: asked.maxTokens }),
      ...(asked.stop !== undefined && { stopSequences: [asked.stop] }),
    },
    ...(asked.tools && {
      toolConfig: {
        tools: TOOLS.map(({ name, parameters }) => ({
          toolSpec: { name, inputSchema: { json: parameters } },
        })),
        ...(choice !== undefined && { toolChoice: choiceOf(choice) }),
      },
    }),
    ...(asked.json && {
      outputConfig: {
        textFormat: {
          type: 'json_schema',
          structure: { jsonSchema: { name: 'weather', schema: JSON.stringify(PARAMETERS) } },
        },
      },
    }),
  };
}

function choiceOf(choice: string): object {
  return choice === 'any' || choice === 'auto' ? { [choice]: {} } : { tool: { name: choice } };
}

async function streamed({ body }: Response): Promise<Understood> {
  if (!body) throw new Error('no body');
  const codec = new EventStreamCodec(
    (bytes) => Buffer.from(bytes as Uint8Array).toString('utf8'), // as: it hands over bytes
    (text) => Buffer.from(text, 'utf8'),
  );
  const seen = { text: '', input: '', name: '', finish: '', counts: [0, 0] };
  for await (const frame of getChunkedStream(body)) {
    const { headers, body: bytes } = codec.decode(frame);
    const json: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    const event = String(headers[':event-type']?.value);
    if (event === 'contentBlockStart') seen.name = EVENTS.contentBlockStart.parse(json).start.toolUse.name;
    else if (event === 'contentBlockDelta') {
      const { delta } = EVENTS.contentBlockDelta.parse(json);
      if ('text' in delta) seen.text += delta.text;
      else seen.input += delta.toolUse.input;
    } else if (event === 'messageStop') seen.finish = EVENTS.messageStop.parse(json).stopReason;
    else if (event === 'metadata') {
      const { usage: counts } = EVENTS.metadata.parse(json);
      seen.counts = [counts.inputTokens, counts.outputTokens];
    } else if (event === 'messageStart') EVENTS.messageStart.parse(json);
    else if (event === 'contentBlockStop') EVENTS.contentBlockStop.parse(json);
    else throw new Error(`no event of Converse: ${event}`);
  }
  const [inputTokens, outputTokens] = seen.counts;
  return {
    model: MODEL,
    texts: [seen.text],
    tool: seen.name === '' ? undefined : { name: seen.name, input: JSON.parse(seen.input) },
    finish: seen.finish,
    input: inputTokens,
    output: outputTokens,
  };
}
