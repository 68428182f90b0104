import { type ScriptStatement, splitScript } from '../code/script-statements.ts';
import { SCRIPT_DELETION } from './deletions.ts';
import { hostsIn } from './hosts.ts';
import { called, type Following, type Found } from './report.ts';
import { judgeSend, type Send } from './sends.ts';
import type { Source } from './sources.ts';
import type { Trace } from './trace.ts';

const SENDS =
  /\b(?:requests|httpx|session|client|http|https|axios|got|ky|superagent|aiohttp|urllib3?|api|sess|s|conn|connection|resp)\s{0,2}\.\s{0,2}(?:post|put|patch|request)\s{0,2}\(|\burlopen\s{0,2}\(|\bRequest\s{0,2}\(|\bfetch\s{0,2}\(|\.(?:sendall|sendto|sendBeacon|sendmail|send_message|storbinary|upload_file|upload_fileobj|put_object|uploadFile)\s{0,2}\(|\bxhr\.send\s{0,2}\(|\bws\.send\s{0,2}\(|\bsock(?:et)?\.send\s{0,2}\(|\baxios\s{0,2}\(|\bInvoke-(?:RestMethod|WebRequest)\b|\bhttp\.Post(?:Form)?\s{0,2}\(|\bNet::HTTP\.post|\bcurl_exec\s{0,2}\(|\bUploadString\s{0,2}\(|\bUploadFile\s{0,2}\(|\b(?:gethostbyname|getaddrinfo|dns\.(?:lookup|resolve\w{0,4}))\s{0,2}\(/;
const GETS =
  /\b(?:requests|httpx|session|client|axios|got|ky|urllib\.request|http|https)\s{0,2}\.\s{0,2}(?:get|urlopen)\s{0,2}\(|\bnew\s{1,4}Image\b|\.src\s{0,2}=|\blocation(?:\.href)?\s{0,2}=/;
/** Where secrets belong: headers, and what clients call auth. */
const LOGIN = /\b(?:headers?|auth|authorization|x-api-key|bearer|credentials)["']?\s{0,2}[:=]\s{0,2}/gi;
const LOAD =
  /\b(?:data|json|files|body|content|params|form|payload|-Body|-InFile|Body)["']?\s{0,2}[:=]?\s{0,2}/i;
const FILE_LOAD =
  /\bfiles\s{0,2}=|\bopen\s{0,2}\(|\breadFile(?:Sync)?\s{0,2}\(|\bread_(?:bytes|text)\s{0,2}\(|createReadStream|upload_?file|\bFormData\b|-InFile\b|storbinary/i;
const FETCHED =
  /\b(?:requests|httpx|axios|got|session)\.get\s{0,2}\(|\burlopen\s{0,2}\(|\bfetch\s{0,2}\(|\burlretrieve\s{0,2}\(|DownloadString\s{0,2}\(|DownloadFile\s{0,2}\(/;
const RUNS_TEXT =
  /(?<![\w.])(?:exec|eval|Function|compile|execfile|runInNewContext|runInThisContext|marshal\.loads|pickle\.loads|importlib\.\w{1,40}|loadstring|vm\.run\w{1,20})\s{0,2}\(/;
const SHELL_CALL =
  /\b(?:os\.(?:system|popen)|subprocess\.(?:run|call|check_call|check_output|Popen|getoutput)|commands\.getoutput|(?:child_process|cp)\.(?:exec|execSync|spawn|spawnSync|execFile)|execSync|execFileSync|spawnSync|exec|spawn|system|shell_exec|passthru|Process\.Start|exec\.Command|\$)\s{0,2}[(`]/;
const STRING = /"((?:[^"\\\n]|\\.){1,2000})"|'((?:[^'\\\n]|\\.){1,2000})'|`((?:[^`\\]|\\.){1,2000})`/g;

/** Follows code of languages with calls and assignments, statement by statement. */
export function scriptFlows(
  lines: readonly string[],
  firstLine: number,
  following: Following,
): readonly Found[] {
  const { trace } = following;
  const body = new FunctionBody();
  return splitScript(lines, firstLine).flatMap((statement) => {
    body.enter(statement);
    const found = [
      ...sends(statement, following, body),
      ...runs(statement, trace),
      ...deletions(statement),
      ...shellCalls(statement, following),
    ];
    remember(statement, trace, body);
    return found;
  });
}

/** The function that a statement stands in, as far as indentation and braces tell. */
class FunctionBody {
  name: string | undefined;
  parameters: readonly string[] = [];
  private indent = 0;

  enter({ text, indent }: ScriptStatement): void {
    const [, name, list = ''] =
      /^\s{0,200}(?:export\s{1,4})?(?:async\s{1,4})?(?:def|function|func|fn|sub)\s{1,4}([A-Za-z_]\w{0,80})\s{0,2}\(([^)]{0,400})/.exec(
        text,
      ) ??
      /^\s{0,200}(?:export\s{1,4})?(?:const|let|var)\s{1,4}([A-Za-z_]\w{0,80})\s{0,2}=\s{0,2}(?:async\s{0,4})?\(([^)]{0,400})\)\s{0,2}=>/.exec(
        text,
      ) ??
      [];
    if (name !== undefined) {
      this.name = name;
      this.indent = indent;
      this.parameters = list.match(/[A-Za-z_]\w{0,80}(?=\s{0,2}(?:[,:=]|$))/g) ?? [];
    } else if (indent <= this.indent && !/^\s{0,200}[})]/.test(text)) this.name = undefined;
  }
}

function sends(
  { text, line }: ScriptStatement,
  { trace, wish }: Following,
  body: FunctionBody,
): readonly Found[] {
  const sender = trace.senderIn(text);
  if (sender && !text.includes('def ')) {
    const given = trace.secretIn(text.slice(text.indexOf(sender.name)));
    if (given?.kind === 'store')
      return judgeSend(
        { line, code: text, host: sender.host, secret: given, asLogin: false, load: 'content' },
        wish,
      );
  }
  const call = SENDS.exec(text) ?? (GETS.test(text) ? GETS.exec(text) : null);
  if (!call) return [];
  const args = text.slice(call.index);
  const carries = LOAD.test(args) || !/^fetch|^urlopen|^Request/.test(call[0]);
  const host = hostsIn(args)[0] ?? trace.hostIn(args) ?? trace.hostIn(text);
  const store = trace.secretIn(args);
  const outside = withoutLogin(args);
  const isGet = !SENDS.test(text);
  const inLoad = isGet ? undefined : trace.secretIn(outside.slice(call[0].length));
  const secret = store?.kind === 'store' ? store : carries ? inLoad : undefined;
  if (body.name !== undefined && !isGet && body.parameters.some((name) => hasName(outside, name)))
    trace.sendsBy(body.name, host);
  const load = isGet || !carries ? 'none' : FILE_LOAD.test(args) ? 'content' : 'words';
  return judgeSend({ line, code: text, host, secret, asLogin: false, load } satisfies Send, wish);
}

/** The arguments without those in which a login belongs. */
function withoutLogin(args: string): string {
  let rest = '';
  let from = 0;
  for (const match of args.matchAll(LOGIN)) {
    if (match.index < from) continue;
    rest += args.slice(from, match.index);
    from = endOfValue(args, match.index + match[0].length);
  }
  return rest + args.slice(from);
}

/** Where a value ends: at the comma or bracket that is not part of it. */
function endOfValue(text: string, begin: number): number {
  let depth = 0;
  for (let at = begin; at < text.length; at++) {
    const char = text[at] ?? '';
    if ('([{'.includes(char)) depth++;
    else if (')]}'.includes(char)) {
      if (depth === 0) return at;
      depth--;
    } else if (char === ',' && depth === 0) return at;
  }
  return text.length;
}

function runs({ text, line }: ScriptStatement, trace: Trace): readonly Found[] {
  const call = RUNS_TEXT.exec(text);
  if (!call) return [];
  const args = text.slice(call.index);
  const host = FETCHED.test(args) ? called(hostsIn(args)[0] ?? trace.hostIn(args)) : trace.fetchedIn(args);
  if (host === undefined) return [];
  return [
    {
      rule: 'security.remote.pipe-to-shell',
      severity: 'error',
      line,
      code: text,
      message: `It runs what ${host} answers, without anyone having seen it.`,
      fix: 'Write the code into the skill, or install it from a package registry with a version.',
    },
  ];
}

function deletions({ text, line }: ScriptStatement): readonly Found[] {
  const match = SCRIPT_DELETION.exec(text);
  if (!match) return [];
  return [
    {
      rule: 'security.destroy.root',
      severity: 'critical',
      line,
      code: text,
      message: 'It deletes a home folder or the disk with everything in it.',
      fix: 'Name exactly what may be deleted, and have it confirmed.',
    },
  ];
}

/** Commands that are started from code, as one string or a list of words. */
function shellCalls({ text, line }: ScriptStatement, { follow }: Following): readonly Found[] {
  const call = SHELL_CALL.exec(text);
  if (!call) return [];
  const args = text.slice(call.index + call[0].length - 1);
  const strings = Array.from(
    args.matchAll(STRING),
    ([, double, single, template]) => double ?? single ?? template ?? '',
  );
  const list = /^[(]\s{0,20}\[|^[(]\s{0,20}["'][\w./-]{1,60}["']\s{0,4},/.test(args);
  const code = list
    ? strings.map((word) => (/[\s|;&$]/.test(word) ? `'${word.replaceAll("'", '')}'` : word)).join(' ')
    : strings.join('\n');
  return code === '' ? [] : follow('shell', code, line).map((found) => ({ ...found, line }));
}

const ASSIGNS =
  /^\s{0,200}(?:export\s{1,4}|const\s{1,4}|let\s{1,4}|var\s{1,4}|my\s{1,4}|\$)?(\{[^}]{1,200}\}|[A-Za-z_][\w.]{0,120})(?:\[[^\]]{1,120}\])?\s{0,4}(?::\s{0,4}[\w[\]., |]{1,80})?\s{0,4}(?:\+|:)?=(?!=)\s{0,4}([\s\S]+)$/;
const COLLECTS =
  /^\s{0,200}([A-Za-z_]\w{0,80})\s{0,2}\.\s{0,2}(?:append|extend|update|push|add|insert|set|concat|write)\s{0,2}\(([\s\S]+)$/;
const LOOPS =
  /^\s{0,200}(?:async\s{1,4})?(?:for|with)\s{1,4}\(?(?:const\s{1,4}|let\s{1,4})?([\w, [\]]{1,120}?)\s{1,4}(?:in|of)\s{1,4}([\s\S]+)$/;
const OPENS = /^\s{0,200}(?:async\s{1,4})?with\s{1,4}([\s\S]+?)\s{1,4}as\s{1,4}(\w{1,80})\s{0,2}:/;

/** Remembers what later statements may depend on. */
function remember({ text }: ScriptStatement, trace: Trace, body: FunctionBody): void {
  const hold = (names: string, value: string): void => {
    const source: Source | undefined = trace.secretIn(value);
    const host = hostsIn(value)[0];
    const from = FETCHED.test(value) ? called(host ?? trace.hostIn(value)) : trace.fetchedIn(value);
    for (const [name] of names.matchAll(/[A-Za-z_]\w{0,80}/g)) {
      if (
        source &&
        !(
          source.kind === 'variable' && /^(?:headers?|auth\w{0,20}|client|session|api|llm|model)$/i.test(name)
        )
      )
        trace.hold(name, source);
      if (host !== undefined) trace.setHost(name, host);
      if (from !== undefined) trace.fetch(name, from);
    }
  };
  const [, names, value] = ASSIGNS.exec(text) ?? [];
  if (names !== undefined && value !== undefined) hold(names.split('.')[0] ?? names, value);
  const [, collection, item] = COLLECTS.exec(text) ?? [];
  if (collection !== undefined && item !== undefined && trace.secretIn(item)?.kind === 'store')
    hold(collection, item);
  const [, items, list] = LOOPS.exec(text) ?? [];
  if (items !== undefined && list !== undefined) hold(items, list);
  const [, opened, file] = OPENS.exec(text) ?? [];
  if (opened !== undefined && file !== undefined) hold(file, opened);
  const [, returned] = /^\s{0,200}return\s{1,4}([\s\S]+)$/.exec(text) ?? [];
  if (returned !== undefined && body.name !== undefined) {
    const source = trace.secretIn(returned);
    if (source?.kind === 'store') trace.hold(body.name, source);
  }
  const [, url = '', path] =
    /\b(?:urlretrieve|DownloadFile)\s{0,2}\(([^,]{1,300}),\s{0,4}["']([^"']{1,200})["']/.exec(text) ?? [];
  if (path !== undefined)
    trace.download(path, { host: called(hostsIn(url)[0] ?? trace.hostIn(url)), checked: false });
  const [, written] = /\bopen\s{0,2}\(\s{0,2}["']([^"']{1,200})["']\s{0,2},\s{0,2}["'][wa]/.exec(text) ?? [];
  const fetched =
    trace.fetchedIn(text) ??
    (written !== undefined && FETCHED.test(text) ? called(hostsIn(text)[0]) : undefined);
  if (written !== undefined && fetched !== undefined)
    trace.download(written, { host: fetched, checked: false });
}

function hasName(text: string, name: string): boolean {
  for (const [word] of text.matchAll(/[A-Za-z_]\w{0,80}/g)) if (word === name) return true;
  return false;
}
