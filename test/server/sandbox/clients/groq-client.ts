import Groq, { APIError } from 'groq-sdk';
import type {
  ChatCompletionChunk,
  ChatCompletionCreateParamsNonStreaming,
} from 'groq-sdk/resources/chat/completions';
import { chatBody, understoodFrom } from './chat-client.ts';
import type { Client, Understood } from './client.ts';

/** Groq's chat completions, by its own client, which collects no stream by itself. */
export function groqClient(origin: string): Client {
  const client = new Groq({ apiKey: 'gsk_test', baseURL: origin, maxRetries: 0 });
  return {
    async ask(asked) {
      // as: the two vendors' types of one body differ in what is never sent here
      const body = chatBody(asked) as ChatCompletionCreateParamsNonStreaming;
      if (!asked.stream)
        return understoodFrom(await client.chat.completions.create({ ...body, stream: false }));
      const stream = await client.chat.completions.create({ ...body, stream: true });
      const chunks: ChatCompletionChunk[] = [];
      for await (const chunk of stream) chunks.push(chunk);
      return collected(chunks);
    },
    async models() {
      return (await client.models.list()).data.map(({ id }) => id);
    },
    status: (error) => (error instanceof APIError ? error.status : undefined),
  };
}

function collected(chunks: readonly ChatCompletionChunk[]): Understood {
  const firsts = chunks.flatMap(({ choices }) => choices[0] ?? []);
  const calls = firsts.flatMap(({ delta }) => delta.tool_calls?.[0]?.function ?? []);
  const usage = chunks.at(-1)?.x_groq?.usage;
  return {
    model: chunks.at(-1)?.model,
    texts: [firsts.map(({ delta }) => delta.content ?? '').join('')],
    tool: calls[0]?.name
      ? { name: calls[0].name, input: JSON.parse(calls.map((call) => call.arguments ?? '').join('')) }
      : undefined,
    finish: firsts.at(-1)?.finish_reason,
    input: usage?.prompt_tokens,
    output: usage?.completion_tokens,
  };
}
