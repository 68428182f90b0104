import type { Command } from '../code/shell-words.ts';
import { hostsIn } from './hosts.ts';
import type { Send } from './sends.ts';
import type { Trace } from './trace.ts';

/** What a command sends, before it is searched for secrets. */
interface Outgoing {
  readonly host: string | undefined;
  /** What is sent as content: arguments, and names of files. */
  readonly load: readonly string[];
  readonly files: readonly string[];
  /** Arguments where a login belongs. */
  readonly login: readonly string[];
  readonly stdin: boolean;
}

const CURL_LOAD =
  /^(?:-d|-F|--data(?:-(?:raw|binary|ascii|urlencode))?|--json|--form(?:-string)?|--url-query)$/;
const CURL_FILE = /^(?:-T|--upload-file)$/;
const CURL_LOGIN = /^(?:-H|--header|-u|--user|-b|--cookie|--oauth2-bearer|--proxy-user|-E|--cert|--key)$/;
const CURL_VALUE =
  /^(?:-[XoAemwDKxy]|--(?:request|output|user-agent|referer|max-time|write-out|dump-header|config|proxy|cacert|connect-timeout|retry(?:-delay)?|resolve|url))$/;
const WGET_LOAD = /^--(?:post-data|body-data)=?(.*)$/s;
const WGET_FILE = /^--(?:post-file|body-file)=?(.*)$/s;
const REMOTE_PATH = /^(?:[\w.-]{1,60}@)?([\w-]{1,60}(?:\.[\w-]{1,60}){0,6}):(?!\/\/)[^\s]{0,200}$/;
const STORAGE = /^(?:s3|gs|r2|b2|az|abfss?):\/\/([\w.-]{1,100})/;

/** A command in its place in a pipeline. */
export interface Stage {
  readonly command: Command;
  /** The command's own text, and that of the whole statement. */
  readonly stage: string;
  readonly text: string;
  readonly line: number;
  /** The stages of the pipeline whose output it reads. */
  readonly before: readonly string[];
}

/** What a stage of a pipeline sends. */
export function shellSend({ command, stage, text, line, before }: Stage, trace: Trace): Send | undefined {
  const outgoing = outgoingOf(command, stage);
  if (!outgoing) return undefined;
  const piped = outgoing.stdin || command.input !== undefined ? [...before, command.input ?? ''] : [];
  const inLoad = trace.secretIn([...outgoing.load, ...outgoing.files, ...piped].join('\n'));
  const inLogin = trace.secretIn(outgoing.login.join('\n'));
  const elsewhere = trace.secretIn(stage);
  const secret =
    inLoad ??
    (inLogin?.kind === 'store' ? inLogin : undefined) ??
    (elsewhere?.kind === 'store' ? elsewhere : undefined);
  const content = outgoing.files.length > 0 || piped.some((input) => input.trim() !== '');
  const words = outgoing.load.some((word) => word.trim() !== '');
  return {
    line,
    code: text,
    host: outgoing.host ?? trace.hostIn(stage),
    secret: secret ?? inLogin,
    asLogin: secret === undefined,
    load: content ? 'content' : words ? 'words' : 'none',
  };
}

function outgoingOf({ name, args }: Command, stage: string): Outgoing | undefined {
  for (const [names, outgoing] of SENDERS) if (names.includes(name)) return outgoing(args, stage, name);
  return undefined;
}

type ToOutgoing = (args: readonly string[], stage: string, name: string) => Outgoing | undefined;

const NOTHING = { host: undefined, load: [], files: [], login: [], stdin: false } as const;
const ADDRESS = /[\w.+-]{1,60}@([\w-]{1,60}(?:\.[\w-]{1,60}){1,5})/;

/** Programs by what they do with what they are given. */
const SENDERS: readonly (readonly [names: readonly string[], outgoing: ToOutgoing])[] = [
  [['curl'], curl],
  [['wget'], (args, stage) => wget(args, hostsIn(stage)[0])],
  [
    ['nc', 'ncat', 'netcat', 'telnet', 'socat'],
    (args) => ({ ...NOTHING, host: bareHost(args), stdin: true }),
  ],
  [['scp', 'rsync', 'sftp'], remoteCopy],
  [['aws', 'gsutil', 'gcloud', 'rclone', 'az'], storage],
  [
    ['mail', 'mailx', 'mutt', 'sendmail', 'msmtp', 'swaks'],
    (args, stage) => ({ ...NOTHING, host: ADDRESS.exec(stage)?.[1], load: args, stdin: true }),
  ],
  [
    ['dig', 'nslookup', 'host', 'ping'],
    // names asked for can carry text
    (args, stage) => (/[$`]/.test(stage) ? { ...NOTHING, load: args } : undefined),
  ],
  [
    ['gh'],
    (args) =>
      args[0] === 'gist' && args[1] === 'create'
        ? { ...NOTHING, host: 'gist.github.com', files: args.slice(2), stdin: true }
        : undefined,
  ],
  [['http', 'https', 'xh', 'httpie'], httpie],
  [
    ['openssl'],
    (args) => (args[0] === 's_client' ? { ...NOTHING, host: bareHost(args), stdin: true } : undefined),
  ],
  [
    ['wormhole', 'croc', 'ffsend'],
    (args, _, name) => ({ ...NOTHING, host: `${name}.app`, files: args.slice(1), stdin: true }),
  ],
  [
    ['invoke-webrequest', 'invoke-restmethod', 'iwr', 'irm'],
    (args, stage) => powershell(args, hostsIn(stage)[0]),
  ],
];

function httpie(args: readonly string[], stage: string): Outgoing {
  return {
    host: hostsIn(stage)[0],
    load: args.filter((arg) => /=/.test(arg)),
    files: args.filter((arg) => /@/.test(arg) && !/:\/\//.test(arg)),
    login: args.filter((arg) => /^[\w-]{1,60}:/.test(arg)),
    stdin: true,
  };
}

function curl(args: readonly string[], stage: string): Outgoing {
  const load: string[] = [];
  const files: string[] = [];
  const login: string[] = [];
  let url: string | undefined;
  let stdin = false;
  const take = (value: string): void => {
    load.push(value);
    for (const [, path = ''] of value.matchAll(/(?:^|=)[@<]([^;,\s]{1,300})/g)) {
      if (path === '-') stdin = true;
      else files.push(path);
    }
  };
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    const [, flag = arg, value] = /^(--[\w-]{1,30})=(.*)$/s.exec(arg) ?? /^(-[dFTHub])(.+)$/s.exec(arg) ?? [];
    const given = (): string => value ?? args[++at] ?? '';
    if (CURL_LOAD.test(flag)) take(given());
    else if (CURL_FILE.test(flag)) {
      const path = given();
      if (path === '-' || path === '.') stdin = true;
      else files.push(path);
    } else if (CURL_LOGIN.test(flag)) login.push(given());
    else if (CURL_VALUE.test(flag)) given();
    else if (!arg.startsWith('-')) url ??= arg;
  }
  return { host: hostsIn(stage)[0] ?? hostOf(url), load, files, login, stdin };
}

function wget(args: readonly string[], host: string | undefined): Outgoing | undefined {
  const load: string[] = [];
  const files: string[] = [];
  const login: string[] = [];
  for (const [at, arg] of args.entries()) {
    const next = args[at + 1] ?? '';
    const words = WGET_LOAD.exec(arg)?.[1];
    const file = WGET_FILE.exec(arg)?.[1];
    if (words !== undefined) load.push(words || next);
    if (file !== undefined) files.push(file || next);
    if (/^--(?:header|user|password)/.test(arg)) login.push(arg, next);
  }
  return { host, load, files, login, stdin: false };
}

function remoteCopy(args: readonly string[]): Outgoing | undefined {
  const plain = args.filter((arg) => !arg.startsWith('-'));
  const target = plain.at(-1) ?? '';
  const host = REMOTE_PATH.exec(target)?.[1];
  if (host === undefined || /^[a-z]$/i.test(host)) return undefined;
  return { ...NOTHING, host, files: plain.slice(0, -1) };
}

function storage(args: readonly string[]): Outgoing | undefined {
  const plain = args.filter((arg) => !arg.startsWith('-'));
  const [, bucket] = STORAGE.exec(plain.at(-1) ?? '') ?? [];
  const sends = plain.some((arg) => /^(?:cp|mv|sync|rsync|copy|copyto|upload)$/.test(arg));
  // one's own bucket has no host that a goal could name, so that only secrets count
  return sends && bucket !== undefined ? { ...NOTHING, files: plain.slice(0, -1) } : undefined;
}

function powershell(args: readonly string[], host: string | undefined): Outgoing | undefined {
  const value = (flag: RegExp): string[] =>
    args.flatMap((arg, at) => (flag.test(arg) ? [args[at + 1] ?? ''] : []));
  return {
    host,
    load: value(/^-Body$/i),
    files: value(/^-(?:InFile|Form)$/i),
    login: value(/^-(?:Headers|Credential|Authentication)$/i),
    stdin: false,
  };
}

const bareHost = (args: readonly string[]): string | undefined =>
  args
    .map((arg) => /^(?:[A-Za-z0-9]{1,20}:)?([\w-]{1,60}(?:\.[\w-]{1,60}){1,6})(?=:|$)/.exec(arg)?.[1])
    .find((host) => host !== undefined);

/** curl accepts an address without a scheme. */
const hostOf = (url: string | undefined): string | undefined =>
  /^([\w-]{1,60}(?:\.[\w-]{1,60}){1,6})(?=[:/]|$)/.exec(url ?? '')?.[1]?.toLowerCase();
