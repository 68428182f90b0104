import type { Answer, ReadEvent } from '../answer.ts';
import { type Json, jsonOf, textOf } from '../read-json.ts';
import { faultOf } from '../refusals/fault.ts';
import { anthropicUsage } from './token-usage.ts';

/** Anthropic Messages, streamed or whole. */
export function readAnthropic(answer: Answer): ReadEvent {
  /** Counts of message_start, and of the last message_delta, which are cumulative. */
  let startUsage: Json | undefined;
  let deltaUsage: Json = {};
  let started = false;

  const count = (): void => {
    // Without an output count of its own it only has the one token of message_start, which is not what the answer took.
    answer.usage =
      deltaUsage['output_tokens'] === undefined ? undefined : anthropicUsage(startUsage, deltaUsage);
  };
  const start = (message: Json): void => {
    started = true;
    startUsage = jsonOf(message['usage']);
    answer.inputTokens = anthropicUsage(startUsage, { output_tokens: 0 })?.inputTokens || undefined;
    answer.model = textOf(message['model']) || undefined;
    answer.requestId = textOf(message['id']) || undefined;
  };
  const stop = (reason: unknown): string => (typeof reason === 'string' ? answer.finish(reason) : '');

  return (json, event) => {
    // The type in the JSON counts. Some servers put the event's name after the data.
    const type = textOf(json['type']) ?? event;
    switch (type) {
      case 'content_block_delta':
        answer.beat();
        return readDelta(answer, jsonOf(json['delta']));
      case 'message_start':
        answer.beat();
        // A second one may come by mistake. It begins another answer only when text follows.
        if (started) answer.beginAgain();
        else start(jsonOf(json['message']) ?? {});
        return '';
      case 'content_block_start':
        answer.beat();
        return readBlock(answer, jsonOf(json['content_block']));
      case 'message_delta':
        deltaUsage = { ...deltaUsage, ...present(jsonOf(json['usage'])) };
        count();
        answer.beat();
        return stop(jsonOf(json['delta'])?.['stop_reason']);
      case 'message_stop':
        return answer.close();
      case 'message': {
        start(json);
        deltaUsage = startUsage ?? {};
        count();
        const blocks: readonly unknown[] = Array.isArray(json['content']) ? json['content'] : [];
        const text = blocks.map((block) => readBlock(answer, jsonOf(block))).join('');
        return text + stop(json['stop_reason']) + answer.close();
      }
      case 'error':
        return answer.fault(faultOf(json) ?? {});
      default:
        return type === 'ping' ? '' : readUnknown(answer, json);
    }
  };
}

/** A type that is not known. A gateway's error may come without one. */
function readUnknown(answer: Answer, json: Json): string {
  const fault = faultOf(json);
  return fault ? answer.fault(fault) : '';
}

function readDelta(answer: Answer, delta: Json | undefined): string {
  if (delta?.['type'] === 'input_json_delta') return answer.sayInTool(textOf(delta['partial_json']) ?? '');
  // Its progress has been counted already.
  answer.thoughtChars += delta?.['type'] === 'thinking_delta' ? (textOf(delta['thinking']) ?? '').length : 0;
  return delta?.['type'] === 'text_delta' ? answer.say(textOf(delta['text']) ?? '') : '';
}

/** Empty when a block starts; `input_json_delta`s fill it. */
function readBlock(answer: Answer, block: Json | undefined): string {
  const input = block?.['type'] === 'tool_use' ? jsonOf(block['input']) : undefined;
  if (input && Object.keys(input).length > 0) return answer.sayInTool(JSON.stringify(input));
  return block?.['type'] === 'text' ? answer.say(textOf(block['text']) ?? '') : '';
}

/** A later event repeats some counts and has null for the others. */
function present(usage: Json | undefined): Json {
  return Object.fromEntries(
    Object.entries(usage ?? {}).filter(([, value]) => value !== null && value !== undefined),
  );
}
