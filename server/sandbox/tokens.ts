/**
 * The sandbox's tokens: four ASCII characters, or one of any other script, make one. Near enough to what real tokenizers count
 * for prices to look right, and the same for prompt, answer and output limit.
 */
function quarters(character: string): number {
  return character.charCodeAt(0) < 0x80 ? 1 : 4;
}

export function countTokens(text: string): number {
  let sum = 0;
  for (const character of text) sum += quarters(character);
  return Math.ceil(sum / 4);
}

/** The beginning of a text, as much as fits into the tokens. */
export function takeTokens(text: string, tokens: number): string {
  let sum = 0;
  let end = 0;
  for (const character of text) {
    sum += quarters(character);
    if (sum > tokens * 4) return text.slice(0, end);
    end += character.length;
  }
  return text;
}
