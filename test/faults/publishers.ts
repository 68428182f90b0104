import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { contentDigest } from '../../shared/registry/content-digest.ts';
import { signedBundle, skillFiles } from '../server/registry/author.ts';
import { makeSigner, registrationOf, type TestSigner } from '../shared/signing/signer.ts';
import { Browser } from './browser.ts';
import { expectStatus, type Insist, sleep } from './insist.ts';

/** People who publish bundles, version after version, and one who installs whatever an index names, while everything is killed. */

/** What one publication was to be, and whether it was acknowledged; without that it may be there or not, but whole. */
export interface BundleNote {
  readonly owner: string;
  readonly name: string;
  readonly version: string;
  /** By the skills' names. */
  readonly contentDigests: ReadonlyMap<string, string>;
  acknowledged: boolean;
}

/** The same for one server; `stop` waits for what is begun. */
export interface Publishers {
  readonly bundles: readonly BundleNote[];
  readonly absent: readonly string[];
  readonly installed: () => number;
  stop(): Promise<void>;
}

// letters and places of one width: names that differ in hyphens alone look like one another
const HANDLES = ['publisher-a', 'publisher-b'] as const;
const VERSIONS = 3;
const GIVE_UP = 0.4;

const index = z.object({
  skills: z.array(z.object({ name: z.string(), url: z.string(), digest: z.string() })),
});

export async function startPublishers(urlOf: () => string, insist: Insist): Promise<Publishers> {
  const bundles: BundleNote[] = [];
  const absent: string[] = [];
  let installed = 0;
  let stopping = false;

  const publish = async (
    browser: Browser,
    signer: TestSigner,
    note: BundleNote,
    n: number,
  ): Promise<void> => {
    const skills = Object.fromEntries(
      [...note.contentDigests.keys()].map((skill) => [skill, filesOf(skill, note.version)]),
    );
    const { owner: handle, name, version } = note;
    const wish = await signedBundle({ handle, name, version, skills }, signer);
    const id = { 'idempotency-key': `${name}-${version}` };
    const answer = await insist(
      () => browser.send('POST', '/v1/bundles', wish, id),
      // the next version is higher, whether this one came or not
      n > 0 && Math.random() > GIVE_UP,
    );
    if (answer === undefined) return;
    expectStatus(answer, [200, 201]);
    note.acknowledged = true;
  };

  const publisher = async ({ browser, signer, handle }: Author, who: number): Promise<void> => {
    for (let n = 0; !stopping; n += 1) {
      const name = `bundle-${'abc'[who]}-${String(Math.floor(n / VERSIONS)).padStart(4, '0')}`;
      const version = `1.${n % VERSIONS}.0`;
      const skills = Array.from({ length: 2 + (n % 3) }, (_, k) => `${name}-${k}`);
      const digests = skills.map(
        async (skill) => [skill, await contentDigest(filesOf(skill, version))] as const,
      );
      const contentDigests = new Map(await Promise.all(digests));
      const note: BundleNote = { owner: handle, name, version, contentDigests, acknowledged: false };
      bundles.push(note);
      await publish(browser, signer, note, n);
      await sleep(Math.random() * 150);
    }
  };

  /** Installs what the newest index of a bundle names. A server that is away has said nothing. */
  const installer = async (): Promise<void> => {
    while (!stopping) {
      await sleep(20 + Math.random() * 60);
      const note = bundles[Math.floor(Math.random() * bundles.length)];
      if (!note) continue;
      const named = await fetch(`${urlOf()}/b/${note.owner}/${note.name}/.well-known/agent-skills/index.json`)
        .then(async (answer) => (answer.status === 200 ? index.parse(await answer.json()) : undefined))
        .catch(() => undefined);
      for (const { name, url, digest } of named?.skills ?? []) {
        const got = await fetch(new URL(url, urlOf()))
          .then(async (answer) => ({ status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) }))
          .catch(() => undefined);
        if (!got || got.status === 503) continue;
        const found = `sha256:${createHash('sha256').update(got.bytes).digest('hex')}`;
        if (got.status === 200 && found === digest) installed += 1;
        else absent.push(`${note.owner}/${note.name} names ${name} ${digest}: ${got.status} ${found}`);
      }
    }
  };

  // before the first kill
  const authors = await Promise.all(HANDLES.map((handle) => signUpAuthor(handle, urlOf)));
  const all = Promise.all([...authors.map(publisher), installer()]);
  // told by `stop`
  all.catch(() => undefined);
  return {
    bundles,
    absent,
    installed: () => installed,
    stop: async () => {
      stopping = true;
      await all;
    },
  };
}

interface Author {
  readonly handle: string;
  readonly browser: Browser;
  readonly signer: TestSigner;
}

async function signUpAuthor(handle: string, urlOf: () => string): Promise<Author> {
  const browser = await new Browser(urlOf).signUp(handle);
  const signer = await makeSigner();
  expectStatus(await browser.send('POST', '/v1/signing-keys', await registrationOf(handle, signer)), [201]);
  return { handle, browser, signer };
}

function filesOf(skill: string, version: string) {
  return skillFiles(skill, `Version ${version}.\n`);
}
