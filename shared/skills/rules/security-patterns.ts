/**
 * The obvious dangers in a skill's text, as data. Every pattern runs on one line of at most 2,000 characters and repeats with a
 * bound, so that no text makes it slow. What a model must judge (a description that lies, slow persuasion) is not here.
 */
export interface SecurityPattern {
  readonly rule: string;
  readonly severity: 'info' | 'warning' | 'error' | 'critical';
  readonly pattern: RegExp;
  readonly message: string;
  readonly fix: string;
  /** `order`: a sentence that addresses the agent, dangerous only outside code; `code`: only inside code. Otherwise anywhere. */
  readonly only?: 'order' | 'code';
}

const SECRET_FILES = String.raw`(?:~|\$HOME|\/root|\/home\/[\w.-]{1,32}|%USERPROFILE%)?\/?\.(?:ssh\/(?:id_\w{1,20}|authorized_keys)|aws\/credentials|netrc|npmrc|pypirc|git-credentials|kube\/config|docker\/config\.json|gnupg\/\w{1,20})|\/etc\/shadow\b`;
const SENDS = String.raw`\b(?:curl|wget|nc|ncat|Invoke-WebRequest|requests\.(?:post|put)|fetch\(|axios\.post|scp|sendmail)\b`;

export const SECURITY_PATTERNS: readonly SecurityPattern[] = [
  {
    rule: 'security.injection.override',
    severity: 'critical',
    only: 'order',
    pattern:
      /\b(?:ignore|disregard|forget|override|bypass)\s{1,4}(?:all\s{1,4}|any\s{1,4})?(?:of\s{1,4})?(?:the\s{1,4}|your\s{1,4}|my\s{1,4})?(?:previous|prior|earlier|above|preceding|system|developer|safety)\s{1,4}(?:\w{1,20}\s{1,4})?(?:instructions?|prompts?|rules|messages?|directives?|guidelines)\b/i,
    message: 'It tells the agent to ignore what it was told elsewhere.',
    fix: 'Remove the sentence. A skill adds instructions; it does not cancel others.',
  },
  {
    rule: 'security.injection.conceal',
    severity: 'critical',
    only: 'order',
    pattern:
      /\b(?:do not|don['’]t|never|without)\s{1,4}(?:tell|telling|inform|informing|reveal|revealing|mention|mentioning|show|showing|notify|notifying|alert|alerting)\s{1,4}(?:this\s{1,4}|it\s{1,4}|any of this\s{1,4})?(?:to\s{1,4})?the\s{1,4}(?:user|human|operator)s?\b(?=\s{0,4}(?:[.,;:!)]|$|(?:about|what|anything|any|this|of)\b|that\s{1,4}(?:you|this|it|the)\b))/i,
    message: 'It tells the agent to hide something from the user.',
    fix: 'Say openly what the skill does.',
  },
  {
    rule: 'security.injection.jailbreak',
    severity: 'critical',
    only: 'order',
    pattern:
      /\b(?:you are now (?:DAN|in developer mode|unrestricted|jailbroken)|(?:enter|enable|activate) (?:developer|god|jailbreak|DAN) mode|(?:no|without) (?:ethical|safety|content) (?:restrictions|guidelines|filters|limits))\b/i,
    message: 'It tries to switch off the model’s own limits.',
    fix: 'Remove the sentence.',
  },
  {
    rule: 'security.injection.no-confirmation',
    severity: 'error',
    only: 'order',
    pattern:
      /\b(?:execute|run|install|delete|send|publish|push|transfer)\b[^.\n]{0,80}\bwithout\s{1,4}(?:any\s{1,4})?(?:asking(?!\s{1,4}(?:about|which|what|for\s{1,4}(?!permission|approval|confirmation)))|verification|verifying|confirmation|confirming|approval|review|permission)\b/i,
    message: 'It tells the agent to act without asking anyone.',
    fix: 'Have the user confirm what cannot be undone.',
  },
  {
    rule: 'security.injection.hidden-comment',
    severity: 'critical',
    pattern:
      /<!--(?=[^>]{0,400}\b(?:ignore|disregard|secretly|do not tell|don['’]t tell|exfiltrate|system prompt|execute|curl|api.?key)\b)/i,
    message: 'A comment that a reader does not see gives orders to the agent.',
    fix: 'Remove the comment, or write it as visible text.',
  },
  {
    rule: 'security.injection.prompt-leak',
    severity: 'error',
    only: 'order',
    pattern:
      /\b(?:reveal|print|output|repeat|send|leak|return)\s{1,4}(?:me\s{1,4})?(?:your|the)\s{1,4}(?:full\s{1,4}|entire\s{1,4}|hidden\s{1,4})?system\s{1,4}prompt\b/i,
    message: 'It asks for the agent’s system prompt.',
    fix: 'Remove the sentence.',
  },
  {
    rule: 'security.remote.instructions',
    severity: 'error',
    only: 'order',
    pattern:
      /\b(?:fetch|download|load|read|get|open)\b[^.\n]{0,60}https?:\/\/\S{1,300}[^.\n]{0,40}\b(?:and|then)\s{1,4}(?:follow|obey|execute|do what)\b/i,
    message: 'It follows instructions from the network, which their owner can change at any time.',
    fix: 'Write the instructions into the skill.',
  },
  {
    rule: 'security.remote.pipe-to-shell',
    severity: 'error',
    pattern:
      /\b(?:curl|wget|iwr|irm|Invoke-WebRequest|Invoke-RestMethod)\b[^\n|]{0,300}\|\s{0,4}(?:sudo\s{1,4}(?:-\w{1,4}\s{1,4})?)?(?:(?:ba|z|da|k)?sh\b|python3?\b(?!\s{1,4}-(?:c|m)\b)|perl\b|ruby\b|node\b(?!\s{1,4}-e\b)|iex\b|Invoke-Expression\b)|\b(?:ba|z)?sh\s{1,4}(?:-c\s{1,4}"?\$\(|<\()\s{0,4}(?:curl|wget)\b|\beval\s{1,4}"?\$\((?:curl|wget)\b/i,
    message: 'It runs a download without anyone having seen it.',
    fix: 'Download to a file, check it, then run it; or install from a package registry with a version.',
  },
  {
    rule: 'security.code.decode-and-run',
    severity: 'critical',
    pattern:
      /\bbase64\s{1,4}(?:-d|-D|--decode)\b[^\n|]{0,120}\|\s{0,4}(?:sudo\s{1,4})?(?:ba|z)?sh\b|\b(?:exec|eval)\s{0,4}\(\s{0,4}(?:base64\.b64decode|codecs\.decode|zlib\.decompress|atob|Buffer\.from)\b|\bpowershell\b[^\n]{0,60}\s-e(?:nc|ncodedcommand)?\s{1,4}[A-Za-z0-9+/=]{20}/i,
    message: 'It decodes something unreadable and runs it.',
    fix: 'Write the command in plain text.',
  },
  {
    rule: 'security.code.eval',
    severity: 'error',
    only: 'code',
    pattern: /(?<![\w.])(?:eval|exec)\s{0,4}\(\s{0,4}(?!["')])(?:[a-z_]\w{0,40}|f["'])/,
    message: 'It runs text as code.',
    fix: 'Parse the input instead of running it.',
  },
  {
    rule: 'security.code.child-process',
    severity: 'error',
    pattern: /\brequire\(\s{0,2}\\?["'](?:node:)?child_process\\?["']\s{0,2}\)\s{0,2}\.\s{0,2}exec/,
    message: 'It starts a process out of data.',
    fix: 'Name the command as a step of the procedure.',
  },
  {
    rule: 'security.code.sql-string',
    severity: 'error',
    only: 'code',
    pattern:
      /\bf["'](?:SELECT|INSERT|UPDATE|DELETE)\b[^"'\n]{0,200}\b(?:FROM|INTO|SET|WHERE)\b[^"\n]{0,200}\{[\w.]{1,60}\}/,
    message: 'It builds SQL from text that a user gives.',
    fix: 'Use parameters.',
  },
  {
    rule: 'security.destroy.root',
    severity: 'critical',
    pattern:
      /\brm\s{1,4}(?:-\w{1,8}\s{1,4}|--[\w-]{1,20}\s{1,4}){1,4}(?:--\s{1,4})?["']?(?:(?:\/|~\/?|\$HOME\/?)\*?|\*)["']?(?:\s|$|;|&|`|\|)|\bmkfs(?:\.\w{1,8})?\s{1,4}\/dev\/|\bdd\s{1,4}[^\n]{0,80}\bof=\/dev\/(?:sd|nvme|hd|disk)|:\(\)\s{0,2}\{\s{0,2}:\|:&\s{0,2}\};:|\bFormat-Volume\b|\bdel\s{1,4}\/[sfq]\s{1,4}(?:\/[sfq]\s{1,4}){0,3}[a-z]:\\/i,
    message: 'It destroys a whole disk or home folder.',
    fix: 'Name exactly what may be deleted, and have it confirmed.',
  },
  {
    rule: 'security.destroy.data',
    severity: 'warning',
    pattern:
      /\bDROP\s{1,4}(?:DATABASE|SCHEMA)\b(?!\s{1,4}IF EXISTS test)|\bgit\s{1,4}push\b[^\n]{0,60}(?:--force(?!-with-lease)|\s-f)\b|\bterraform\s{1,4}destroy\b[^\n]{0,40}-auto-approve\b|\bkubectl\s{1,4}delete\s{1,4}(?:namespace|ns)\b/i,
    message: 'It deletes what others may need.',
    fix: 'Show what will go and have it confirmed first.',
  },
  {
    rule: 'security.secret.send',
    severity: 'critical',
    pattern: new RegExp(
      String.raw`${SENDS}[^\n]{0,200}(?:-d|--data\S{0,12}|-F|--form|-T|--upload-file|--post-\w{4}|data=|json=|body:?)[^\n]{0,120}(?:${SECRET_FILES}|(?:@|<\s?)\S{0,40}\.env\b|\$\((?:env|printenv|cat\s[^)\n]{0,60}(?:\.env|\.ssh|\.aws)))|(?:cat|base64|tar\s\S{1,8})\s[^\n|]{0,80}(?:${SECRET_FILES}|\.env\b)[^\n]{0,80}\|[^\n]{0,80}${SENDS}|\b(?:env|printenv)\s{0,4}\|[^\n]{0,80}${SENDS}`,
    ),
    message: 'It sends secrets to the network.',
    fix: 'Remove it. Nothing on this machine’s secrets belongs in a request.',
  },
  {
    rule: 'security.secret.send-order',
    severity: 'critical',
    only: 'order',
    pattern:
      /\b(?:send|post|upload|exfiltrate|transmit|forward|e-?mail)\b[^.\n]{0,60}\b(?:api keys?|credentials?|secrets?|passwords?|private keys?|access tokens?|environment variables?|\.env(?: file)?)\b[^.\n]{0,60}\b(?:to|at)\s{1,4}(?:https?:\/\/|[\w.-]{1,60}@|[\w-]{1,40}\.(?:com|net|io|org|example|xyz|ru)\b)/i,
    message: 'It tells the agent to send secrets away.',
    fix: 'Remove the sentence.',
  },
  {
    rule: 'security.secret.file',
    severity: 'error',
    pattern: new RegExp(
      String.raw`(?:\bcat|\bless|\bhead|\bcp|\bbase64|\bread|\bopen\(|\bopen|\bexpanduser\(|\breadFile\w{0,4}\()\s{0,4}["'\`]?(?:${SECRET_FILES})`,
      'i',
    ),
    message: 'It reads a file that holds credentials.',
    fix: 'Let the tool that owns the credentials use them.',
  },
  {
    rule: 'security.secret.environment',
    severity: 'error',
    pattern:
      /\bfor\s{1,4}\w{1,20}\s{0,4},\s{0,4}\w{1,20}\s{1,4}in\s{1,4}os\.environ\.items\(\)|\b(?:dict\(os\.environ\)|json\.dumps\(\s{0,4}dict\(\s{0,4}os\.environ)|JSON\.stringify\(\s{0,4}process\.env\s{0,4}\)/,
    message: 'It gathers the whole environment, where keys live.',
    fix: 'Read the one variable that is needed.',
  },
  {
    rule: 'security.secret.argument',
    severity: 'warning',
    pattern:
      /\b(?:mysql|psql|sshpass|curl|docker\s{1,4}login)\b[^\n]{0,120}(?:\s-p\s?["']?(?=[A-Za-z0-9])(?!\d{1,5}\b)[^\s$"'<{]{6,60}|--password[= ]["']?[^\s$"'<{]{6,60}|\s-u\s{1,4}["']?\w{1,40}:(?!["'$<{])[^\s"'<{$]{6,60})/,
    message: 'A password stands in a command line, where every process can read it.',
    fix: 'Take it from a file or the environment.',
  },
  {
    rule: 'security.tls.off',
    severity: 'warning',
    pattern:
      /\bNODE_TLS_REJECT_UNAUTHORIZED\s{0,2}=\s{0,2}["']?0|\bverify\s{0,2}=\s{0,2}False\b|\bcurl\b[^\n]{0,120}\s(?:-k|--insecure)\b|\bwget\b[^\n]{0,120}--no-check-certificate|\brejectUnauthorized\s{0,2}:\s{0,2}false\b|\bGIT_SSL_NO_VERIFY\s{0,2}=\s{0,2}(?:1|true)|\bhttp\.sslVerify\s{1,4}false\b/i,
    message: 'It switches off the check of certificates.',
    fix: 'Trust the certificate’s issuer instead.',
  },
  {
    rule: 'security.persist.startup',
    severity: 'error',
    pattern:
      /(?:>>|\btee\s{1,4}-a)\s{0,4}["']?(?:~|\$HOME|\/etc)\/?(?:\.bashrc|\.zshrc|\.profile|\.bash_profile|\/?profile|\/?crontab|\.ssh\/authorized_keys)|\bcrontab\s{1,4}-(?!l\b|e\b)|\|\s{0,4}crontab\b|\blaunchctl\s{1,4}load\b|\bschtasks\s{1,4}\/create\b|\bNew-ScheduledTask\b|CurrentVersion\\Run\b/i,
    message: 'It changes what starts with the machine or the shell.',
    fix: 'Leave that to the user, and say what to add.',
  },
  {
    rule: 'security.persist.agent-memory',
    severity: 'error',
    only: 'order',
    pattern:
      /\b(?:append|write|add|save|insert)\b[^.\n]{0,60}\b(?:to|into)\s{1,4}(?:your\s{1,4}|the\s{1,4})?[`"']?(?:CLAUDE\.md|AGENTS\.md|GEMINI\.md|MEMORY\.md|SOUL\.md|\.cursorrules)\b[^.\n]{0,80}\b(?:always|every (?:session|conversation)|permanently|from now on)\b/i,
    message: 'It writes itself into the agent’s memory for every later conversation.',
    fix: 'Keep the effect inside the task.',
  },
  {
    rule: 'security.shell.reverse',
    severity: 'critical',
    pattern:
      /\/dev\/tcp\/[\w.$-]{1,60}\/\d{1,5}|\b(?:nc|ncat)\s{1,4}(?:-\w{1,6}\s{1,4}){0,4}-e\s{1,4}\/bin\/|\bbash\s{1,4}-i\s{1,4}>&|\bsocket\.socket\b[^\n]{0,120}\bdup2\b/,
    message: 'It opens a shell to another machine.',
    fix: 'Remove it.',
  },
  {
    rule: 'security.miner',
    severity: 'critical',
    pattern: /\b(?:xmrig|minerd|cgminer|stratum\+tcp:\/\/|coinhive)\b/i,
    message: 'It mines coins.',
    fix: 'Remove it.',
  },
  {
    rule: 'security.network.raw-address',
    severity: 'warning',
    pattern:
      /\bhttps?:\/\/(?!127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|0\.0\.0\.0|169\.254\.|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|1\.1\.1\.1|8\.8\.8\.8)\d{1,3}(?:\.\d{1,3}){3}\b/,
    message: 'It talks to an address without a name.',
    fix: 'Name the host, so that a reader can tell whose it is.',
  },
  {
    rule: 'security.network.sink',
    severity: 'error',
    pattern:
      /\bhttps?:\/\/(?:[\w-]{1,60}\.)?(?:webhook\.site|requestbin\.(?:com|net)|pipedream\.net|ngrok(?:-free)?\.(?:io|app)|burpcollaborator\.net|oast\.(?:fun|live|me|pro|site)|interact\.sh|transfer\.sh|bit\.ly|tinyurl\.com|pastebin\.com)\b/i,
    message: 'It talks to a service that hides who is behind it.',
    fix: 'Name the real destination.',
  },
  {
    rule: 'security.privilege.sudo-install',
    severity: 'warning',
    pattern:
      /\bsudo\s{1,4}(?:npm|pip3?|gem)\s{1,4}install\b|\bpip3?\s{1,4}install\b[^\n]{0,80}--break-system-packages\b|\bchmod\s{1,4}(?:-R\s{1,4})?(?:0?777|a\+rwx)\b/,
    message: 'It changes the whole system where a folder would do.',
    fix: 'Install into a virtual environment or the project.',
  },
  {
    rule: 'security.privilege.skip-permissions',
    severity: 'error',
    pattern: /--dangerously-skip-permissions\b|--dangerously-bypass-approvals-and-sandbox\b|--yolo\b/,
    message: 'It switches off the agent’s own permission checks.',
    fix: 'Name the tools that it needs instead.',
  },
  {
    rule: 'security.supply.unpinned',
    severity: 'info',
    only: 'code',
    pattern:
      /\bnpx\s{1,4}(?:-y|--yes)\s{1,4}(?:@[\w.-]{1,60}\/)?[a-z][\w.-]{0,60}(?!@)(?:@latest)?(?=\s|$)|\bpip3?\s{1,4}install\s{1,4}(?!-r\b|-e\b|\.|--)[a-z][\w.-]{0,60}(?=\s|$)|\buvx\s{1,4}[a-z][\w.-]{0,60}(?=\s|$)/i,
    message: 'It runs whatever version of a package is newest that day.',
    fix: 'Name a version.',
  },
];
