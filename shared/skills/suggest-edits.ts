import type { Edit, Finding } from '../contract/plan.ts';

/** What the fix of a rule changes in the line that its finding names. Where the text differs from what the rule saw, there is no edit. */
const REPLACEMENTS: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  'security.hidden.tags': [[/[\u{e0000}-\u{e007f}]{1,2000}/gu, '']],
  'security.hidden.bidi': [[/[\u202a-\u202e\u2066-\u2069]{1,2000}/g, '']],
  'security.hidden.zero-width': [[/[\u200b-\u200d\u2060-\u2064\ufeff\u180e\u00ad]{1,2000}/g, '']],
  'security.tls.off': [
    [/\s(?:-k|--insecure|--no-check-certificate)(?=\s|$)/g, ''],
    [/\bverify(\s{0,2}=\s{0,2})False\b/g, 'verify$1True'],
    [/\brejectUnauthorized(\s{0,2}:\s{0,2})false\b/g, 'rejectUnauthorized$1true'],
    [/\bhttp\.sslVerify(\s{1,4})false\b/g, 'http.sslVerify$1true'],
  ],
  'security.destroy.data': [
    [/(\bgit\s{1,4}push\b[^\n]{0,60}?)(?:--force(?!-with-lease)|\s-f)\b/g, '$1--force-with-lease'],
  ],
  'security.privilege.sudo-install': [
    [/\bsudo\s{1,4}((?:npm|pip3?|gem)\s{1,4}install\b)/g, '$1'],
    [/\s--break-system-packages\b/g, ''],
  ],
  'security.privilege.skip-permissions': [
    [/\s--(?:dangerously-skip-permissions|dangerously-bypass-approvals-and-sandbox|yolo)\b/g, ''],
  ],
  'spec.description.markup': [[/[<>]/g, '']],
};

/** Adds to each finding the edit that does what its fix says, where a machine can do it. */
export function withEdits(text: string, findings: readonly Finding[]): Finding[] {
  const wanted = new Set(
    findings.filter(({ rule }) => rule in REPLACEMENTS).flatMap(({ line }) => line ?? []),
  );
  if (wanted.size === 0) return [...findings];
  const starts = startsOf(text, wanted);
  return findings.map((finding) => {
    const edit = editFor(text, finding, starts);
    return edit ? { ...finding, edit } : finding;
  });
}

/** Applies an edit. The caller checks by the digest that this is the text that was analyzed. */
export function applyEdit(text: string, { start, end, text: replacement }: Edit): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

function editFor(
  text: string,
  { rule, line }: Finding,
  starts: ReadonlyMap<number, number>,
): Edit | undefined {
  const start = line === undefined ? undefined : starts.get(line);
  if (start === undefined) return undefined;
  const to = text.indexOf('\n', start);
  const end = to < 0 ? text.length : to;
  const old = text.slice(start, end);
  if (old.length > MAX_LINE_CHARS) return undefined;
  const changed = (REPLACEMENTS[rule] ?? []).reduce(
    (now, [pattern, replacement]) => now.replaceAll(pattern, replacement),
    old,
  );
  return changed === old ? undefined : { start, end, text: changed };
}
const MAX_LINE_CHARS = 5_000;

/** The position at which the wanted lines begin. */
function startsOf(text: string, wanted: ReadonlySet<number>): ReadonlyMap<number, number> {
  const starts = new Map<number, number>();
  let number = 1;
  for (let at = 0; at <= text.length && starts.size < wanted.size; number++) {
    if (wanted.has(number)) starts.set(number, at);
    const next = text.indexOf('\n', at);
    if (next < 0) break;
    at = next + 1;
  }
  return starts;
}
