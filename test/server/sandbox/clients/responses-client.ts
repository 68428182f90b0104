import OpenAI, { APIError } from 'openai';
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

/** OpenAI's Responses, by its own client. */
export function responsesClient(origin: string): Client {
  const client = new OpenAI({ apiKey: 'sk-test', baseURL: `${origin}/v1`, maxRetries: 0 });
  return {
    async ask(asked) {
      const body = bodyOf(asked);
      if (!asked.stream) return understoodFrom(await client.responses.create({ ...body, stream: false }));
      return understoodFrom(await client.responses.stream(body).finalResponse());
    },
    status: (error) => (error instanceof APIError ? error.status : undefined),
  };
}

function bodyOf(asked: Asked): Omit<OpenAI.Responses.ResponseCreateParamsNonStreaming, 'stream'> {
  // The fields that it does not have are sent as somebody would who does not know.
  const foreign: object = {
    ...(asked.n !== undefined && { n: asked.n }),
    ...(asked.stop !== undefined && { stop: asked.stop }),
  };
  return {
    model: MODEL,
    input: [
      { role: 'user', content: QUESTION },
      ...(asked.result === undefined
        ? []
        : [
            { type: 'function_call' as const, call_id: CALL_ID, name: 'clock', arguments: '{}' },
            { type: 'function_call_output' as const, call_id: CALL_ID, output: asked.result },
          ]),
    ],
    ...(asked.system !== undefined && { instructions: asked.system }),
    ...(asked.tools && {
      tools: TOOLS.map((tool) => ({ type: 'function' as const, strict: false, ...tool })),
    }),
    ...(asked.choice !== undefined && { tool_choice: choiceOf(asked.choice) }),
    ...(asked.maxTokens !== undefined && { max_output_tokens: asked.maxTokens }),
    ...(asked.json && {
      text: { format: { type: 'json_schema' as const, name: 'weather', strict: true, schema: PARAMETERS } },
    }),
    ...foreign,
  };
}

function choiceOf(choice: string): 'required' | 'auto' | { type: 'function'; name: string } {
  if (choice === 'any') return 'required';
  return choice === 'auto' ? 'auto' : { type: 'function', name: choice };
}

function understoodFrom(response: OpenAI.Responses.Response): Understood {
  const call = response.output.find((item) => item.type === 'function_call');
  return {
    model: response.model,
    texts: [response.output_text],
    tool: call && { name: call.name, input: JSON.parse(call.arguments) },
    finish: response.incomplete_details?.reason ?? response.status,
    input: response.usage?.input_tokens,
    output: response.usage?.output_tokens,
  };
}
