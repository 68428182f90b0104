import {
  ApiError,
  FunctionCallingConfigMode,
  type GenerateContentParameters,
  type GenerateContentResponse,
  GoogleGenAI,
} from '@google/genai';
import { type Asked, type Client, MODEL, PARAMETERS, QUESTION, TOOLS, type Understood } from './client.ts';

/** Gemini's own format, by Google's client. */
export function geminiClient(origin: string): Client {
  const client = new GoogleGenAI({ apiKey: 'AQ.test', httpOptions: { baseUrl: origin } });
  return {
    async ask(asked) {
      const body = bodyOf(asked);
      if (!asked.stream) return understoodFrom([await client.models.generateContent(body)]);
      const chunks: GenerateContentResponse[] = [];
      for await (const chunk of await client.models.generateContentStream(body)) chunks.push(chunk);
      return understoodFrom(chunks);
    },
    async models() {
      const names: (string | undefined)[] = [];
      for await (const { name } of await client.models.list()) names.push(name?.replace('models/', ''));
      return names;
    },
    status: (error) => (error instanceof ApiError ? error.status : undefined),
  };
}

function bodyOf(asked: Asked): GenerateContentParameters {
  const { choice } = asked;
  return {
    model: MODEL,
    contents: [
      { role: 'user', parts: [{ text: QUESTION }] },
      ...(asked.result === undefined
        ? []
        : [
            { role: 'model', parts: [{ functionCall: { name: 'clock', args: {} } }] },
            {
              role: 'user',
              parts: [{ functionResponse: { name: 'clock', response: { output: asked.result } } }],
            },
          ]),
    ],
    config: {
      ...(asked.system !== undefined && { systemInstruction: asked.system }),
      ...(asked.tools && {
        tools: [
          {
            functionDeclarations: TOOLS.map(({ name, parameters }) => ({
              name,
              parametersJsonSchema: parameters,
            })),
          },
        ],
      }),
      ...(choice !== undefined &&
        choice !== 'auto' && {
          toolConfig: {
            functionCallingConfig: {
              mode: FunctionCallingConfigMode.ANY,
              ...(choice !== 'any' && { allowedFunctionNames: [choice] }),
            },
          },
        }),
      ...(asked.stop !== undefined && { stopSequences: [asked.stop] }),
      ...(asked.maxTokens !== undefined && { maxOutputTokens: asked.maxTokens }),
      ...(asked.n !== undefined && { candidateCount: asked.n }),
      ...(asked.json && { responseMimeType: 'application/json', responseJsonSchema: PARAMETERS }),
    },
  };
}

function understoodFrom(chunks: readonly GenerateContentResponse[]): Understood {
  const texts: string[] = [];
  for (const { candidates = [] } of chunks)
    for (const { index = 0, content } of candidates)
      texts[index] = (texts[index] ?? '') + (content?.parts ?? []).map(({ text = '' }) => text).join('');
  // Its own way to them warns where there are several candidates.
  const call = chunks
    .flatMap(({ candidates }) => candidates?.[0]?.content?.parts ?? [])
    .flatMap(({ functionCall }) => functionCall ?? [])[0];
  const last = chunks.at(-1);
  return {
    model: last?.modelVersion,
    texts,
    tool: call?.name === undefined ? undefined : { name: call.name, input: call.args },
    finish: last?.candidates?.[0]?.finishReason,
    input: last?.usageMetadata?.promptTokenCount,
    output: last?.usageMetadata?.candidatesTokenCount,
  };
}
