/** Tunnels, request bins, paste and drop services: anyone can collect data there without a name, or reach a private machine. */
const ANONYMOUS =
  /(?:^|\.)(?:ngrok(?:-free)?\.(?:io|app|dev)|trycloudflare\.com|loca\.lt|localtunnel\.me|serveo\.net|localhost\.run|lhr\.(?:life|rocks)|lhrtunnel\.link|bore\.(?:pub|digital)|tunnelto\.dev|pagekite\.me|telebit\.io|devtunnels\.ms|pinggy\.(?:io|link|online)|playit\.gg|zrok\.io|webhook\.site|webhook\.cool|requestbin\.(?:com|net)|requestcatcher\.com|pipedream\.net|hookbin\.com|beeceptor\.com|mockbin\.(?:org|io)|postb\.in|typedwebhook\.tools|burpcollaborator\.net|oastify\.com|oast\.(?:fun|live|me|pro|site|online|us)|interact(?:sh)?\.(?:sh|com)|dnslog\.cn|ceye\.io|canarytokens\.(?:com|org)|transfer\.sh|file\.io|0x0\.st|temp\.sh|bashupload\.com|catbox\.moe|gofile\.io|anonfiles?\.com|oshi\.at|ix\.io|termbin\.com|pastebin\.com|paste\.(?:rs|ee)|hastebin\.com|rentry\.co|dpaste\.(?:com|org)|sprunge\.us|glot\.io|uguu\.se|tmpfiles\.org|wormhole\.app)$/i;
const SHORT =
  /(?:^|\.)(?:bit\.ly|tinyurl\.com|t\.co|goo\.gl|is\.gd|cutt\.ly|rb\.gy|shorturl\.at|ow\.ly|tiny\.cc)$/i;

/** This machine, and networks that only its owner is on. */
const LOCAL =
  /^(?:localhost|0\.0\.0\.0|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|10\.\d{1,3}\.\d{1,3}\.\d{1,3}|192\.168\.\d{1,3}\.\d{1,3}|172\.(?:1[6-9]|2\d|3[01])\.\d{1,3}\.\d{1,3}|\[?::1\]?|host\.docker\.internal|[\w-]{1,60})$|\.(?:local|internal|localhost|svc|lan)$/i;

/** Names that people use for a service whose hosts are called otherwise. */
const ALSO_CALLED: readonly (readonly [RegExp, RegExp])[] = [
  [/\bteams\b|\boutlook\b|\bonedrive\b|\bsharepoint\b/i, /(?:microsoft|office|live|sharepoint)\.com$/i],
  [/\bjira\b|\bconfluence\b|\bbitbucket\b/i, /atlassian\.(?:net|com)$/i],
  [/\bgmail\b|\bdrive\b|\bcalendar\b|\bsheets?\b|\bgcp\b|\bbigquery\b|\bgoogle\b/i, /googleapis\.com$/i],
  [/\bs3\b|\baws\b|\blambda\b/i, /amazonaws\.com$/i],
  [/\bwhatsapp\b|\binstagram\b/i, /facebook\.com$/i],
  [/\btwitter\b/i, /(?:^|\.)x\.com$/i],
  [/\bgh\b|\bpull requests?\b|\bgithub\b/i, /github(?:usercontent)?\.com$/i],
];

// Parts of a host's name that do not say whose it is.
const COMMON = new Set(
  'www api app apis hooks hook webhook webhooks upload uploads files file data cdn static cloud web dev prod staging test gateway server service services host site online example com net org io ai co uk de eu us info biz app'.split(
    ' ',
  ),
);

/**
 * `local`: not on the internet. `anonymous`: a tunnel or drop service. `short`: a shortener, which hides the real host. `address`: a bare
 * IPv4 address. `named`: all others.
 */
export type HostKind = 'local' | 'anonymous' | 'short' | 'address' | 'named';

/** Classifies a host by its name alone; nothing is looked up. */
export function kindOf(host: string): HostKind {
  if (LOCAL.test(host)) return 'local';
  if (ANONYMOUS.test(host)) return 'anonymous';
  if (SHORT.test(host)) return 'short';
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host) ? 'address' : 'named';
}

/** Whether the user's text names this host: literally, by its domain, or by its owner's name ("Slack" for hooks.slack.com). */
export function namesHost(text: string, host: string): boolean {
  const words = text.toLowerCase();
  const labels = host.toLowerCase().split('.');
  const domain = labels.slice(-2).join('.');
  if (words.includes(domain)) return true;
  if (ALSO_CALLED.some(([said, hosts]) => said.test(text) && hosts.test(host))) return true;
  return labels
    .slice(0, -1)
    .filter((label) => label.length > 2 && !COMMON.has(label))
    .some((label) => hasWord(words, label));
}

/** `TAVILY_API_KEY` belongs to api.tavily.com. */
export function belongsTo(keyName: string, host: string): boolean {
  const labels = host.toLowerCase().split('.').slice(0, -1);
  const words = keyName.toLowerCase().split(/[_-]/);
  const owners = [
    ...words,
    ...(words.includes('gh') ? ['github'] : []),
    ...(words.includes('hf') ? ['huggingface'] : []),
  ];
  return owners.some(
    (word) =>
      word.length > 2 &&
      !COMMON.has(word) &&
      !KEY_WORDS.has(word) &&
      labels.some((label) => label.includes(word)),
  );
}
const KEY_WORDS = new Set([
  'key',
  'token',
  'secret',
  'password',
  'access',
  'auth',
  'private',
  'client',
  'session',
  'cookie',
  'bot',
  'user',
]);

const URL_HOST =
  /\b(?:https?|wss?|ftps?|sftp):\/\/(?:[^\s/"'`@<>]{1,100}@)?(\[[\da-f:]{2,40}\]|[A-Za-z\d](?:[\w.-]{0,250}[A-Za-z\d])?)/gi;

/** The hosts of all http and https addresses in a text, in lower case, repeated ones included. */
export function hostsIn(text: string): readonly string[] {
  return Array.from(text.matchAll(URL_HOST), ([, host = '']) => host.toLowerCase());
}

function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const before = text[at - 1] ?? ' ';
    const after = text[at + word.length] ?? ' ';
    if (!/[\p{L}\p{N}]/u.test(before) && !/[\p{L}\p{N}]/u.test(after)) return true;
  }
  return false;
}
