const BYTES_PER_TOKEN = 4;

/**
 * A guess at a text's tokens, for calls whose usage is not known yet: UTF-8 bytes over four. English comes out a little high, Chinese
 * and Japanese at three quarters of a token for each character, where a count of characters would say a quarter.
 */
export function estimateTokens(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit > 0x7f) bytes += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return bytes / BYTES_PER_TOKEN;
}
