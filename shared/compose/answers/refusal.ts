/**
 * Whether a model refused in words, where its provider reported an ordinary answer. A refusal speaks of the model itself, at once, and is
 * short, while a skill gives orders to an agent. Sentences in quotes or after a list of steps do not count.
 */
const MAX_CHARS = 2_500;
const MAX_OPENING = 500;
const OPENING_SENTENCES = 2;

const LEAD = String.raw`^\W*(?:(?:sorry|unfortunately|apologies|hello|hi|thank you|thanks|i appreciate|i understand|regrettably|while)\b[^.!?\n]{0,120}?[,;:!.–—-]\s*)?(?:but |however,? |so )?`;
const NOT = String.raw`(?:\s?can(?:no|['’])t|\s?can not|\s?could(?:n['’]t| not)|\s?won['’]t|\s?will not|(?:\s?am|['’]m) (?:not (?:able|going|willing|allowed|permitted|comfortable)|unable)|(?:\s?must|\s?have to|\s?need to|['’]ll have to)(?: \w+)? (?:decline|refuse)|(?:\s?would|['’]d) (?:rather|prefer)(?: \w+)? not|\s?(?:do not|don['’]t) (?:feel|think|want)|\s?(?:respectfully )?(?:decline|refuse))`;
const HELP =
  '(?:help|assist|provide|comply|creat|writ|generat|do (?:that|this|so)|fulfil|support|answer|continue|participat|produc|discuss|share|offer|engage|proceed|respond|process)';

const REFUSALS: readonly RegExp[] = [
  new RegExp(`${LEAD}I${NOT}\\b`, 'i'),
  // "We cannot ship on Sundays" is a user's fact; "we cannot help with that" is not.
  new RegExp(`${LEAD}we${NOT}\\b[^.!?\\n]{0,40}?\\b${HELP}`, 'i'),
  /^\W*(?:I['’]?m|I am|we['’]re|we are) (?:very |really |so )?(?:sorry|afraid)\b/i,
  /^\W*(?:unable|not able) to (?:help|assist|comply|fulfil|provide|create|write|generate)\b/i,
  /^\W*(?:this|that|the|your) (?:request|goal|task)\b[^.!?\n]{0,80}\b(?:violates?|goes against|is against|falls outside|cannot be (?:fulfilled|supported|completed)|(?:is|was|has been) (?:declined|refused|disallowed|prohibited))\b/i,
  /\b(?:against|violat\w+) (?:my|our) (?:\w+ ){0,2}(?:guidelines|polic(?:y|ies)|principles|programming)\b/i,
  /^\W*as an? (?:AI|artificial|language|large language)\b[^.!?\n]{0,60}\b(?:can(?:no|['’])t|unable|not able|must not|do not|don['’]t)\b/i,
  /^\W*request (?:declined|refused|denied|rejected)\b/i,
  // German, French, Spanish, Portuguese, Italian, Dutch, Polish
  /\b(?:das |dabei |damit |hierbei |diese[rmns]? \w+ )?(?:kann|darf|werde|möchte) ich (?:\w+ ){0,4}?(?:nicht|leider|keine?n?)\b|\bich (?:kann|darf|werde|möchte|muss) (?:[\wäöüß]+ ){0,5}?(?:nicht|keine?n?|ablehnen)\b|\bleider (?:kann|darf) ich\b|\bes tut mir leid\b/i,
  /\bje (?:ne (?:peux|suis|vais|saurais|souhaite)|refuse|dois (?:refuser|décliner)|regrette)\b|\bdésolée?\b/i,
  /\bno (?:puedo|podré|podemos|me es posible|voy a)\b|\blo siento\b|\blamento\b/i,
  /\bnão (?:posso|consigo|podemos|vou|é possível)\b|\b(?:desculpe|sinto muito|lamento)\b/i,
  /\bnon (?:posso|possiamo|sono in grado|mi è possibile)\b|\b(?:mi dispiace|spiacente)\b/i,
  /\bik kan (?:\w+ ){0,4}?(?:niet|geen)\b|\bhet spijt me\b|\b(?:nie mogę|przepraszam|przykro mi)\b/i,
  // Russian and Ukrainian, Turkish, Japanese, Chinese, Korean
  /(?:не могу|не можу|не смогу|вынужден\S* отказать|извините|к сожалению, я|вибачте)/i,
  /(?:yardımcı olamam|yapamam|üzgünüm|özür dilerim)/i,
  /(?:申し訳|お手伝いできません|対応できません|お答えできません|できかねます|ごめんなさい|お断り)/,
  /(?:抱歉|对不起|對不起|无法(?:协助|帮助|提供|满足|完成|回答|处理)|無法(?:協助|幫助|提供|滿足|完成|回答|處理)|不能(?:协助|帮助|提供)|我不能|我无法|我無法)/,
  /(?:죄송|도와드릴 수 없|도울 수 없|할 수 없습니다|제공할 수 없)/,
];

/** Looks at the first two sentences of answers of at most 2,500 characters, in fourteen languages. An empty answer is no refusal. */
export function isRefusal(answer: string): boolean {
  const text = answer.trim();
  if (text === '' || text.length > MAX_CHARS || hasProcedure(text)) return false;
  const opening = text
    .replace(/^(?:#{1,6}[^\n]*\n+|[-*_]{3,}\s*\n+)+/, '')
    .slice(0, MAX_OPENING)
    // Text in quotes or code is somebody else's sentence.
    .replaceAll(/`[^`]*`|“[^”]*”|"[^"\n]*"|„[^“”]*[“”]|«[^»]*»/g, ' ');
  const sentences = opening.split(/(?<=[.!?])\s+|[。！？\n]+/).filter((sentence) => sentence.trim() !== '');
  return sentences
    .slice(0, OPENING_SENTENCES)
    .some((sentence) => REFUSALS.some((pattern) => pattern.test(sentence)));
}

/** A refusal may offer what it would do instead, but it does not number steps with commands in them. */
function hasProcedure(text: string): boolean {
  return (text.match(/^\s*\d+[.)]\s/gm)?.length ?? 0) >= 3 || /^\s*(?:```|~~~)/m.test(text);
}
