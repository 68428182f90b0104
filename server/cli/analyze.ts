import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { digestOf } from '../../shared/hashes/sha256.ts';
import { analyzeSkill, fileFindings } from '../../shared/skills/analyze-skill.ts';
import { type AnalyzedSkill, findingsToSarif } from '../../shared/skills/findings-to-sarif.ts';
import { MISSED } from '../../shared/skills/missed.ts';
import { verdictOf, worse } from '../../shared/skills/verdict.ts';

const USAGE = `npm run analyze -- FOLDER … [--sarif FILE]

Reads every SKILL.md below the folders, with the scripts and texts beside it, and prints what the rules find. Nothing is run, nothing
is sent, no model is asked. The exit code is 1 where a skill is blocked, and 2 where none was found.

  --goal TEXT        what the skills are for: data may then go to the hosts that it names
  --sarif FILE       also writes the findings as SARIF 2.1.0, which code hosts and editors show (- for stdout)`;

const TEXTS = /\.(?:md|markdown|txt|py|js|mjs|cjs|ts|sh|bash|zsh|ps1|rb|pl|php|go)$/i;
const MAX_FILE_BYTES = 4_000_000;
const SKIPPED = new Set(['node_modules', '.git']);

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { goal: { type: 'string' }, sarif: { type: 'string' }, help: { type: 'boolean' } },
  });
  const skills = positionals.flatMap((folder) => skillFilesIn(folder));
  if (values.help || skills.length === 0) {
    process.stdout.write(
      positionals.length === 0 || values.help ? `${USAGE}\n` : 'There is no SKILL.md below that folder.\n',
    );
    return 2;
  }
  const analyzed = (await Promise.all(skills.map((path) => analyze(path, values.goal)))).flat();
  const report = values.sarif === '-' ? process.stderr : process.stdout;
  report.write(`${analyzed.map(lines).join('\n')}\nThe rules do not see: ${MISSED.join('; ')}.\n`);
  if (values.sarif !== undefined) {
    const log = `${JSON.stringify(findingsToSarif(analyzed, process.env['npm_package_version'] ?? 'dev'), null, 2)}\n`;
    if (values.sarif === '-') process.stdout.write(log);
    else writeFileSync(values.sarif, log);
  }
  return analyzed.some(({ verdict }) => verdict === 'block') ? 1 : 0;
}

/** Links are not followed, since they could lead out of the skill's folder. */
function skillFilesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : skillFilesIn(path);
    return entry.isFile() && entry.name === 'SKILL.md' ? [path] : [];
  });
}

function filesBeside(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : filesBeside(path);
    return entry.isFile() && entry.name !== 'SKILL.md' ? [path] : [];
  });
}

/** The skill, and each file beside it in which something was found. */
async function analyze(path: string, goal: string | undefined): Promise<readonly AnalyzedSkill[]> {
  const folder = dirname(path);
  const beside = filesBeside(folder);
  const text = readFileSync(path, 'utf8');
  const inFolder = (file: string): string => relative(folder, file).split(sep).join('/');
  const own = analyzeSkill(text, { ...(goal === undefined ? {} : { goal }), files: beside.map(inFolder) });
  const files = await Promise.all(
    beside
      .filter((file) => TEXTS.test(file) && statSync(file).size <= MAX_FILE_BYTES)
      .map(async (file) => {
        const content = readFileSync(file, 'utf8');
        const findings = fileFindings(inFolder(file), content, goal);
        return {
          path: named(file),
          text: content,
          digest: await digestOf(content),
          verdict: verdictOf(findings),
          findings,
        };
      }),
  );
  const found = files.filter(({ findings }) => findings.length > 0);
  const verdict = found.reduce((worst, file) => worse(worst, file.verdict), own.verdict);
  return [
    { path: named(path), text, digest: await digestOf(text), verdict, findings: own.findings },
    ...found,
  ];
}

const named = (path: string): string => relative('.', path).split(sep).join('/');

function lines({ path, verdict, findings }: AnalyzedSkill): string {
  const found = findings.map(
    ({ severity, rule, line, message, fix, evidence }) =>
      `  ${line === undefined ? '' : `${line}: `}${severity} ${rule}: ${message}${fix ? ` ${fix}` : ''}${evidence ? `\n      ${evidence}` : ''}\n`,
  );
  return `${verdict.padEnd(6)} ${path}\n${found.join('')}`;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    process.stderr.write(
      code.startsWith('ERR_PARSE_ARGS') ? `${USAGE}\n` : `That could not be read (${code}).\n`,
    );
    process.exitCode = 2;
  },
);
