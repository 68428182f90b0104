import type { FaultKind } from '../vendor.ts';

/** How a complete answer ended: on its own, at the output limit, or because the model or a filter refused. */
export type Finish = 'stop' | 'length' | 'refusal';

/**
 * Why a model stopped, in the words of all vendors and wire formats. A reason that is not in the table means that the answer broke off:
 * `error`, `abort`, Anthropic's `pause_turn`, which wants to be continued.
 */
const WORDS: readonly (readonly [meaning: Finish | FaultKind, words: string])[] = [
  ['stop', 'stop stop_sequence tool_calls tool_call tool_use function_call'], // OpenAI, Mistral, vLLM, SGLang, Ollama, xAI, Bedrock
  ['stop', 'end_turn eos eos_token complete completed end_of_text endoftext end_of_sequence'], // Anthropic, Together, TGI, Cohere, AI21
  ['length', 'length max_tokens max_output_tokens max_length max_len token_limit limit'], // OpenAI, Responses, Gemini, watsonx, xAI
  ['length', 'model_length model_context_window_exceeded context_window_exceeded max_context error_limit'], // Mistral, Anthropic, Z.ai, Cohere
  ['refusal', 'content_filter content_filtered content_blocked content_policy_violation blocked moderation'], // OpenAI, Bedrock, gateways
  ['refusal', 'refusal refused guardrail_intervened guardrails sensitive error_toxic'], // Anthropic, Bedrock, Z.ai, Cohere
  ['refusal', 'safety recitation language blocklist prohibited_content spii model_armor'], // Gemini
  ['refusal', 'image_safety image_prohibited_content image_recitation'], // Gemini
  ['bad_output', 'malformed_function_call malformed_response malformed_model_output malformed_tool_use'], // Gemini, Bedrock
  ['bad_output', 'unexpected_tool_call too_many_tool_calls missing_thought_signature'], // Gemini
  ['timeout', 'timeout time_limit'], // Cohere, watsonx, xAI
  ['overloaded', 'insufficient_system_resource'], // DeepSeek
];

const MEANINGS: ReadonlyMap<string, Finish | FaultKind> = new Map(
  WORDS.flatMap(([meaning, words]) => words.split(' ').map((word) => [word, meaning] as const)),
);

/** Gateways write `content_filter: RECITATION`, `FinishReason.MAX_TOKENS`, `endTurn` and `tool-calls` for what has one name at its vendor. */
export function finishOf(reason: string): Finish | FaultKind | undefined {
  const words = reason
    .slice(0, 200)
    .replace(/([a-z])(?=[A-Z])/g, '$1_')
    .toLowerCase()
    .split(':')
    .map((word) =>
      word
        .trim()
        .replace(/[\s-]/g, '_')
        .replace(/^(?:finish_)?reason[._]/, ''),
    );
  const known = words.find((word) => MEANINGS.has(word));
  return known === undefined ? undefined : MEANINGS.get(known);
}
