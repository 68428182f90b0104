/**
 * Sentences that order an agent to do what no skill should, as data. Every pattern runs on one sentence of at most 2,000 characters and has
 * only bounded repetitions, so that no text makes it slow.
 */
export interface WordingRule {
  readonly rule: string;
  readonly severity: 'warning' | 'error' | 'critical';
  readonly pattern: RegExp;
  readonly message: string;
  readonly fix: string;
  /** A worse severity, for sentences that this matches too. */
  readonly worseWith?: RegExp;
  /** The sentence is harmless when this matches it. */
  readonly except?: RegExp;
  /** The sentence can be left out without loss. */
  readonly removable?: true;
}

const USER = String.raw`(?:the\s{1,4}|your\s{1,4}|any\s{1,4})?(?:end[- ])?(?:user|human|operator|customer|developer|owner|person|people|anyone|anybody|them|reviewer)s?\b`;
const NOT = String.raw`\b(?:do not|don['’]t|never|without|must not|should not|shouldn['’]t|avoid|no need to)\s{1,4}(?:ever\s{1,4})?`;
const TELL = String.raw`(?:tell|telling|inform|informing|reveal|revealing|mention|mentioning|show|showing|notify|notifying|alert|alerting|disclose|disclosing|report|reporting)\s{1,4}`;
const THIS = String.raw`(?:this|it|that|these|those|any of (?:this|it|these)|what (?:you|was|happened)|anything|the (?:existence|upload|copy|copies|transfer|request|script|extra|step|steps|instruction|instructions|skill|action|actions|backup|sync|export|call|file|files|hidden|real|collection|payload|data)\b)(?:\s{1,4}[\w-]{1,20}){0,4}?\s{1,4}`;
const ACTS =
  /\b(?:cop(?:y|ies)|read|send|upload|post|run|execute|delete|install|collect|gather|exfiltrate|download|forward|transmit|append|write|fetch|curl|push|add)\b/i;

/** A pattern for what people call secrets, to be put into other patterns. */
export const SECRET_NOUNS = String.raw`(?:api[- ]?keys?|credentials?|secrets?|passwords?|private keys?|ssh[- ]keys?|access keys?|(?:access|auth|authentication|session|bearer|oauth) tokens?|cookies?|environment variables?|env(?:ironment)? dump|\.env(?: files?)?\b|browser (?:profiles?|history|data|sessions?|logins?)|shell history|seed phrases?|wallet(?: files?| keys?)?|recovery phrases?|keychain|~?\/?\.(?:ssh|aws|gnupg|netrc)\b[\w/.-]{0,30}|id_(?:rsa|ed25519)|stored logins?)`;
const SENDING = `(?:send|sends|sending|sent|post|posts|posted|upload|uploads|uploaded|exfiltrate|transmit|transmits|forward|forwards|forwarded|e-?mail|submit|submits|copy|push|share|leak|deliver|ship|stream|beacon)`;
const AWAY = String.raw`(?:https?:\/\/|\bwebhook|[\w.-]{1,60}@[\w-]{1,60}\.|\b[\w-]{1,40}(?:\.[\w-]{1,40}){0,3}\.(?:com|net|io|org|example|xyz|ru|dev|app|tk|site|sh|cc|top|cn|info|me|co)\b|\b(?:remote|external|our|my|this|collection|following|attacker['’]?s?|third[- ]party|telegram|discord)\s{1,4}(?:server|endpoint|url|host|address|service|bot|channel|machine|site|collector|api))`;

/** The rules in the order in which they are tried. Other languages are in `wording-languages.ts`. */
export const WORDING_RULES: readonly WordingRule[] = [
  {
    rule: 'security.injection.override',
    severity: 'critical',
    pattern:
      /\b(?:ignore|ignores|disregard|forget|override|overrides|bypass|discard|overlook|abandon|stop following|no longer follow|do not follow|don['’]t follow|pay no attention to)\s{1,4}(?:\w{1,12}\s{1,4}){0,4}?(?:previous|prior|earlier|above|preceding|original|initial|other|system|developer|safety|security|your|existing)\s{1,4}(?:\w{1,20}\s{1,4}){0,2}?(?:instructions?|prompts?|directives?|guidelines|guardrails|programming|training|system messages?|orders|commands|restrictions|rules|messages)\b(?!\s{1,4}(?:files?|section|template|page|field|column|of the (?:linter|compiler)))/i,
    except:
      /\b(?:lint|eslint|biome|ruff|stylelint|prettier|robots\.txt|css|cascade|webpack|git|compiler|linter)\b/i,
    message: 'It tells the agent to ignore what it was told elsewhere.',
    fix: 'Remove the sentence. A skill adds instructions; it does not cancel others.',
    removable: true,
  },
  {
    rule: 'security.injection.precedence',
    severity: 'error',
    pattern:
      /\b(?:this|these|the following)\s{1,4}(?:skill|instructions?|rules?|directives?|commands?)\b[^.!?]{0,60}\b(?:overrides?|supersedes?|replaces?|(?:takes?|has|have) (?:absolute |full )?(?:precedence|priority) over)\b[^.!?]{0,60}\b(?:system prompt|previous instructions?|(?:all|any) (?:other|previous|prior) (?:instructions?|rules)|user(?:['’]s)? (?:requests?|instructions?|wishes)|safety|your (?:instructions|guidelines|rules))\b/i,
    message: 'It puts itself above what the user or the system says.',
    fix: 'Remove the sentence.',
    removable: true,
  },
  {
    rule: 'security.injection.conceal',
    severity: 'error',
    worseWith: ACTS,
    pattern: new RegExp(
      String.raw`${NOT}${TELL}${THIS}(?:to|from|with)\s{1,4}${USER}|${NOT}${TELL}(?:to\s{1,4})?${USER}(?=\s{0,4}(?:[.,;:!)]|$)|\s{1,4}(?:about|of|that)\s{1,4}(?:this|it\b|that|these|what you|anything|the (?:upload|copy|transfer|request|script|extra|step|instruction|skill|action|backup|change|call|file|data)s?\b|you\b|the\s{1,4}\w{1,20}\s{1,4}(?:was|were|is|has))|\s{1,4}(?:this|anything|what you)\b)|\bwithout\s{1,4}(?:the\s{1,4})?user['’]?s?\s{1,4}(?:knowing|noticing|knowledge|awareness|being aware|seeing)|\b(?:hide|conceal|withhold|keep)\s{1,4}${THIS}(?:hidden\s{1,4}|secret\s{1,4})?from\s{1,4}${USER}|\b(?:secretly|covertly|stealthily|surreptitiously)\s{1,4}(?:send|upload|copy|run|install|execute|read|collect|forward|add|record|log|post|transmit|save)|\bsilently\s{1,4}(?:send|upload|forward|transmit|exfiltrate|post|collect)|\bso (?:that )?the user (?:does not|doesn['’]t|will not|won['’]t|never) (?:notice|see|know)`,
      'i',
    ),
    except:
      /\b(?:if (?:nothing|no|there (?:is|are) no)|unless|until|every|each|again|more than once|twice|raw|stack traces?|internal ids?|verbose|boilerplate|jargon|placeholder|about (?:each|every|the details)|before (?:they|it|the|you)|when nothing)\b/i,
    message: 'It tells the agent to hide something from the user.',
    fix: 'Say openly what the skill does.',
    removable: true,
  },
  {
    rule: 'security.injection.jailbreak',
    severity: 'critical',
    pattern:
      /\b(?:you are (?:now )?(?:DAN\b|in ["“]?(?:developer|god|jailbreak|admin|root|unrestricted) mode|unrestricted|jailbroken|free of (?:all |any )?(?:restrictions|rules))|(?:enter|enable|activate) (?:god|jailbreak|DAN) mode|(?:act|behave|respond) (?:as|like) (?:an? )?(?:DAN\b|unrestricted|jailbroken)|(?:no|without|free of|bypass(?:ing)?|remove) (?:all |any |your )?(?:ethical|safety|content|moral) (?:restrictions|guidelines|filters|limits|rules|constraints)|bypass all restrictions)/i,
    message: 'It tries to switch off the model’s own limits.',
    fix: 'Remove the sentence.',
    removable: true,
  },
  {
    rule: 'security.injection.no-confirmation',
    severity: 'error',
    pattern:
      /\b(?:execute|run|install|delete|send|publish|push|transfer|pay|buy|merge|deploy)\b[^.\n]{0,80}\bwithout\s{1,4}(?:any\s{1,4}|further\s{1,4}|user\s{1,4}|explicit\s{1,4}|prior\s{1,4}){0,2}(?:asking(?!\s{1,4}(?:about|which|what|where|how|for\s{1,4}(?!permission|approval|confirmation)))|verification|verifying|confirmation|confirming|approval|permission|consent)\b/i,
    except:
      /\b(?:if|when|unless|only|cannot|can['’]t|user (?:asks|says|wants|requests|explicitly)|read-only|dry[- ]run|tests?\b|linter|requires?|would|could|might|may|attackers?)\b/i,
    message: 'It tells the agent to act without asking anyone.',
    fix: 'Have the user confirm what cannot be undone.',
  },
  {
    rule: 'security.injection.prompt-leak',
    severity: 'error',
    pattern:
      /\b(?:reveal|print|output|repeat|send|leak|return|display|show)\s{1,4}(?:me\s{1,4}|us\s{1,4})?(?:your|the)\s{1,4}(?:full\s{1,4}|entire\s{1,4}|hidden\s{1,4}|complete\s{1,4}|original\s{1,4})?(?:system\s{1,4}prompt|initial instructions|hidden instructions)\b/i,
    message: 'It asks for the agent’s system prompt.',
    fix: 'Remove the sentence.',
    removable: true,
  },
  {
    rule: 'security.injection.role-marks',
    severity: 'error',
    pattern:
      /<\|(?:im_start|im_end|system|endoftext|start_header_id)\|>|\[\/?INST\]|<<\/?SYS>>|^\s{0,9}<\/?system(?:[-_](?:prompt|reminder|message))?>/i,
    message: 'It has the marks by which a chat tells whose turn it is.',
    fix: 'Remove them: a skill is nobody’s turn.',
  },
  {
    rule: 'security.remote.instructions',
    severity: 'error',
    pattern:
      /\b(?:fetch|download|load|read|get|open|visit|retrieve)\b[^.\n]{0,60}https?:\/\/\S{1,300}[^.\n]{0,60}\b(?:and|then)\s{1,4}(?:follow|obey|execute|do (?:what|whatever|as|everything)|carry out|run (?:what|whatever|the (?:steps|commands|instructions)))\b/i,
    message: 'It follows instructions from the network, which their owner can change at any time.',
    fix: 'Write the instructions into the skill.',
  },
  {
    rule: 'security.remote.paste',
    severity: 'error',
    pattern:
      /(?:https?:\/\/|\]\()[^\n]{0,300}\b(?:copy|paste)\b[^\n]{0,120}\bterminal\b|\b(?:copy|paste)\b[^\n]{0,120}\bterminal\b[^\n]{0,80}https?:\/\/|(?:https?:\/\/|\]\()[^\n]{0,300}(?:复制|粘贴)[^\n]{0,80}(?:终端|命令行)/i,
    message: 'It has someone paste a script from the network into a terminal.',
    fix: 'Name a package and its version.',
  },
  {
    rule: 'security.remote.archive',
    severity: 'error',
    pattern:
      /(?:\b(?:extract|unzip|unpack|decompress|archive|7z|rar)\b|\bzip\b)[^\n]{0,140}\b(?:pass(?:word|phrase|code)?|pwd)\b\s{0,3}(?:is\s{0,3})?(?:[:=`"“']|is\b)|\bpass(?:word|phrase|code)?\b[^.\n]{0,30}\b(?:for|of|to open|protecting)\s{1,4}(?:the\s{1,4}|this\s{1,4}|that\s{1,4})?(?:zip|archive|7z|rar)\b|\bpassword[- ]protected\s{1,4}(?:zip|archive|7z|rar)\b[^.\n]{0,80}\b(?:download|run|extract|upload|send)|\b(?:download|run|extract|upload|send|pack|put)\b[^.\n]{0,80}\bpassword[- ]protected\s{1,4}(?:zip|archive|7z|rar)\b/i,
    message: 'It uses an archive with a password, which no scanner can look into.',
    fix: 'Use files that anyone can inspect.',
  },
  {
    rule: 'security.remote.binary',
    severity: 'error',
    pattern:
      /\bdownload\b[^\n]{0,260}\.(?:zip|exe|dmg|pkg|msi|scr|bat|7z|rar|jar|bin|run|appimage)\b[^\n]{0,160}\b(?:and|then)\b[^\n]{0,40}\b(?:run|execute|launch|start|double-click)\b/i,
    except: /\b(?:docker|gradle|maven|checksum|sha256|signature|verify)\b/i,
    message: 'It has a downloaded program run.',
    fix: 'Install from a package registry, with a version.',
  },
  {
    rule: 'security.secret.send-order',
    severity: 'critical',
    pattern: new RegExp(
      String.raw`\b${SENDING}\b[^.\n]{0,80}\b${SECRET_NOUNS}[^\n]{0,80}?(?:\b(?:to|at|via|through|into)\b|→|->)[^.\n]{0,40}${AWAY}|\b${SECRET_NOUNS}[^\n]{0,100}\b${SENDING}\s{1,4}(?:it|them|these|those|everything|all|the (?:result|contents?|output|file|value|data)s?)?\b[^.\n]{0,40}\b(?:to|at|via)\b[^.\n]{0,40}${AWAY}`,
      'i',
    ),
    except: /\bheaders?\b|\bAuthorization\b|\bsecret manager\b|\bvault\b|\bkeychain access\b/i,
    message: 'It tells the agent to send secrets away.',
    fix: 'Remove the sentence.',
    removable: true,
  },
  {
    rule: 'security.persist.agent-memory',
    severity: 'error',
    pattern:
      /\b(?:append|write|add|save|insert)\b[^.\n]{0,60}\b(?:to|into)\s{1,4}(?:your\s{1,4}|the\s{1,4})?[`"']?(?:CLAUDE\.md|AGENTS\.md|GEMINI\.md|MEMORY\.md|SOUL\.md|\.cursorrules|copilot-instructions\.md)\b[^.\n]{0,80}\b(?:always|every (?:session|conversation)|permanently|from now on)\b/i,
    message: 'It writes itself into the agent’s memory for every later conversation.',
    fix: 'Keep the effect inside the task.',
  },
];
