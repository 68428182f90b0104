import { type ShellStatement, splitShell } from '../code/shell-statements.ts';
import { type Command, readCommand } from '../code/shell-words.ts';
import { deletionOf } from './deletions.ts';
import { CHECKS, fetchOf, isFetcher, RUNS_OUTPUT, runsFile, runsInput } from './downloads.ts';
import { hostsIn } from './hosts.ts';
import { called, type Following, type Found } from './report.ts';
import { judgeSend } from './sends.ts';
import { shellSend } from './shell-sends.ts';
import { namedSecretIn, type Source, storeIn } from './sources.ts';
import type { Trace } from './trace.ts';

const RUN_FIX =
  'Download to a file, check it, then run it; or install from a package registry with a version.';

/** Follows shell code statement by statement. */
export function shellFlows(
  lines: readonly string[],
  firstLine: number,
  following: Following,
): readonly Found[] {
  const { trace } = following;
  let before: readonly Command[] = [];
  return splitShell(lines, firstLine).flatMap((statement) => {
    const commands = statement.stages.map(readCommand);
    const found = [
      ...sends(statement, commands, following),
      ...runs(statement, commands, statement.chained ? before : [], trace),
      ...deletions(statement, commands),
      ...nested(statement, commands, following),
    ];
    remember(statement, commands, trace);
    before = statement.chained ? [...before, ...commands].slice(-20) : commands;
    return found;
  });
}

function sends(
  { text, stages, line, heredoc }: ShellStatement,
  commands: readonly Command[],
  { trace, wish }: Following,
): readonly Found[] {
  return commands.flatMap((command, at) => {
    const stage = stages[at] ?? '';
    const send = shellSend({ command, stage, before: [...stages.slice(0, at), heredoc], text, line }, trace);
    return send ? judgeSend(send, wish) : [];
  });
}

function runs(
  { text, stages, line }: ShellStatement,
  commands: readonly Command[],
  before: readonly Command[],
  trace: Trace,
): readonly Found[] {
  const found = (rule: string, severity: Found['severity'], message: string): Found => ({
    rule,
    severity,
    line,
    code: text,
    message,
    fix: RUN_FIX,
  });
  const fetcher = commands.findIndex(isFetcher);
  const piped = fetcher >= 0 && commands.slice(fetcher + 1).some(runsInput);
  if (piped || RUNS_OUTPUT.test(text)) {
    const host =
      hostsIn(text)[0] ?? fetchOf(commands[fetcher] ?? readCommand(''), stages[fetcher] ?? '')?.host;
    return [
      found(
        'security.remote.pipe-to-shell',
        'error',
        `It runs what ${called(host)} answers, without anyone having seen it.`,
      ),
    ];
  }
  const decodes = commands.some(
    ({ name, args }) =>
      /^(?:base64|openssl|xxd|gunzip|uudecode|tr|rev)$/.test(name) &&
      (name !== 'base64' || /^-(?:d|D|-decode)/.test(args.join(' '))),
  );
  if (decodes && commands.slice(1).some(runsInput))
    return [
      {
        ...found('security.code.decode-and-run', 'critical', 'It decodes something unreadable and runs it.'),
        fix: 'Write the command in plain text.',
      },
    ];

  return commands.flatMap((command, at) => {
    const run = runsFile(command, stages[at] ?? '');
    if (!run) return [];
    const download = trace.downloaded(run.file);
    // `curl -O <address> && bash <file>`: one line is about one file, whatever it is called.
    const justFetched = run.shell ? before.findLast(isFetcher) : undefined;
    if (!download && !justFetched) return [];
    const host = download?.host ?? fetchOf(justFetched ?? command, text)?.host;
    const rule = 'security.remote.download-and-run';
    return download?.checked
      ? [found(rule, 'info', `It runs a file from ${called(host)} after checking it.`)]
      : [found(rule, 'error', `It downloads a file from ${called(host)} and runs it.`)];
  });
}

function deletions({ text, line }: ShellStatement, commands: readonly Command[]): readonly Found[] {
  return commands.flatMap((command) => {
    const deletion = deletionOf(command);
    if (!deletion) return [];
    return [
      {
        rule: 'security.destroy.root',
        severity: deletion.severity,
        line,
        code: text,
        message: `It deletes ${deletion.what} with everything in it.`,
        fix: 'Name exactly what may be deleted, and have it confirmed.',
      },
    ];
  });
}

/** Code inside of code: `bash -c '…'`, `python -c '…'`, `$(…)`, a here-document. */
function nested(
  statement: ShellStatement,
  commands: readonly Command[],
  { follow }: Following,
): readonly Found[] {
  const found: Found[] = [];
  const shell = (code: string, line: number): unknown => found.push(...follow('shell', code, line));
  const script = (code: string, line: number): unknown => found.push(...follow('script', code, line));
  for (const { name, args } of commands) {
    const flag = args.findIndex((arg) => /^-(?:c|lc|ic|e|-eval|Command)$/i.test(arg));
    const code = flag < 0 ? undefined : args[flag + 1];
    if (code !== undefined && /^(?:ba|z|da|k)?sh$|^(?:pwsh|powershell|cmd|su)$/.test(name))
      shell(code, statement.line);
    else if (code !== undefined && /^(?:python|node|perl|ruby|deno|bun|php)/.test(name))
      script(code, statement.line);
    else if (name === 'eval') shell(args.join(' '), statement.line);
    if (statement.heredoc === '') continue;
    if (/^(?:python|node|ruby|perl|php)/.test(name)) script(statement.heredoc, statement.line + 1);
    else if (/^(?:cat|tee|bash|sh|zsh|ssh)$/.test(name)) shell(statement.heredoc, statement.line + 1);
  }
  for (const [, inner = ''] of statement.text.matchAll(/\$\(([^()]{4,2000})\)/g))
    shell(inner, statement.line);
  if (
    /^\s{0,20}(?:for|while|if|until|case)\b|\bdo\s/.test(statement.text) === false &&
    /^\s{0,20}[({]/.test(statement.text)
  )
    shell(statement.text.replace(/^\s{0,20}[({]/, '').replace(/[)}]\s{0,9}$/, ''), statement.line);
  return found;
}

/** Remembers what later statements may depend on. */
function remember(
  { text, stages, heredoc }: ShellStatement,
  commands: readonly Command[],
  trace: Trace,
): void {
  if (CHECKS.test(text)) trace.check();
  const [, name, value = ''] =
    /^\s{0,20}(?:export\s{1,4}|local\s{1,4}|readonly\s{1,4}|declare\s{1,4}(?:-\w{1,4}\s{1,4})?|\$)?([A-Za-z_]\w{0,80})\s{0,2}\+?=\s{0,2}(.+)$/s.exec(
      text,
    ) ?? [];
  if (name !== undefined) {
    const secret = oneOfFile(value) ?? trace.secretIn(value);
    if (secret && secret !== 'harmless') trace.hold(name, secret);
    const host = hostsIn(value)[0];
    if (host !== undefined) trace.setHost(name, host);
  }
  const [, item, list = ''] = /^\s{0,20}for\s{1,4}(\w{1,80})\s{1,4}in\s{1,4}(.+)$/s.exec(text) ?? [];
  const listed = item === undefined ? undefined : trace.secretIn(list);
  if (item !== undefined && listed) trace.hold(item, listed);

  for (const [at, command] of commands.entries()) {
    const stage = stages[at] ?? '';
    const fetch = fetchOf(command, stage);
    for (const file of fetch?.files ?? []) trace.download(file, { host: fetch?.host ?? '', checked: false });
    const secret = trace.secretIn(`${stages.slice(0, at + 1).join(' ')} ${heredoc}`);
    if (secret?.kind !== 'store') continue;
    for (const file of [...command.outputs, ...writes(command)]) trace.holdFile(file, secret);
  }
  if (/^\s{0,20}(?:done|\})/.test(text) && storeIn(text))
    trace.hold('line', { kind: 'store', what: 'a file of secrets' });
}

/** `$(grep ^BASE_URL .env | cut -d= -f2)` reads one variable of a file, and that need not be a secret. */
function oneOfFile(value: string): Source | 'harmless' | undefined {
  const [, name] =
    /\b(?:grep|sed|awk|rg)\b[^|\n]{0,60}?["'/^\s]([A-Za-z][A-Za-z\d_]{2,60})\b[^|\n]{0,120}\.env\b/.exec(
      value,
    ) ?? [];
  return name === undefined ? undefined : (namedSecretIn(`$${name}`) ?? 'harmless');
}

/** Files that a command writes beside its output. */
function writes({ name, args }: Command): readonly string[] {
  const plain = args.filter((arg) => !arg.startsWith('-'));
  switch (name) {
    case 'cp':
    case 'mv':
    case 'install':
    case 'ln':
      return plain.slice(-1);
    case 'tee':
      return plain;
    case 'zip':
    case '7z':
    case 'rar':
    case 'gpg':
      return plain.filter((arg) => /\.\w{2,4}$/.test(arg)).slice(0, 1);
    case 'tar':
      return args.filter((_, at) => /^-?\w{0,6}f$/.test(args[at - 1] ?? ''));
    case 'compress-archive':
      return args.filter((_, at) => /^-DestinationPath$/i.test(args[at - 1] ?? ''));
    case 'openssl':
    case 'sqlite3':
    case 'dd':
      return args.flatMap((arg, at) =>
        /^-out$/.test(args[at - 1] ?? '') ? [arg] : (/^of=(.+)$/.exec(arg)?.slice(1) ?? []),
      );
    default:
      return [];
  }
}
