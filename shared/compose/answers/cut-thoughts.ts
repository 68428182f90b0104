/**
 * Takes a model's thoughts out of its answer. Providers that know the model do so themselves; on-prem servers, routers and fine-tuned
 * models leave them in the text. Code blocks are examples and stay, and so does a tag that a sentence mentions.
 */
import { codeLines } from './code-lines.ts';

/** The answer proper, and whether thoughts were in it. */
export interface Cut {
  readonly text: string;
  readonly cut: boolean;
}

/** Tags of thoughts wherever they stand, by the models that use them. */
const THOUGHTS = [
  ['<think>', '</think>'], // DeepSeek, Qwen
  ['<thinking>', '</thinking>'],
  ['<thought>', '</thought>'], // Gemini
  ['<seed:think>', '</seed:think>'], // Seed-OSS
  ['[THINK]', '[/THINK]'], // Magistral
  ['◁think▷', '◁/think▷'], // Kimi
  ['<|begin_of_thought|>', '<|end_of_thought|>'],
] as const;
/** Words that a skill's own output may use as a tag. They mark thoughts only where the answer begins with them. */
const LEADING =
  /^\s*<(thoughts|reasoning|reflection|analysis|scratchpad|internal|planning)>[\s\S]*?<\/\1>[ \t]*\n?/i;
const OPEN = new RegExp(`^[ \\t]*(?:${THOUGHTS.map(([open]) => escaped(open)).join('|')})`, 'i');
const CLOSE = new RegExp(THOUGHTS.map(([, close]) => escaped(close)).join('|'), 'i');

/** gpt-oss writes in channels; where the special tokens were taken off, their names stay behind. */
const FINAL_CHANNEL = /<\|channel\|>\s*final\b(?:(?!<\|message\|>)[\s\S]){0,60}<\|message\|>/i;
const OTHER_CHANNEL = /^\s*(?:<\|start\|>\s*assistant\s*)?<\|channel\|>\s*(?:analysis|commentary)\b/i;
const BARE_CHANNELS = /^\s*analysis(?=[A-Z\s])[\s\S]*?assistant\s?final/;
const START_TOKENS =
  /^\s*(?:<\|(?:begin_of_solution|start|im_start|start_header_id)\|>(?:assistant)?(?:<\|end_header_id\|>)?\s*)+/;
const END_TOKENS =
  /(?<!\s)(?:\s*(?:<\|(?:end|return|call|im_end|eot_id|eom_id|endoftext|end_of_text|end_of_turn|end_of_solution)\|>|<\/s>|<end_of_turn>))+\s*$/;

/** An answer that consists of thoughts alone becomes an empty text. */
export function cutThoughts(answer: string): Cut {
  const text = cutTags(cutChannels(answer)).replace(LEADING, '');
  const bare = text.replace(START_TOKENS, '').replace(END_TOKENS, '');
  return bare === answer ? { text: bare, cut: false } : { text: bare.trim(), cut: true };
}

function cutChannels(answer: string): string {
  const final = FINAL_CHANNEL.exec(answer);
  if (final)
    return answer.slice(final.index + final[0].length).replace(/<\|(?:end|return|start)\|>[\s\S]*$/, '');
  // Thoughts alone: the answer never came.
  if (OTHER_CHANNEL.test(answer)) return '';
  return answer.replace(BARE_CHANNELS, '');
}

function cutTags(answer: string): string {
  const lines = answer.split('\n');
  if (!lines.some((line) => OPEN.test(line) || CLOSE.test(line))) return answer;
  const code = codeLines(lines);
  const kept: string[] = [];
  let thinking = false;
  let openInCode = false;
  for (const [index, line] of lines.entries()) {
    if (!code[index]) openInCode = false;
    else if (!thinking && OPEN.test(line)) openInCode = true;
    if (!thinking && !code[index] && OPEN.test(line)) thinking = true;

    const close = CLOSE.exec(line);
    if (!close) {
      if (!thinking) kept.push(line);
      continue;
    }
    // Thoughts may hold a code block that is never closed, so a tag that stands alone on its line counts inside a block too, unless the tag
    // itself was in it.
    const spokenOf = code[index] ? openInCode || line.trim() !== close[0] : isMention(line, close.index);
    if (!thinking && spokenOf) {
      kept.push(line);
      continue;
    }
    // A closing tag without an opening one: the chat template wrote that, and all above is thought.
    if (!thinking) kept.length = 0;
    thinking = false;
    const rest = line.slice(close.index + close[0].length).trimStart();
    if (rest !== '') kept.push(rest);
  }
  // In thoughts that never end, nothing shows where the answer would begin.
  return kept.join('\n');
}

/** A tag in quotes or in inline code. */
function isMention(line: string, index: number): boolean {
  const before = line.slice(0, index);
  return /["'“„«(]\s*$/.test(before) || (before.match(/`/g)?.length ?? 0) % 2 === 1;
}

function escaped(tag: string): string {
  return tag.replaceAll(/[[\]|/]/g, '\\$&');
}
