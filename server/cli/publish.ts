import { parseArgs } from 'node:util';
import * as z from 'zod/mini';
import { CATEGORIES, category } from '../../shared/contract/categories.ts';
import { failureBody } from '../../shared/contract/failure.ts';
import { type BundleInfo, publishAnswer, publishBundle, visibility } from '../../shared/contract/registry.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { plainText } from '../../shared/providers/plain-text.ts';
import { toBase64 } from '../../shared/signing/base64.ts';
import { proveKey } from '../../shared/signing/key-proof.ts';
import { isSecureUrl } from '../http/secure-url.ts';
import { checkBundle, gate } from '../registry/check-bundle.ts';
import { bundleFromFolder } from './bundle-from-folder.ts';
import { type FileSigner, openSigningKey } from './signing-key-file.ts';

const USAGE = `ONETURN_TOKEN=… npm run publish -- FOLDER --server URL --publisher HANDLE --name NAME --version 1.0.0 \\
    --description TEXT --licence MIT --signing-key FILE [--dry-run]

Analyzes a folder of skills, signs them and publishes them as one bundle. The API token, of scope publish, is read from ONETURN_TOKEN.

  --dry-run            signs nothing, stores nothing, and prints what would be public
  --signing-key FILE   your private signing key (ECDSA P-256); made, for you alone to read, where it is not there
  --category NAME      what it is for, such as development or finance; again for each, three at most
  --visibility KIND    public (as it is without), unlisted or private
  --acknowledge S=WHY  why the skill S may be published although it has findings to look at; again for each`;

const text = { type: 'string' } as const;
const OPTIONS = {
  server: text,
  publisher: text,
  name: text,
  version: text,
  description: text,
  licence: text,
  'signing-key': text,
  visibility: { type: 'string', default: 'public' },
  acknowledge: { type: 'string', multiple: true },
  category: { type: 'string', multiple: true },
  'dry-run': { type: 'boolean', default: false },
  help: { type: 'boolean' },
} as const;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: OPTIONS });
  const { server, publisher, name, version, description, licence } = values;
  const [folder] = positionals;
  const kind = z.safeParse(visibility, values.visibility);
  const isDry = values['dry-run'];
  if (values.help) return say(USAGE, 0);
  if (!folder || !server || !publisher || !name || !version || !description || !licence || !kind.success)
    return say(USAGE, 2);
  if (!isDry && !values['signing-key'])
    return say('Name the file of your signing key: --signing-key FILE.', 2);
  const token = process.env['ONETURN_TOKEN'];
  if (!token || !/^[\x21-\x7e]+$/.test(token))
    return say('Put an API token of scope publish into ONETURN_TOKEN.', 2);
  const url = URL.canParse(server) ? new URL(ROUTES.bundles, server) : undefined;
  if (!url || !isSecureUrl(url))
    return say('--server is no https URL. The token is sent to it, and unencrypted only to this machine.', 2);

  const key = isDry ? undefined : await openSigningKey(values['signing-key'] ?? '');
  if (typeof key === 'string') return say(key, 2);
  const words = (values.acknowledge ?? []).map((one) => /^([^=]+)=(.*)$/s.exec(one)?.slice(1) ?? [one, '']);
  const acknowledgements = new Map(words.map(([skill = '', why = '']) => [skill, why]));
  const shelves = z.safeParse(z.array(category), values.category ?? []);
  if (!shelves.success) return say(`--category is one of ${CATEGORIES.join(', ')}.`, 2);
  const said = { description, licence, categories: shelves.data, visibility: kind.data, acknowledgements };
  const named = { name, version, publisher, ...said };
  const made = await bundleFromFolder(folder, named, key);
  if (typeof made === 'string') return say(made, 1);
  const wish = z.safeParse(publishBundle, made.wish);
  if (!wish.success)
    return say(wish.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'), 1);
  // what the server will find, before anything leaves this machine
  const checked = await checkBundle(wish.data, publisher, key?.spki);
  const failure = checked.ok ? !isDry && gate(checked.value) : checked.failure;
  if (failure) {
    const at = made.folders[Number(/^skills\.(\d+)/.exec(failure.field ?? '')?.[1])];
    const found = checked.ok ? checked.value.skills.filter(({ verdict }) => verdict !== 'pass') : [];
    const lines = found.flatMap(({ name: skill, findings }) =>
      findings.map(({ file, line, message }) => `${skill}/${file}, line ${line ?? 1}: ${message}`),
    );
    if (failure.field === 'acknowledgements') lines.push('Your words go into --acknowledge SKILL=WHY.');
    return say([`${at === undefined ? '' : `${at}: `}${failure.message}`, ...lines].join('\n'), 1);
  }
  const sent = await send(url, token, { wish: made.wish, publisher }, key);
  // a dry run lists everything first, and then fails where publishing would
  const refused = isDry && checked.ok ? gate(checked.value) : undefined;
  return sent === 0 && refused ? say(refused.message, 1) : sent;
}

async function send(
  url: URL,
  token: string,
  { wish, publisher }: { readonly wish: z.input<typeof publishBundle>; readonly publisher: string },
  key: FileSigner | undefined,
): Promise<number> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(url, {
    method: 'POST',
    headers,
    body: JSON.stringify(wish),
    redirect: 'error',
  });
  const body: unknown = await response.json();
  const answer = z.safeParse(publishAnswer, body);
  if (!response.ok || !answer.success) {
    const failed = z.safeParse(failureBody, body);
    const error = failed.success ? failed.data.error : undefined;
    if (error?.field === 'signingKey' && key)
      return say(
        `${error.message}\nAn API token cannot register one: signed in, put this line into “Register one that was made elsewhere” at ${new URL('/settings/signing-keys', url)}, then publish again.\n${await toRegister(publisher, key)}`,
        1,
      );
    return say(
      error?.message ?? `The server answered ${response.status} with no answer that this tool knows.`,
      1,
    );
  }
  const { published, bundle } = answer.data;
  const out = [
    `${published ? 'Published' : 'Would be'} ${bundle.visibility}: ${bundle.publisher}/${bundle.name} ${bundle.version}`,
  ];
  for (const skill of bundle.skills) {
    out.push(`${skill.verdict.padEnd(6)} ${skill.name}: ${plainText(skill.description)}`);
    for (const { path, bytes } of skill.files) out.push(`         ${path}, ${bytes} bytes`);
    for (const { file, line, severity, message } of skill.findings)
      out.push(
        `         ${file}${line === undefined ? '' : `, line ${line}`}: ${severity}: ${plainText(message)}`,
      );
  }
  console.log([...out, ...criticLines(bundle)].join('\n'));
  return 0;
}

/** What the registry's critic said; of a dry run, what it has said so far. */
function criticLines({ critic }: BundleInfo): readonly string[] {
  if (!critic) return [];
  if (!critic.opinion)
    return [
      `critic: ${critic.missing ? plainText(critic.missing.message) : 'it will read this before it is published'}`,
    ];
  return critic.opinion.skills.flatMap(({ skill, verdict, notes }) => [
    `critic ${verdict.padEnd(6)} ${skill}`,
    ...notes.map(({ file, text }) => `         ${file}: ${plainText(text)}`),
  ]);
}

/** What the page takes: the public half, and the proof that the private one is here. */
async function toRegister(publisher: string, key: FileSigner): Promise<string> {
  return JSON.stringify({ publicKey: toBase64(key.spki), proof: await proveKey(publisher, key) });
}

function say(text: string, code: number): number {
  console.error(
    text
      .split('\n')
      .map((line) => (text === USAGE ? line : plainText(line)))
      .join('\n'),
  );
  return code;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code.startsWith('ERR_PARSE_ARGS')) console.error(USAGE);
    else if (/^E[A-Z]+$/.test(code)) console.error(`The files could not be read or written (${code}).`);
    else console.error('The server could not be reached, or did not answer with JSON.');
    process.exitCode = 2;
  },
);
