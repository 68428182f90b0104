import type { ModelCall } from '../../compose/ask.ts';
import type { GeminiWire, Vendor } from '../vendor.ts';
import { fitSchema, GEMINI_SUBSET } from './fit-schema.ts';

/**
 * The body of `streamGenerateContent`. Thoughts are asked for where the model can send them, as a sign of progress. Source: ai.google.dev,
 * API reference.
 */
export function geminiBody({ gemini, effort }: Vendor & GeminiWire, model: string, call: ModelCall): object {
  const { schema } = call;
  const thinks = gemini.thinks.test(model);
  const level = effort?.field === 'thinkingLevel' && call.effort;
  return {
    systemInstruction: { parts: [{ text: call.system }] },
    contents: [{ role: 'user', parts: [{ text: call.user }] }],
    generationConfig: {
      maxOutputTokens: call.maxOutputTokens,
      ...(schema && {
        responseMimeType: 'application/json',
        responseJsonSchema: fitSchema(schema.json, GEMINI_SUBSET),
      }),
      ...((thinks || level) && {
        thinkingConfig: { ...(thinks && { includeThoughts: true }), ...(level && { thinkingLevel: level }) },
      }),
    },
  };
}
