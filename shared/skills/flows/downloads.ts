import type { Command } from '../code/shell-words.ts';
import { hostsIn } from './hosts.ts';

/** Programs that run the code that they are given. */
const RUNNERS =
  /^(?:ba|z|da|k|c|fi|a)?sh$|^(?:python|pypy)[\d.]{0,5}$|^(?:perl|ruby|php|node|deno|bun|tsx|lua|osascript|source|\.|pwsh|powershell|cmd|iex|invoke-expression|wscript|cscript|mshta|rundll32|regsvr32|installer|msiexec|start|start-process|open|java)$/;
const SHELLS = /^(?:ba|z|da|k|c|fi|a)?sh$|^(?:source|\.|iex|invoke-expression)$/;
const FETCHERS =
  /^(?:curl|wget|wget2|aria2c|fetch|iwr|irm|invoke-webrequest|invoke-restmethod|start-bitstransfer|certutil|bitsadmin|lwp-download|axel|http|https|xh|gdown)$/;

/** A download, with the host that it comes from. */
export interface Fetch {
  readonly host: string;
  /** Files that it is written to. */
  readonly files: readonly string[];
}

/** Whether the command's program downloads, whatever its arguments are. */
export function isFetcher({ name }: Command): boolean {
  return FETCHERS.test(name);
}

/** What a command downloads, and to which file. */
export function fetchOf(command: Command, stage: string): Fetch | undefined {
  const { name, args, outputs } = command;
  if (!FETCHERS.test(name)) return undefined;
  const files = [...outputs];
  const url = args.find((arg) => /:\/\//.test(arg)) ?? args.findLast((arg) => !arg.startsWith('-')) ?? '';
  const flag =
    name === 'wget' || name === 'wget2'
      ? /^(?:-O|-\w{0,6}O|--output-document)(?:=(.+))?$/
      : /^(?:-\w{0,6}o|--output|-OutFile|-Destination|-out)(?:=(.+))?$/i;
  for (const [at, arg] of args.entries()) {
    const [found, value] = flag.exec(arg) ?? [];
    if (found !== undefined && !(name === 'curl' && /O$/.test(found)))
      files.push(value ?? args[at + 1] ?? '');
  }
  const keepsName =
    name === 'curl'
      ? args.some((arg) => /^(?:-\w{0,8}O\w{0,6}|--remote-name(?:-all)?)$/.test(arg))
      : files.length === 0 && name !== 'irm' && name !== 'iwr' && !/^invoke/.test(name);
  if (keepsName) files.push(/([^/?#]{1,200})(?:[?#].{0,500})?$/s.exec(url)?.[1] ?? '');
  if (name === 'certutil' || name === 'bitsadmin') files.push(args.at(-1) ?? '');
  return {
    host:
      hostsIn(stage)[0] ??
      /^[\w-]{1,60}(?:\.[\w-]{1,60}){1,6}/.exec(url)?.[0] ??
      'an address that is not in the text',
    files,
  };
}

/** A stage that runs its input as code: `| sh`, `| sudo bash -s`, `| python3 -`; not `| python3 -m json.tool`. */
export function runsInput({ name, args }: Command): boolean {
  if (!RUNNERS.test(name)) return false;
  if (name === 'source' || name === '.') return args[0] === '/dev/stdin';
  if (SHELLS.test(name)) return !args.some((arg) => arg === '-c');
  const [first] = args.filter((arg) => !/^-[uBEIsSx]{1,4}$/.test(arg));
  if (first !== undefined && /^-(?:c|e|p|ne?|pe|r|-eval)$/.test(first))
    return /\bexec\s{0,2}\(\s{0,2}(?:sys\.stdin|input)|eval/.test(args.join(' '));
  return first === undefined || first === '-' || first === '/dev/stdin';
}

/** The file that a command runs: `bash x.sh`, `./x`, `chmod +x x`, `python x.py`. */
export function runsFile(
  { name, args }: Command,
  stage: string,
): { readonly file: string; readonly shell: boolean } | undefined {
  const plain = args.filter((arg) => !/^[-/](?!\w{1,40}[\\/.])/.test(arg) || arg.startsWith('./'));
  if (name === 'chmod') {
    const executable = args.some((arg) => /^(?:[ugoa]{0,4}\+[rwst]{0,3}x|[0-7]?[1357][0-7]{2})$/.test(arg));
    return executable && plain.length > 0 ? { file: plain.at(-1) ?? '', shell: true } : undefined;
  }
  const [file] = plain;
  if (RUNNERS.test(name) && !args.includes('-c') && !args.includes('-m'))
    return file === undefined ? undefined : { file, shell: SHELLS.test(name) };
  if (name === 'dpkg' || name === 'rpm' || name === 'apt' || name === 'apt-get') return undefined;
  const [, own] = /^\s{0,20}(?:sudo\s{1,4}|&\s{1,4})?["']?(\.{1,2}[\\/][^\s"';|&]{1,200})/.exec(stage) ?? [];
  return own === undefined ? undefined : { file: own.replaceAll('\\', '/'), shell: true };
}

/** Comparing a checksum or a signature before running. */
export const CHECKS =
  /\b(?:sha(?:1|224|256|384|512)sum|shasum|b2sum)\b[^\n]{0,200}(?:-c|--check)\b|\bgpg2?\b[^\n]{0,80}--verify|\bcosign\s{1,4}verify|\bminisign\s{1,4}-V|\bslsa-verifier|\bgh\s{1,4}attestation\s{1,4}verify|Get-FileHash/;

/** A shell that runs the output of a download: `bash -c "$(curl …)"`, `bash <(curl …)`, `eval "$(wget …)"`. */
export const RUNS_OUTPUT =
  /\b(?:(?:ba|z|da|k)?sh|source|eval|python[\d.]{0,4}|perl|ruby|node)\b[^\n|;]{0,40}?(?:\$\(|<\(|`)\s{0,4}(?:sudo\s{1,4})?(?:curl|wget|fetch)\b|(?:^|[;&|]\s{0,4})\.\s{1,4}<\(\s{0,4}(?:curl|wget)\b|\b(?:iex|Invoke-Expression)\b[^\n]{0,80}(?:\b(?:iwr|irm|curl|wget|Invoke-WebRequest|Invoke-RestMethod)\b|DownloadString|DownloadData)|(?:DownloadString|Invoke-WebRequest|Invoke-RestMethod|\biwr|\birm)\b[^\n]{0,300}\|\s{0,4}(?:iex|Invoke-Expression)\b|\b(?:mshta|regsvr32|rundll32|msiexec)\b[^\n]{0,60}https?:/i;
