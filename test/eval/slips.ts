import type { Spoil } from './scripted-model.ts';

/**
 * How a weaker model wraps what it says, in all of its calls at once: thoughts, fences, words before and after, one more object, marks out of
 * ten. Nothing of an answer is changed, so that all of it has to arrive.
 */
export const sloppy: Spoil = (call, answer) => {
  switch (call.schema?.name) {
    case 'classification':
      return `<think>{"kind":"unsupported"} or not?</think>\nSure {here it is}:\n\`\`\`json\n${answer}\n\`\`\``;
    case 'plan':
      return `{"plan": ${answer.replace(/\}$/, ',}')}}`;
    case 'critique':
      return answer.replaceAll(/"(specificity|completeness|safety|goalAlignment)":(\d+)/g, '"$1":"$2/10"');
    case 'revision':
      return `${answer}\n\n{"changes":[]}`;
    default:
      return `Okay.\n</think>\n\nHere is the skill body:\n\n\`\`\`markdown\n${answer}\`\`\`\n\nLet me know if you want changes.`;
  }
};
