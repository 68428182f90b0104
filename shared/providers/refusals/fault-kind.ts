import type { FaultKind, Vendor } from '../vendor.ts';
import type { Fault } from './fault.ts';
import { VAGUE_CODES } from './refusal-codes.ts';
import type { RefusalRule } from './refusal-rule.ts';
import { REFUSAL_RULES, STATUS_KINDS } from './refusal-rules.ts';
import { WORD_FAMILIES } from './word-families.ts';

/** What a refusal means: the first rule that fits, else the first family of words, otherwise what its status means for this vendor or for all. */
export function faultKind(vendor: Vendor, status: number, fault: Fault | undefined): FaultKind {
  if (status >= 300 && status < 400) return 'redirect';
  // An error inside a stream came with status 200. The status that it names counts.
  const named = status < 300 ? (fault?.status ?? status) : status;
  const known =
    fault && (kindIn(REFUSAL_RULES, named, fault) ?? kindIn(WORD_FAMILIES, named, spelledOut(fault)));
  if (known) return known;
  // A line of unknown plain text says no more than a page does.
  const said = fault?.plain ? undefined : fault;
  if (named === 413) return 'too_large';
  if (status < 300 && !said) return 'not_a_stream';
  // A firewall's or a proxy's page says nothing about a key or a model.
  if (named === 403 && !said) return 'not_a_stream';
  if (named === 404 && !said) return isOwn(vendor) ? 'wrong_address' : 'not_a_stream';
  const byStatus = vendor.statuses?.[named] ?? STATUS_KINDS[named];
  if (byStatus) return byStatus;
  if (named >= 500) return 'overloaded';
  return (fault && kindIn(VAGUE_CODES, named, fault)) ?? 'unknown';
}

/** An address that an operator typed may be mistyped. */
function isOwn({ fixedOrigin, site }: Vendor): boolean {
  return !fixedOrigin && !site;
}

function kindIn(rules: readonly RefusalRule[], status: number, fault: Fault): FaultKind | undefined {
  const words = judgedWords(fault);
  const codes = [
    ...(fault.codes ?? []),
    ...(words.toLowerCase().match(/[a-z]{2,40}(?:_[a-z]{2,40}){1,6}/g) ?? []),
  ];
  const fits = (rule: RefusalRule): boolean =>
    (rule.statuses?.includes(status) ?? true) &&
    (rule.codes?.some((code) => codes.includes(code)) ?? true) &&
    (rule.words?.some((some) => some.test(words)) ?? true);
  return rules.find(fits)?.kind;
}

/** Codes that no rule knows are words, too. */
function spelledOut(fault: Fault): Fault {
  const codes = (fault.codes ?? []).map((code) => code.replaceAll(/[_-]/g, ' '));
  return { ...fault, message: [...codes, judgedWords(fault)].join('. ') };
}

/** "Expected a value <= 4096" says only together with the field's name what it is about. */
function judgedWords({ message = '', fields }: Fault): string {
  const field = fields?.find((one) => /tokens/i.test(one));
  return field === undefined || message.includes(field) ? message : `${field}: ${message}`;
}
