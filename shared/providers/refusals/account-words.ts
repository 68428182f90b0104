import { BEHIND_A_GATEWAY, codes, REFUSED, type RefusalRule } from './refusal-rule.ts';

/** Sure words about who asks and what they may: a model that still loads, limits of time, money, access and the key. In order, as `refusal-rules.ts` says. */
export const ACCOUNT_WORDS: readonly RefusalRule[] = [
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
];
