/**
 * Whether a text shows or forbids a danger instead of ordering it. This weakens findings about wording and single commands. A flow from a
 * secret to the network keeps its severity, whatever the text around it says.
 */

/** "Never pipe a download into a shell" is advice. Searched for in the same sentence, before the match. */
const FORBIDS =
  /\b(?:never|do not|don['’]t|avoid|must not|should not|shouldn['’]t|cannot|refuse|reject|block|deny|forbid|prohibit|disallow|flag|detect|catch|prevent|warn|instead of|rather than|such as|e\.g\.|for example|like|attempts? to|tries to|trying to|tells? you to|asks? (?:you )?to|says?|instructions? (?:to|like)|phrases?|prompts? (?:that|which|like)|looks? for|search(?:es)? for|scan(?:s)? for|watch (?:out )?for|nie|niemals|nicht|jamais|nunca|не|никогда)\b[^.;\n]{0,160}$/i;
// "Never mind", "never forget to", "don't hesitate to": what follows is still an order.
const NO_FORBIDS =
  /\b(?:never|don['’]t|do not)\s{1,4}(?:mind|forget|hesitate|skip|fail|be afraid|worry|ask|wait|tell|mention|show|inform)\b[^.;\n]{0,160}$/i;

/** A heading or sentence that introduces what must not be done or must be recognised. */
const LABEL =
  /(?:^|\n|[*_#>❌🚫⛔✗×]|\b(?:is|are|as|of|an?|the)\s)[\s*_#>❌🚫⛔✗×"“(\d.]{0,12}(?:bad\b|wrong\b|incorrect|avoid\b|unsafe\b|insecure\b|vulnerable\b|malicious|dangerous|harmful|hostile|anti-?patterns?|red flags?|attacks?\b|injections?\b|threats?\b|forbidden|prohibited|disallowed|blocked|denied|rejected|refused|what not to do|don['’]?ts?\b|(?:never|do not|don['’]t|must not|should not)\s(?:do|run|use|write|execute|copy|allow|commit|accept|pipe|ever|follow|obey))|\b(?:must|should|will|shall|are|is|gets?)\s(?:always\s|never\s|not\s|be\s){0,3}(?:refused?|rejected?|blocked|denied|forbidden|flagged|detected|reported|run|executed|used|allowed|followed|obeyed|stopped)\b|\b(?:refuse|reject|block|deny|flag|detect|watch for|look(?:ing)? for|search for|scan for|warn about|stop)\b[^\n]{0,80}[:：]\s{0,9}$|\bexamples? of\b[^\n]{0,40}\b(?:attack|injection|malicious|dangerous|bad|unsafe|hostile|suspicious)|❌|🚫|⛔/iu;
// "Should be run" introduces an order; only its negation forbids.
const ORDERS =
  /\b(?:must|should|shall|will|can|may)\s(?:always\s)?be\s(?:run|executed|used|allowed|followed)\b/i;

/** Whether the words before a match, within 200 characters, tell the reader not to do it. */
export function isForbidden(sentence: string, at: number): boolean {
  const before = sentence.slice(Math.max(0, at - 200), at);
  return FORBIDS.test(before) && !NO_FORBIDS.test(before);
}

/** Whether the heading or sentence before a block says that what follows is dangerous or must be refused. */
export function isLabelled(lead: string): boolean {
  const match = LABEL.exec(lead);
  return match !== null && !ORDERS.test(match[0]);
}

/** Inside of quotation marks that open before and close after it. */
export function isQuoted(text: string, from: number, to: number): boolean {
  return PAIRS.some(([open, close]) => {
    const opening = text.lastIndexOf(open, from);
    if (opening < 0 || from - opening > 200) return false;
    const closing = text.indexOf(close, Math.max(to - 1, opening + 1));
    if (closing < 0 || closing - to > 200) return false;
    // Where both marks are the same, an even number before means that the quote is closed already.
    return open !== close || countOf(text.slice(0, from + 1), open) % 2 === 1;
  });
}
const PAIRS = [
  ['"', '"'],
  ['“', '”'],
  ['„', '“'],
  ['«', '»'],
  ['「', '」'],
  ['『', '』'],
  ['`', '`'],
] as const;

function countOf(text: string, mark: string): number {
  let count = 0;
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) count++;
  return count;
}
