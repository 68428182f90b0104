import type { FaultKind } from '../vendor.ts';
import { ACCOUNT_WORDS } from './account-words.ts';
import { REFUSAL_CODES } from './refusal-codes.ts';
import type { RefusalRule } from './refusal-rule.ts';
import { REQUEST_WORDS } from './request-words.ts';

/** Words that only count where no code said otherwise: Google uses the first ones for rate limits too. */
const UNSURE_WORDS: readonly RefusalRule[] = [
  {
    kind: 'no_credit',
    statuses: [200, 400, 401, 402, 403, 429],
    words: [/exceeded your current quota|check your plan and billing/i],
  },
  {
    kind: 'no_access',
    statuses: [200, 400, 401, 404],
    words: [
      /(?:do(?:es)?(?: not|n[’']t)|not|never) (?:have |been |yet )*(?:access|permission|permitted|authorized|entitled|allowed) to\b/i,
      /access (?:is |was )?denied(?! due to invalid)|permission denied/i,
    ],
  },
  {
    kind: 'timeout',
    statuses: [200, 400, 409, 499, 500, 502, 503],
    words: [/\btimed? ?out\b|deadline exceeded/i],
  },
];

/**
 * What refusals mean. The first rule fits that agrees in all it names: a status, one of the codes (in lower case), any of the words. To
 * teach a new refusal, add a line among its kind in one of the lists, and a case to `test/shared/providers/refusals/cases/seen` as the vendor wrote it.
 *
 * The order is the judgement. A status says the class of a trouble, a code says more, and words say most where they leave no doubt; so
 * sure words stand first, codes behind them, unsure words next, and what is left is for the statuses. Words must hold in text that
 * names models, quotes fields of the request and advertises plans. Moving a line changes what others catch.
 */
export const REFUSAL_RULES: readonly RefusalRule[] = [
  ...ACCOUNT_WORDS,
  ...REQUEST_WORDS,
  ...REFUSAL_CODES,
  ...UNSURE_WORDS,
];

/** What a status means by itself. Statuses from 500 that are not listed are a fault of the provider. */
export const STATUS_KINDS: Readonly<Record<number, FaultKind>> = {
  400: 'bad_request',
  401: 'rejected',
  402: 'no_credit',
  403: 'no_access',
  404: 'model_not_found',
  405: 'wrong_address',
  408: 'timeout',
  410: 'model_not_found',
  413: 'too_large',
  422: 'bad_request',
  429: 'rate_limited',
  451: 'no_access',
  504: 'timeout',
  522: 'timeout',
  524: 'timeout',
};
