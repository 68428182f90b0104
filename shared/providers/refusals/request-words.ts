import { codes, LIMITED, PROMPT, REFUSED, type RefusalRule } from './refusal-rule.ts';

/** Sure words about what is asked and of whom: lengths, content, the model, the address and the load. In order, as `refusal-rules.ts` says. */
export const REQUEST_WORDS: readonly RefusalRule[] = [
  // Limits of the output come before the prompt's length, since some messages name both.
  {
    kind: 'output_limit',
    statuses: REFUSED,
    words: [
      /max[ _-]?(?:completion[ _]|output[ _]?|new[ _])?tokens?[`'"]?.{0,60}?\b(?:too (?:large|high|big)|must be (?:less|at most|lower|smaller|between|in|within)|cannot (?:be (?:greater|larger|more)|exceed)|exceeds?|above|greater than the|valid range|supported range|should be|at most|limited|must not)\b(?!.{0,12}context)/i,
      /max[ _-]?(?:completion[ _]|output[ _]?)?tokens?[`'"]?.{0,20}?\b(?:be|is|not) (?:<=?|≤) ?\d/i,
      /max[_a-z]{0,20}tokens: \d+ > \d+/i,
      /maximum (?:allowed )?(?:number of )?(?:output|completion) tokens|at most \d+ (?:completion|output) tokens/i,
      /tokens you requested exceeds? the model limit/i,
      /max_tokens or model output limit was reached/i,
      /(?:range|maximum(?: value)?|limit) (?:of|for) [`'"]?max_?(?:completion_|output_)?tokens/i,
    ],
  },
  {
    kind: 'context_length',
    statuses: PROMPT,
    words: [
      /(?:input|prompt|messages?|request|conversation)s? (?:is |are )?too (?:long|large for|many tokens)|prompt is too large/i,
      /\b(?:prompt|input|messages?)\b.{0,60}\btokens?\b.{0,60}\b(?:allows?|limit|maximum|only|supports?|accepts?)\b(?!.{0,60}\bper (?:min|hour|day))/i,
      /supports? (?:a |an |up to |at most )?(?:maximum )?(?:context|input)\b.{0,80}\btokens?/i,
      /too many (?:input |prompt )?tokens|max_tokens must be at least \d+, got -\d|too large\b.{0,80}\bmax(?:imum)? size:? \d+ tokens/i,
      /max(?:imum)? (?:model |prompt |input |sequence |allowed |context )+(?:length|size|window|tokens)/i,
      /range of input length/i,
      /(?:input|prompt|total) (?:token )?(?:count|length|tokens|size)\b.{0,60}\b(?:exceeds?|is greater|is larger|over)/i,
      /exceed\w*\b.{0,60}\b(?:context|max_seq_len|max_model_len|maximum number of (?:input )?tokens|token limit)/i,
      /\bcontext[ _](?:limit|length|window|size)\b.{0,60}\b(?:exceed|overflow|reached|too)/i,
      /(?:longer|greater|larger|more) than\b.{0,40}\bcontext|\bcontext\b.{0,30}\boverflow/i,
      /reduce the length of (?:the |your )?(?:messages|prompt|input)/i,
      /must have less than \d+ tokens/i,
      /tokens\b.{0,12}\+.{0,4}\bmax_new_tokens/i, // TGI
      /(?:上下文|输入|提示).{0,12}(?:超|过长|太长)/,
    ],
  },

  {
    // Only where the message does not speak of a rate.
    kind: 'no_credit',
    statuses: [200, 400, 402, 403],
    words: [
      /(?:monthly|weekly|total|hard|quota) (?:usage |credit )?(?:limit|exhausted)/i,
      /usage limit/i,
      /used (?:up )?all (?:of )?(?:its|your|the) (?:\w+ )?quota|free (?:tier|quota|trial)\b.{0,40}\b(?:exhausted|used up|expired)/i,
    ],
  },
  {
    kind: 'refused',
    statuses: [...REFUSED, 424, 446, 451, 500],
    words: [
      /content (?:management|safety|filter\w*|policy|violat\w+|exists risk)|content[_-]filter/i,
      /\bflagged\b|\bmoderation\b|responsible ai|data ?inspection/i,
      /safety (?:system|filter|settings|guidelines|policy|reasons)/i,
      /usage (?:policies|policy|guidelines)\b/i,
      /\b(?:prompt|response|output|completion) (?:was |is |has been )?blocked\b/i,
      /inappropriate content|(?:sensitive|unsafe|prohibited|harmful) (?:content|words?|information|prompt)/i,
      /guardrail (?:intervened|blocked|checks?\b.{0,40}\bfailed)|blocked by (?:\w+ ){0,3}guardrail/i,
      /不安全|敏感|违规/,
    ],
  },

  // "does not exist or you do not have access to it" is a model that is not there, unless the status says otherwise.
  { kind: 'no_access', statuses: [403], codes: codes('model_not_found') },
  {
    kind: 'model_not_found',
    statuses: [200, 400, 401, 404, 422, 500, 503],
    words: [
      /\bmodels?\b.{0,120}?\b(?:not found|(?:does|do)(?: not|n[’']t) exist|not exist|(?:could not|cannot) be (?:found|resolved|loaded)|no longer (?:available|supported|served))\b/i,
      /\bmodels?\b.{0,120}?\b(?:is|are|was|were) (?:currently )?(?:deprecated|decommissioned|retired|unknown|not (?:available|deployed|loaded|served|installed|recogni[sz]ed|valid))\b/i,
      /\bmodels?\b.{0,120}?\bbeen (?:deprecated|decommissioned|retired|removed|discontinued|shut ?down)|\bend of (?:its |the )?life\b/i,
      /(?:unknown|invalid|unsupported|no such|nonexistent|unrecogni[sz]ed|unable to access(?: \S+)?) model\b(?! (?:param|input|output|request|response|config|option|arg))/i,
      /not a (?:valid |supported )?(?:chat )?model\b/i,
      /model\b.{0,60}\bnot supported by any provider|requested model\b.{0,80}\bnot supported|^model \S+ (?:is )?not supported\b/i,
      /no (?:endpoints?|available channels?|deployments?|healthy deployments?) (?:found |available )?for/i,
      /\bendpoint\b.{0,40}\bnot exist\b.{0,120}\bmodel\b|\b(?:allowed|available|supported) models\b.{0,12}\bare\b/i,
      /(?:failed|unable) to load (?:the )?model/i,
      /try pulling it|no models? (?:is |are )?loaded/i,
      /model (?:identifier|id|name)\b.{0,40}\b(?:invalid|not valid|unknown|wrong|not recogni[sz]ed|passed in)/i,
      /(?:invalid|unknown|wrong) model (?:identifier|id|name)/i,
      /could not (?:find|resolve) (?:\w+ ){0,3}model/i,
      /inference profile|on-demand throughput|deployment\b.{0,60}\bnot exist/i,
      /模型不存在|无可用渠道/,
    ],
  },
  {
    // The model exists, but answers at another path.
    kind: 'model_not_found',
    statuses: [200, 400, 404, 405, 422],
    words: [
      /only (?:supported|available) (?:in|through|via|with|on) (?:the )?\S*responses|responses api instead/i,
      /model\b.{0,60}\b(?:does not|doesn[’']t) support (?:the )?(?:\/?v1\/)?(?:chat|completions?|generatecontent)/i,
      /^\S{1,200} (?:does not|doesn[’']t) support (?:chat|completions?|generat\w{0,20})\b/i,
      /not (?:a chat model|supported (?:in|for|with|on) (?:the )?(?:v1\/|chat|generatecontent|\/))/i,
      /operation (?:does not work|is not supported|is unsupported) (?:with|for|by) (?:the |this )?(?:\w+ )?model/i,
      /isn[’']t supported on this route|model\b.{0,60}\b(?:cannot|can[’']t) be used with/i,
    ],
  },

  // Nothing answers at that path: mostly an endpoint's address without its /v1, or with the path twice.
  // LM Studio answers 200.
  { kind: 'wrong_address', statuses: [200], words: [/unexpected endpoint or method/i] },
  {
    kind: 'wrong_address',
    statuses: [400, 404, 405, 501],
    words: [
      /^(?:error: ?)?(?:not ?found|404 ?(?:page )?not found|404|resource not found|page not found|method not allowed|not implemented)[.!]?$/i,
      /cannot (?:post|get) \/|invalid url\b|unexpected endpoint/i,
      /(?:unknown|unrecogni[sz]ed) (?:request )?(?:url|path|endpoint|route)/i,
      /no (?:such )?(?:route|endpoint|handler)\b(?! (?:found |available )?for )/i,
      /\b(?:route|path|endpoint|url)\b.{0,80}\b(?:not found|not exist)/i,
    ],
  },

  {
    kind: 'rate_limited',
    statuses: LIMITED,
    words: [
      /rate[ _-]?limit|too many (?:concurrent )?requests|throttl|slow down|concurrency limit/i,
      /(?:requests?|tokens) per (?:second|minute|min|hour)/i,
      /quota (?:\w+ )?(?:exceeded|limit)|quota will be (?:replenished|reset)/i,
      /频率|限流|并发/,
    ],
  },
  {
    kind: 'overloaded',
    statuses: [200, 400, 409, 422, 429],
    words: [
      /\boverload|(?:high|heavy) (?:demand|traffic|load)\b|(?:temporarily|resources?) unavailable|\bdegraded\b/i,
      /(?:at|no|out of) capacity|capacity (?:temporarily )?(?:exceeded|constraints?|is exhausted)/i,
      /(?:service|server|engine|model) (?:is )?(?:too |currently |very )?busy/i,
      /no (?:healthy|available) (?:upstream|server|instance|deployment)|no deployments available/i,
      /\b(?:has|have) crashed\b|unexpectedly (?:stopped|terminated)/i,
      /访问量过大|负载|饱和|繁忙/,
      /(?:insufficient|not have enough) (?:\w+ )?(?:resources|memory)|out of memory|more (?:\w+ )?memory\b/i,
    ],
  },
];
