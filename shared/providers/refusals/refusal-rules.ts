import type { FaultKind } from '../vendor.ts';

/**
 * What refusals mean. The first rule fits that agrees in all it names: a status, one of the codes (in lower case), any of the words. To
 * teach a new refusal, add a line among its kind, and a case to `test/shared/providers/refusals/cases/seen` as the vendor wrote it.
 *
 * The order is the judgement. A status says the class of a trouble, a code says more, and words say most where they leave no doubt; so
 * sure words stand first, codes behind them, unsure words next, and what is left is for the statuses. Words must hold in text that
 * names models, quotes fields of the request and advertises plans.
 */
export interface RefusalRule {
  readonly kind: FaultKind;
  readonly statuses?: readonly number[];
  /** Codes in a field of their own, or as a word of the message. */
  readonly codes?: readonly string[];
  readonly words?: readonly RegExp[];
}

/** 200 stands for an error inside a stream, which has no status of its own. */
const REFUSED = [200, 400, 401, 402, 403, 404, 412, 413, 416, 422];
/** A gateway may answer 500 for a refusal of the provider behind it. */
const BEHIND_A_GATEWAY = [...REFUSED, 409, 500, 502, 503];
const PROMPT = [200, 400, 404, 413, 422, 500];
const LIMITED = [200, 400, 403, 413, 420, 422, 429, 503];

const codes = (list: string): readonly string[] => list.split(' ');

/** All rules in the order in which they are tried. Moving one changes what others catch. */
export const REFUSAL_RULES: readonly RefusalRule[] = [
  {
    kind: 'bad_request',
    words: [
      // Anthropic's 401 to a request with an Origin, from an organisation with its own retention: nothing is wrong with the key.
      /CORS requests are not allowed/i,
    ],
  },
  {
    // No wait makes the request small enough: Groq (413), OpenAI (429).
    kind: 'minute_limit',
    words: [
      /too large\b.{0,240}(?:tokens? per min|\bTPM\b)/i,
      /too large\b.{0,240}\blimit:? \d+.{0,40}\brequested:? \d+/i,
      /(?:tokens? per min|\bTPM\b).{0,240}\btokens must be reduced/i,
    ],
  },
  {
    // llama.cpp, vLLM, Hugging Face, TGI, KServe.
    kind: 'loading',
    statuses: [200, 404, 409, 425, 429, 500, 502, 503, 504],
    words: [
      /loading (?:the )?model/i,
      /model\b.{0,120}\b(?:is|still) (?:currently |still |being )*(?:load(?:ing|ed)|starting|warming|initiali[sz]ing)\b/i,
      /warming up|cold[- ]start|model (?:is )?not ready|scal(?:ed to zero|ing up\b)/i,
    ],
  },

  // Time limits come before money, since their messages advertise paid plans. A limit of 0 is a plan without this model (Google).
  { kind: 'no_access', statuses: [429], words: [/\blimit: ?0(?![\d.])/i] },
  {
    kind: 'rate_limited',
    statuses: [429],
    words: [/per[- ](?:day|month|week)\b/i, /\bdaily\b/i, /\/ ?(?:day|month)\b/i, /\b(?:RPD|TPD)\b/i],
  },

  {
    kind: 'no_credit',
    words: [
      /(?:do(?:es)?(?: not|n[’']t)) have (?:any|enough|sufficient) (?:\w+ )?(?:credits?|balance|funds|money)\b/i,
      /insufficient (?:account |wallet |user )?(?:balance|credits?|funds?|quota)/i,
      /\b(?:balance|credits?|funds)\b.{0,20}\b(?:too low|insufficient|not (?:enough|sufficient)|exhausted|depleted|used up|negative|run out|ran out)\b/i,
      /(?:not (?:have )?enough|out of|no|no (?:more|remaining)|used (?:up )?all|needs? more|requires more|exhausted) (?:of )?(?:your |the )?(?:available |remaining )?(?:credits?|balance|funds|money)\b/i,
      /credit (?:limit|balance)\b.{0,20}\b(?:reached|exceeded|low|negative)/i,
      /spend(?:ing)?[ -](?:limit|cap|quota)|limit of \$\d|\$[\d.]+ (?:limit|cap|budget)/i,
      /(?:purchase|buy|get) (?:more |additional )?credits/i,
      /\bkey limit exceeded/i,
      /included credits/i,
      /exceed\w* (?:\S+ ){0,3}(?:budget|credits?)\b/i,
      /budget\b.{0,50}\b(?:exceeded|reached|exhausted)|exceededbudget/i,
      /payment (?:is )?(?:required|overdue|failed)|payment (?:method|instrument)|(?:valid|add an?|requires? an?) credit card\b(?! num)/i,
      /(?:past|over)[ -]?due\b|unpaid|(?:past|open|outstanding) invoices?/i,
      /\brecharge\b|\btop[ -]?up\b|good standing|\barrears?\b/i,
      /specified api usage limits/i,
      /billing (?:\w+ ){0,3}(?:not active|inactive|disabled|not enabled|to be enabled|hard limit)/i,
      /(?:enable|set up|activate|add) billing|billing (?:information|details) (?:has|have|is|are|must|needs?)\b/i,
      /quota is not enough|余额不足|额度不足|欠费|充值|资源包|后付费|预扣费|(?:余额|余量|额度).{0,4}(?:用尽|耗尽|用完)/,
    ],
  },
  {
    kind: 'no_access',
    statuses: REFUSED,
    words: [
      /\b(?:location|country|region|territory|jurisdiction)\b.{0,60}\b(?:not (?:supported|available|allowed|eligible|permitted)|unsupported|restricted|blocked)/i,
      /\b(?:not|isn[’']?t) (?:yet )?(?:available|supported|offered|accessible|allowed) (?:in|for|from) (?:your|this|the) (?:\w+ )?(?:location|country|region|territory)/i,
      /unsupported (?:countr(?:y|ies)|regions?|locations?|territor(?:y|ies))/i,
      /virtual network|firewall rule|private endpoint|referer\b.{0,40}\bblocked/i,
      /\bip\b(?: address)?.{0,40}\b(?:not (?:authorized|allowed|permitted|whitelisted|allow-?listed)|blocked|denied)/i,
      /must be verified|verify (?:your )?organi[sz]ation|organi[sz]ation (?:is )?not verified/i,
      /use[- ]case (?:details|form)/i,
      /(?:accept|agree)\w* .{0,30}\b(?:terms|licen[sc]e|agreement)|terms acceptance|gated (?:repo|model)/i,
      /has not been used in project|\bapi\b.{0,40}\b(?:is|not) (?:disabled|enabled)\b(?!.{0,10}key)/i,
      /blocked at the (?:project|organi[sz]ation|team)/i,
      /add your own (?:api )?key|bring your own key/i,
      /authentication (?:type |method )?is (?:disabled|not (?:enabled|allowed|permitted))/i,
      /must be a member of an organi[sz]ation/i,
      /missing (?:the )?(?:required )?(?:scopes?|permissions?)|permissions?\b (?:is|are) (?:required|needed)/i,
      /^operation (?:is )?not (?:allowed|permitted)\.?$/i,
      /\bnot (?:been )?activated\b|activate the model/i,
      /insufficient (?:\w+ )?(?:permissions?|scopes?|privileges)/i,
      /(?:only|not)(?: yet)? available (?:on|in|for|to|with) (?:the |your |a |this )?(?:\w+ )?(?:free|current|paid|pro|enterprise|higher|team|subscription|plan|tier|account)\b/i,
      /regional (?:host ?name|endpoint|domain)|data[- ]residency/i,
      /requires? an? (?:\w+ ){0,3}(?:plan|tier|subscription)\b/i,
    ],
  },
  {
    kind: 'rejected',
    statuses: BEHIND_A_GATEWAY,
    words: [
      /\b(?:account|organi[sz]ation|workspace|project|team|user)\b.{0,80}\b(?:been|is|was) (?:\w+ )?(?:deactivated|disabled|suspended|banned|terminated|restricted|closed|deleted|locked|archived)\b/i,
      /\b(?:account|organi[sz]ation|user) (?:deactivated|disabled|suspended|banned|terminated|locked)\b/i,
      /\bkeys?\b.{0,60}\b(?:revoked|expired|disabled|deactivated|leaked|compromised|archived|suspended|deleted|rotated)\b/i,
      /\b(?:invalid|incorrect|wrong|bad|expired|revoked) (?:\w+ )?(?:key|credentials?)\b(?! (?:['"`]|in\b|of\b|for\b))/i,
      /(?:pass|provide|use|supply|enter|set) a valid (?:\w+ )?(?:key|token)\b/i,
      /^(?:401 )?(?:unauthorized|invalid (?:auth\w* )?token)\b/i,
      /\bapi[ _-]?keys?\b.{0,80}\b(?:not valid|in ?valid|incorrect|expired|revoked|disabled|deleted|deactivated|not found|unknown|wrong|malformed|missing|not recogni[sz]ed|no longer|leaked|compromised|inactive|not exist|not active|blocked|not provided|is required|unauthorized)\b/i,
      /\b(?:invalid|incorrect|wrong|expired|revoked|unknown|missing|malformed|bad|unrecogni[sz]ed|no|disabled|(?:provide|use) a valid)\b.{0,24}\b(?:api|subscription|proxy server|access|auth\w*|security|bearer)[ _-]?(?:key|token|credential)s?\b/i,
      /(?:security|access|auth\w*|bearer) token\b.{0,60}\b(?:invalid|expired|revoked)/i,
      /authorization (?:header )?(?:is )?(?:missing|required|invalid)|missing (?:\w+ )?authorization/i,
      /unregistered callers|no (?:cookie )?auth credentials|fail(?:ed|s)? to (?:authenticate|validate (?:\w+ )?(?:key|token))/i,
      /封禁|无效的令牌|令牌.{0,6}(?:无效|过期|禁用)/,
      /authentication (?:failed|fails|error)\b|signature (?:has )?expired/i,
    ],
  },

  {
    kind: 'rejected',
    statuses: [401, 403],
    words: [/\btoken\b.{0,40}\b(?:invalid|expired|revoked)\b/i],
  },

  // AWS says "too many tokens" for a rate limit.
  { kind: 'rate_limited', codes: codes('throttlingexception') },

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

  // Codes, whatever the status. Sources: the vendors' references; numbers are Zhipu's and MiniMax's.
  {
    kind: 'no_credit',
    codes: codes(
      'insufficient_quota billing_error billing_hard_limit_reached billing_not_active credit_balance_exhausted enforced_spend_limit_reached insufficient_credits insufficient_balance insufficient_funds payment_required exceeded_current_quota_error insufficient_user_quota budget_exceeded credit_limit arrearage not_enough_balance setlimitexceeded 1008 1113',
    ),
  },
  { kind: 'loading', codes: codes('model_loading modelnotreadyexception') },
  {
    kind: 'no_access',
    codes: codes(
      'insufficient_permissions unsupported_country_region_territory model_terms_required model_permission_blocked_project model_permission_blocked_org api_key_service_blocked api_key_http_referrer_blocked api_key_ip_address_blocked ip_not_authorized service_disabled billing_disabled missing_scope',
    ),
  },
  {
    kind: 'rejected',
    codes: codes(
      'authentication_error authentication invalid_api_key incorrect_api_key api_key_invalid api_key_expired invalidapikey invalid_key wrong_api_key account_deactivated organization_restricted key_expired unauthenticated unauthorized unrecognizedclientexception expiredtokenexception expired_token invalid_authentication_error 2049',
    ),
  },
  {
    kind: 'refused',
    codes: codes(
      'content_filter responsibleaipolicyviolation content_policy_violation refusal invalid_prompt data_inspection_failed datainspectionfailed bio_policy misalignment_policy_violation guardrail_intervened prohibited_content content_blocked 1026 1027 1301',
    ),
  },
  {
    kind: 'context_length',
    codes: codes(
      'context_length_exceeded string_above_max_length exceed_context_size_error context_window_exceeded prompt_too_long model_context_window_exceeded 1261',
    ),
  },
  {
    kind: 'model_not_found',
    codes: codes(
      'model_not_found model_decommissioned model_not_available unknown_model invalid_model model_not_supported not_found_error not_found deploymentnotfound operationnotsupported resourcenotfoundexception 1211',
    ),
  },
  { kind: 'bad_output', codes: codes('json_validate_failed tool_use_failed') },
  // Groq calls a large request a rate limit, but no wait makes it smaller.
  { kind: 'too_large', statuses: [413] },
  { kind: 'too_large', codes: codes('request_too_large') },
  {
    kind: 'rate_limited',
    codes: codes(
      'rate_limit_error rate_limit_exceeded rate_limit_reached_error rate_limited too_many_requests resource_exhausted servicequotaexceededexception throttlingexception throttling ratelimitreached requests_limit_exceeded 1302 1303',
    ),
  },
  {
    kind: 'overloaded',
    codes: codes(
      'overloaded_error engine_overloaded engine_overloaded_error provider_overloaded capacity_exceeded service_unavailable unavailable serviceunavailableexception insufficient_system_resource modelerrorexception 1305',
    ),
  },
  { kind: 'timeout', codes: codes('timeout_error deadline_exceeded modeltimeoutexception') },
  {
    kind: 'no_access',
    codes: codes(
      'permission_error permission_denied accessdeniedexception accessdenied permissiondenied access_denied forbidden',
    ),
  },

  // Words that only count where no code said otherwise: Google uses the first ones for rate limits too.
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

/** What a status means by itself. Statuses from 500 that are not listed are a fault of the provider. */
export const STATUS_KINDS: Readonly<Record<number, FaultKind>> = {
  400: 'bad_request',
  401: 'rejected',
  402: 'no_credit',
  403: 'no_access',
  404: 'model_not_found',
  405: 'wrong_address',
  408: 'timeout',
  413: 'too_large',
  422: 'bad_request',
  429: 'rate_limited',
  451: 'no_access',
  504: 'timeout',
  522: 'timeout',
  524: 'timeout',
};

/** Codes that repeat what a status would say: for errors inside a stream, which have none. */
export const VAGUE_CODES: readonly RefusalRule[] = [
  {
    kind: 'overloaded',
    codes: codes(
      'api_error server_error internal_server_error internal internal_error internalerror internalservererror internalfailure internalfailureexception internalserverexception modelstreamerrorexception',
    ),
  },
  { kind: 'timeout', codes: codes('timeout') },
  {
    kind: 'bad_request',
    codes: codes('invalid_request_error invalid_argument validationexception badrequesterror'),
  },
];
