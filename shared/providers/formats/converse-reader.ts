import type { Answer, ReadEvent } from '../answer.ts';
import { type Json, jsonOf, textOf } from '../read-json.ts';
import { bareFaultOf, faultOf } from '../refusals/fault.ts';
import { converseUsage } from './token-usage.ts';

/**
 * Bedrock's ConverseStream, and Converse where an answer came whole. What an event is stands in its frame's headers, not in its JSON. The
 * usage comes last, behind the stop.
 */
export function readConverse(answer: Answer): ReadEvent {
  let first: unknown;
  return (json, event) => {
    switch (event) {
      case 'messageStart':
        answer.beginAgain();
        return answer.beat();
      case 'contentBlockStart':
        return answer.beat();
      case 'contentBlockDelta': {
        const delta = jsonOf(json['delta']);
        const input = textOf(jsonOf(delta?.['toolUse'])?.['input']);
        if (input === undefined) return readBlock(answer, delta);
        first ??= json['contentBlockIndex'];
        return first === json['contentBlockIndex'] ? answer.sayInTool(input) : answer.beat();
      }
      case 'messageStop':
        return stop(answer, json);
      case 'metadata':
        answer.usage = converseUsage(json['usage']);
        answer.beat();
        return answer.finished ? answer.close() : '';
      case 'contentBlockStop':
        return '';
      default:
        return readOther(answer, json, event);
    }
  };
}

/** Reads an exception, known by its frame's name, or a whole answer. What is new is skipped. */
function readOther(answer: Answer, json: Json, event: string | undefined): string {
  const output = jsonOf(jsonOf(json['output'])?.['message']);
  if (output) {
    answer.usage = converseUsage(json['usage']);
    const blocks: readonly unknown[] = Array.isArray(output['content']) ? output['content'] : [];
    const text = blocks.map((block) => readBlock(answer, jsonOf(block))).join('');
    return text + stop(answer, json) + answer.close();
  }
  const named = event !== undefined && /(?:exception|error)$/i.test(event);
  const fault = named
    ? faultOf({ error: { ...json, code: event } })
    : (faultOf(json) ?? (event === undefined ? bareFaultOf(json) : undefined));
  return fault ? answer.fault(fault) : '';
}

function stop(answer: Answer, json: Json): string {
  const reason = textOf(json['stopReason']);
  return reason ? answer.finish(reason) : '';
}

function readBlock(answer: Answer, block: Json | undefined): string {
  const text = textOf(block?.['text']);
  if (text !== undefined) return answer.say(text);
  const input = jsonOf(jsonOf(block?.['toolUse'])?.['input']);
  if (input && !answer.calls) return answer.sayInTool(JSON.stringify(input));
  return block ? answer.think(thoughtOf(jsonOf(block['reasoningContent']))) : '';
}

/** In a stream beside its signature, in a whole answer one level deeper. */
function thoughtOf(reasoning: Json | undefined): string {
  return textOf(reasoning?.['text']) ?? textOf(jsonOf(reasoning?.['reasoningText'])?.['text']) ?? '';
}
