/** Where secrets are, as far as a text names the place. */
export interface Source {
  /** `store`: a file, profile or dump that holds secrets; `variable`: one secret by its name, which programs use all the time. */
  readonly kind: 'store' | 'variable';
  /** In words: "the browser's stored logins". */
  readonly what: string;
  /** The name of the variable, for a `variable`. */
  readonly name?: string;
}

interface Place {
  readonly what: string;
  readonly pattern: RegExp;
}

const HOME = String.raw`(?:~|\$\{?HOME\}?|%USERPROFILE%|\$env:USERPROFILE|/root|/home/[\w.$-]{1,32}|/Users/[\w.$-]{1,32})`;

/** Places whose whole content is secret. A public key and a list of known hosts are not. */
export const STORES: readonly Place[] = [
  {
    what: 'private SSH keys',
    pattern:
      /\.ssh(?:[\\/](?!known_hosts|config\b|[\w.-]{1,40}\.pub\b|authorized_keys)|(?=["'\s;|)]|$))|\bid_(?:rsa|dsa|ecdsa|ed25519)\b(?!\.pub)/,
  },
  {
    what: 'cloud credentials',
    pattern:
      /\.aws(?:[\\/](?:credentials|config)\b|[\\/]?(?=["'\s;|)*]|$))|\.azure[\\/]|\.config[\\/]gcloud|application_default_credentials|\.kube[\\/]config|\.oci[\\/]config|\.terraform\.d[\\/]credentials|\.vault-token|\.config[\\/]doctl/,
  },
  {
    what: 'stored logins',
    pattern: new RegExp(
      String.raw`\.(?:netrc|pgpass|git-credentials|pypirc|npmrc|my\.cnf|htpasswd)\b|\.docker[\\/]config\.json|\.config[\\/](?:gh[\\/]hosts|hub\b)|\.claude[\\/]\.credentials|\.codex[\\/]auth\.json|\.password-store|\.kdbx\b|${HOME}[\\/]\.gnupg|\.gnupg[\\/]`,
    ),
  },
  {
    what: 'a file of environment variables',
    pattern:
      /(?:^|[\s"'@=/\\(<,:*])\.env(?:\.(?!example|sample|template|dist|schema|test\b)[\w-]{1,20})?(?=["'\s;|)&,`]|$)|\*\.env\b/,
  },
  {
    what: 'the browser’s logins and cookies',
    pattern:
      /\b(?:Login Data|Login\\ Data|cookies\.sqlite|key4\.db|logins\.json|Web Data|browser_?cookie3?|getAllCookies|chrome\.cookies)\b|(?:Google|google-chrome|Chromium|chromium|BraveSoftware|Microsoft[ \\]{0,2}Edge)[\\/ ][^\n"']{0,80}\b(?:Cookies|Default|User Data|Local Storage|Profile)|\.config[\\/](?:google-chrome|chromium|BraveSoftware)|\.mozilla[\\/]firefox|Application[ \\]{1,2}Support[\\/](?:Google[\\/]Chrome|Firefox|BraveSoftware)|Chrome[\\/]User Data/,
  },
  {
    what: 'the system’s keychain',
    pattern:
      /\bsecurity\s{1,4}(?:find-(?:generic|internet)-password|dump-keychain|export\b)|Library[\\/]Keychains|\.local[\\/]share[\\/]keyrings|\bsecret-tool\s{1,4}lookup|\bkeyring\.get_password|\bcmdkey\s{1,4}\/list|\bvaultcmd\b/,
  },
  {
    what: 'a wallet',
    pattern:
      /\bwallet\.dat\b|\.(?:bitcoin|ethereum|electrum)[\\/]|\.config[\\/]solana[\\/]id\.json|\bMetaMask\b[^\n]{0,40}(?:vault|Local)|nkbihfbeogaeaoehlefnkodbefgpgknn/,
  },
  {
    what: 'the shell’s history',
    pattern: /\.(?:bash|zsh|python|psql|mysql)_history\b|\bConsoleHost_history\b/,
  },
  {
    what: 'the system’s accounts',
    pattern: /\/etc\/(?:shadow|sudoers|passwd)\b|\bSAM\b[^\n]{0,20}\bSYSTEM\b/,
  },
  {
    what: 'secrets of a cluster or vault',
    pattern:
      /\bkubectl\s{1,4}get\s{1,4}secrets?\b[^\n]{0,80}-o\b|\bvault\s{1,4}kv\s{1,4}get\b|\bop\s{1,4}(?:item\s{1,4}get|read)\b|\bbw\s{1,4}get\s{1,4}password|\bpass\s{1,4}show\b/,
  },
];

/** The whole environment at once. A single variable is judged by its name. */
const ENVIRONMENT =
  /(?:^|[\n|;&(`{]|\$\(|<\()[ \t]{0,4}(?:env|printenv|set|export\s{1,4}-p|declare\s{1,4}-[xp]|compgen\s{1,4}-e)[ \t]{0,4}(?=$|[\n|;&)>`"'}])|\bos\.environ\b(?!\s{0,2}(?:\.(?:get|setdefault|pop|update|keys|__setitem__)\b|\[))(?!\s{0,2}(?:=[^=]|\)?\s{0,2}:))(?<!\bin\s{1,4}os\.environ)|\bprocess\.env\b(?!\s{0,2}(?:\.|\[|\?\.|\)\.|!))|\bEnv:\s{0,2}(?=$|["'|);])|GetEnvironmentVariables\b|\/proc\/(?:self|\d{1,7}|\$\w{1,20}|\*)\/environ\b|\bENV\.(?:to_h|to_a|inspect|each)\b|\bSystem\.getenv\(\)|\bos\.Environ\(\)/;

const KEY_NAME = String.raw`(?:[A-Za-z]\w{0,60}[_-])?(?:API_?KEY|ACCESS_?KEY(?:_ID)?|SECRET(?:_?(?:KEY|ACCESS_KEY|TOKEN))?|TOKEN|PASSWORD|PASSWD|PASSPHRASE|CREDENTIALS?|PRIVATE_?KEY|WEBHOOK_SECRET|COOKIES?|SESSION(?:_?(?:ID|TOKEN|KEY))?)`;
const NAMED_SECRETS: readonly RegExp[] = [
  new RegExp(String.raw`\$\{?(?:env:)?(${KEY_NAME})\b`, 'i'),
  new RegExp(
    String.raw`\b(?:os\.)?(?:getenv|environ\.get|environ)\s{0,2}[([]\s{0,2}["'](${KEY_NAME})["']`,
    'i',
  ),
  new RegExp(String.raw`\bprocess\.env(?:\.|\[["'])(${KEY_NAME})\b`, 'i'),
  new RegExp(
    String.raw`\b(?:ENV\[["']|Deno\.env\.get\(["']|os\.Getenv\(["']|System\.getenv\(["'])(${KEY_NAME})\b`,
    'i',
  ),
  /\b(gh\s{1,4}auth\s{1,4}token|gcloud\s{1,4}auth\s{1,4}(?:application-default\s{1,4})?print-(?:access|identity)-token)\b/,
  /\b(document\.cookie|localStorage\.getItem|sessionStorage\.getItem)\b/,
];

/** The most sensitive source that a piece of code names. */
export function sourceIn(code: string): Source | undefined {
  return storeIn(code) ?? namedSecretIn(code);
}

/** The first place in the code whose whole content is secret. */
export function storeIn(code: string): Source | undefined {
  if (ENVIRONMENT.test(code)) return { kind: 'store', what: 'the whole environment' };
  const store = STORES.find(({ pattern }) => pattern.test(code));
  return store && { kind: 'store', what: store.what };
}

/** The first variable in the code whose name says that it is a secret, such as `GITHUB_TOKEN`. */
export function namedSecretIn(code: string): Source | undefined {
  for (const pattern of NAMED_SECRETS) {
    const name = pattern.exec(code)?.[1];
    if (name !== undefined) return { kind: 'variable', what: `the secret ${name}`, name };
  }
  return undefined;
}
