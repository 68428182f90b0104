/**
 * Commands and lines of code that are dangerous by themselves, as data. Flows from one place to another are judged in `flows/`. Every
 * pattern runs on one line of at most 2,000 characters and has only bounded repetitions, so that no text makes it slow.
 */
export interface CommandRule {
  readonly rule: string;
  readonly severity: 'info' | 'warning' | 'error' | 'critical';
  readonly pattern: RegExp;
  readonly message: string;
  readonly fix: string;
  /** Applies only to code; when absent, to sentences too. */
  readonly only?: 'code';
}

const SECRET_FILES = String.raw`(?:~|\$HOME|\/root|\/home\/[\w.-]{1,32}|%USERPROFILE%)?\/?\.(?:ssh\/(?:id_\w{1,20}(?!\w|\.pub)|authorized_keys)|aws\/credentials|netrc|npmrc|pypirc|git-credentials|kube\/config|docker\/config\.json|gnupg\/\w{1,20})|\/etc\/shadow\b`;

/** The rules in the order in which they are tried. `fix` says what to write instead. */
export const COMMAND_RULES: readonly CommandRule[] = [
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
      /\bmkfs(?:\.\w{1,8})?\s{1,4}(?:-\w{1,4}\s{1,4}){0,3}\/dev\/|\bdd\s{1,4}[^\n]{0,80}\bof=\/dev\/(?:sd|nvme|hd|disk|mmcblk)|>\s{0,4}\/dev\/(?:sd|nvme|hd|disk)[a-z\d]|:\(\)\s{0,2}\{\s{0,2}:\s{0,2}\|\s{0,2}:\s{0,2}&\s{0,2}\}\s{0,2};\s{0,2}:|\bFormat-Volume\b|\bformat\s{1,4}[a-z]:\s{1,4}\/|\bdiskutil\s{1,4}eraseDisk\b|\bwipefs\s{1,4}-a\b/i,
    message: 'It destroys a whole disk.',
    fix: 'Remove it.',
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
    rule: 'security.secret.profile',
    severity: 'error',
    pattern:
      /\b(?:cp|copy|Copy-Item|cat|sqlite3|tar|zip|rsync|open|read|reads|connect|Get-Content|shutil\.copy\w{0,4}|copyFile\w{0,4}|extract|collect|dump|steal|find|ls)\b[^\n]{0,160}(?:\bLogin\\? Data\b|\bcookies\.sqlite\b|\bkey4\.db\b|\blogins\.json\b|\bChrome[\\/]User Data\b|\.config[\\/](?:google-chrome|chromium|BraveSoftware)|Application\\{0,2} Support[\\/](?:Google[\\/]Chrome|Firefox)|\.mozilla[\\/]firefox|\bwallet\.dat\b|Library[\\/]Keychains)|\bbrowser_?cookie3\b|\bsecurity\s{1,4}dump-keychain|\bCryptUnprotectData\b|\bmimikatz\b|\blazagne\b/i,
    message: 'It reads what the browser or the system keeps for the user: logins, cookies, wallets.',
    fix: 'Let the user sign in where it is needed.',
  },
  {
    rule: 'security.privilege.weaken',
    severity: 'error',
    pattern:
      /\bxattr\s{1,4}-\w{0,4}(?:d|c)\w{0,3}\b[^\n]{0,40}(?:com\.apple\.quarantine|\.app\b)|\bspctl\s{1,4}--master-disable|\bcsrutil\s{1,4}disable|\bsetenforce\s{1,4}0\b|\bufw\s{1,4}disable\b|\bDisableRealtimeMonitoring\b|\bAdd-MpPreference\s{1,4}-Exclusion|\bNOPASSWD\s{0,2}:|\bchmod\s{1,4}(?:u\+s|[24]7[57]5)\b|\bnetsh\s{1,4}advfirewall\s{1,4}set\b[^\n]{0,40}off\b/i,
    message: 'It switches off a protection of the machine.',
    fix: 'Leave the protection on, and say what is needed instead.',
  },
  {
    rule: 'security.remote.archive',
    severity: 'error',
    pattern:
      /\bunzip\s{1,4}(?:-\w{1,4}\s{1,4}){0,3}-P\s?\S|\bzip\s{1,4}(?:-\w{1,6}\s{1,4}){0,4}(?:-P\s?\S|--password|-\w{0,4}e\w{0,3}\s)|\b7z[ar]?\s{1,4}[axetu]\b[^\n]{0,120}\s-p\S|\b(?:un)?rar\s{1,4}\w\b[^\n]{0,80}\s-h?p\S|\bExpand-7Zip\b[^\n]{0,80}-Password|\bbsdtar\b[^\n]{0,60}--passphrase|\.setpassword\(|\bextractall\([^)\n]{0,80}pwd\s{0,2}=|\bopenssl\s{1,4}enc\b[^\n]{0,80}\s-(?:k|pass)\b/,
    message: 'It uses an archive with a password, which no scanner can look into.',
    fix: 'Use files that anyone can inspect.',
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
    pattern:
      /--dangerously-skip-permissions\b|--dangerously-bypass-approvals-and-sandbox\b|--yolo\b|["']?defaultMode["']?\s{0,2}:\s{0,2}["']bypassPermissions/,
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
