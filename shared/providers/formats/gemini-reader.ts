import type { Answer, ReadEvent } from '../answer.ts';
import { type Json, jsonOf, textOf } from '../read-json.ts';
import { faultOf } from '../refusals/fault.ts';
import { geminiUsage } from './token-usage.ts';

/**
 * Gemini's own format: each chunk is a whole GenerateContentResponse with the next parts, as is an answer that was not streamed. There is
 * no end marker but the finish reason, and the usage so far is in every chunk.
 */
export function readGemini(answer: Answer): ReadEvent {
  return (chunk) => {
    answer.model ??= textOf(chunk['modelVersion']) || undefined;
    answer.requestId ??= textOf(chunk['responseId']) || undefined;
    answer.usage = geminiUsage(chunk['usageMetadata']) ?? answer.usage;
    const fault = faultOf(chunk);
    if (fault) return answer.fault(fault);

    // Gemini blocks the prompt for whatever it found in it.
    if (textOf(jsonOf(chunk['promptFeedback'])?.['blockReason']))
      return answer.finish('blocked') + answer.close();
    const candidates = Array.isArray(chunk['candidates']) ? chunk['candidates'].map(jsonOf) : [];
    const candidate = candidates.find((one) => one && (one['index'] ?? 0) === 0);
    return candidate ? readCandidate(answer, candidate) : '';
  };
}

function readCandidate(answer: Answer, candidate: Json): string {
  const parts = jsonOf(candidate['content'])?.['parts'];
  const text = (Array.isArray(parts) ? parts : []).map((part) => readPart(answer, jsonOf(part))).join('');
  const reason = textOf(candidate['finishReason']);
  return reason ? text + answer.finish(reason) : text;
}

function readPart(answer: Answer, part: Json | undefined): string {
  const text = textOf(part?.['text']);
  if (text) return part?.['thought'] === true ? answer.think(text) : answer.say(text);
  const args = jsonOf(jsonOf(part?.['functionCall'])?.['args']);
  if (args && !answer.calls) return answer.sayInTool(JSON.stringify(args));
  return part && Object.keys(part).length > 0 && text !== '' ? answer.beat() : '';
}
