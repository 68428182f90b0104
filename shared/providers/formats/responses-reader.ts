import type { Answer, ReadEvent } from '../answer.ts';
import { type Json, jsonOf, textOf } from '../read-json.ts';
import { faultOf } from '../refusals/fault.ts';
import { responsesUsage } from './token-usage.ts';

/**
 * OpenAI Responses, streamed or whole. Each event has its type in its JSON; the last one repeats the whole response, with its usage.
 * Amazon's server sends the `data:` line before the `event:` line, so the name counts only where there is no type.
 */
export function readResponses(answer: Answer): ReadEvent {
  /** The output item whose arguments are read: the first tool call's. */
  let call: unknown;

  return (json, event) => {
    const type = textOf(json['type']) ?? event ?? '';
    switch (type) {
      case 'response.created':
        answer.beat();
        answer.beginAgain();
        return name(answer, jsonOf(json['response']));
      case 'response.output_text.delta':
        return answer.say(textOf(json['delta']) ?? '');
      case 'response.refusal.delta':
        return answer.refuse();
      case 'response.function_call_arguments.delta':
        call ??= json['item_id'] ?? json['output_index'];
        return call === (json['item_id'] ?? json['output_index'])
          ? answer.sayInTool(textOf(json['delta']) ?? '')
          : answer.beat();
      case 'response.output_item.added':
        return answer.beat();
      case 'response.completed':
      case 'response.incomplete':
      case 'response.failed':
      case 'response.done':
        return finish(answer, jsonOf(json['response']) ?? {}, type.slice('response.'.length));
      case 'error':
        return answer.fault(faultOf(json) ?? {});
      default: {
        if (/^response\.reasoning.*\.delta$/.test(type)) return answer.think(textOf(json['delta']) ?? '');
        // Text that is written for tools.
        if (type.endsWith('.delta')) return answer.beat();
        if (json['object'] === 'response') return finish(answer, json, '');
        const fault = faultOf(json);
        return fault ? answer.fault(fault) : '';
      }
    }
  };
}

function name(answer: Answer, response: Json | undefined): '' {
  answer.model ??= textOf(response?.['model']) || undefined;
  answer.requestId ??= textOf(response?.['id']) || undefined;
  return '';
}

function finish(answer: Answer, response: Json, event: string): string {
  name(answer, response);
  answer.usage = responsesUsage(response['usage']) ?? answer.usage;
  const status = textOf(response['status']) ?? (event === 'done' ? 'completed' : event);
  if (status === 'failed' || status === 'cancelled') return answer.fault(faultOf(response) ?? {});
  // From servers that cannot stream, all of the text comes here.
  const text = answer.text === '' ? readOutput(answer, response['output']) : '';
  const why = textOf(jsonOf(response['incomplete_details'])?.['reason']);
  const ended = answer.finish(why ?? (status === 'incomplete' ? 'max_output_tokens' : status));
  return text + ended + answer.close();
}

function readOutput(answer: Answer, output: unknown): string {
  const items = Array.isArray(output) ? output.map(jsonOf) : [];
  const call = items.find((item) => item?.['type'] === 'function_call');
  if (!answer.calls) answer.sayInTool(textOf(call?.['arguments']) ?? '');
  return items
    .flatMap((item) =>
      item?.['type'] === 'message' && Array.isArray(item['content']) ? item['content'] : [],
    )
    .map((part) => readPart(answer, jsonOf(part)))
    .join('');
}

function readPart(answer: Answer, part: Json | undefined): string {
  if (part?.['type'] === 'refusal') return answer.refuse();
  return part?.['type'] === 'output_text' ? answer.say(textOf(part['text']) ?? '') : '';
}
