import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { strToU8, zipSync } from 'fflate';
import { afterAll, expect, it } from 'vitest';
import { createPlans } from '../../../../server/plans/create-plans.ts';
import { createFetchOutside } from '../../../../server/plans/import/fetch-outside.ts';
import { imported } from '../../../../shared/contract/author/import.ts';
import { failureBody } from '../../../../shared/contract/failure.ts';
import { savedPlan } from '../../../../shared/contract/saved-plan.ts';
import { type Client, ORIGIN, signUp, testAccounts } from '../../accounts/accounts-app.ts';
import { quiet, testStorage } from '../../database.ts';

/** Skills from a ZIP or a URL become a plan; what cannot be taken is named; nothing inward is asked. */

const storage = await testStorage();
const { app, audit, findWho } = testAccounts(storage);
const plans = createPlans({
  db: storage.db,
  audit,
  findWho,
  log: quiet,
  reusedFolders: async () => [],
  outside: { reach: 'private' },
});
plans.stop();
app.route('/', plans.routes);
const ada: Client = await signUp(app, 'ada');

/** What the peer serves, by path. */
const served = new Map<string, string | Uint8Array>();
const asked: string[] = [];
const peer: Server = createServer((request, response) => {
  asked.push(request.url ?? '');
  const body = served.get(request.url ?? '');
  if (body === undefined) response.writeHead(404).end();
  else if (body === 'redirect') response.writeHead(302, { location: '/secret' }).end();
  else response.end(body);
});
await new Promise<void>((ready) => peer.listen(0, '127.0.0.1', ready));
// as: a TCP server's address is not a string
const url = `http://127.0.0.1:${(peer.address() as AddressInfo).port}`;
afterAll(() => peer.close());

const skill = (name: string, body = `# ${name}\n`) =>
  `---\nname: ${name}\ndescription: Does ${name}. Use when asked for it.\nlicense: MIT\n---\n\n${body}`;

async function sendZip(files: Readonly<Record<string, string | Uint8Array>>) {
  const bytes = zipSync(
    Object.fromEntries(
      Object.entries(files).map(([path, text]) => [path, typeof text === 'string' ? strToU8(text) : text]),
    ),
  );
  const cookie = [...ada.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const headers = { cookie, origin: ORIGIN, 'content-type': 'application/zip' };
  const response = await app.request('/v1/imports', { method: 'POST', headers, body: bytes });
  return { status: response.status, json: await response.json() };
}
const fromUrl = (address: string) => ada.send('POST', '/v1/imports', { url: address });
const planOf = async (json: unknown) => {
  const { plan } = imported.parse(json);
  return savedPlan.parse((await ada.send('GET', `/v1/plans/${plan.id}`)).json);
};
const messageOf = (json: unknown) => failureBody.parse(json).error.message;

it('makes a plan of the skills in a ZIP, with their files, and names what it leaves out', async () => {
  const { status, json } = await sendZip({
    'skills/weave/SKILL.md': skill('weave'),
    'skills/weave/references/guide.md': '# Guide\n',
    'skills/weave/skill.oms.sig': '{}',
    'skills/broken/SKILL.md': 'No front matter.',
    'skills/picture/SKILL.md': skill('picture'),
    'skills/picture/assets/a.png': new Uint8Array([0xff, 0xfe]),
    'skills/twin/SKILL.md': skill('twin'),
    'skills/twin/scripts/Run.sh': 'x',
    'skills/twin/scripts/run.sh': 'y',
    'README.md': 'Not a skill.',
  });
  expect(status).toBe(201);
  const { leftOut } = imported.parse(json);
  expect(leftOut.map(({ name }) => name)).toEqual(['broken', 'picture', 'twin']);
  expect(leftOut[1]?.reason).toContain('assets/a.png is no text');
  expect(leftOut[2]?.reason).toContain('are one file on many systems');
  const plan = await planOf(json);
  expect(plan.drafts).toMatchObject([
    {
      manifest: { name: 'weave', license: 'MIT' },
      body: '# weave\n',
      files: [{ path: 'references/guide.md' }],
    },
  ]);
  expect(plan.plan?.items).toMatchObject([
    { name: 'weave', action: 'create', reason: 'Imported from a ZIP.' },
  ]);
});

it('never runs front matter, and says what is wrong with the only skill', async () => {
  const evil = '---js\n{ name: (globalThis.PWNED = true, "x"), description: "y" }\n---\nbody';
  const { status, json } = await sendZip({ 'SKILL.md': evil });
  expect({ status, isRun: 'PWNED' in globalThis }).toEqual({ status: 422, isRun: false });
  expect(messageOf(json)).toContain('SKILL.md, line 1');
  expect(messageOf((await sendZip({ 'a.md': 'x' })).json)).toBe('There is no SKILL.md in it.');
});

it('imports an index of discovery 0.2.0 whose digests are right, and nothing of one whose are not', async () => {
  const archive = zipSync({ 'SKILL.md': strToU8(skill('weave')) });
  const digest = `sha256:${createHash('sha256').update(archive).digest('hex')}`;
  const single = skill('knit');
  const singleDigest = `sha256:${createHash('sha256').update(single).digest('hex')}`;
  const base = '/team/.well-known/agent-skills';
  const entries = [
    { name: 'weave', type: 'archive', description: 'x', url: 'weave.zip', digest },
    { name: 'knit', type: 'skill-md', description: 'x', url: `${base}/knit.md`, digest: singleDigest },
  ];
  served.set(`${base}/index.json`, JSON.stringify({ $schema: 'x', skills: entries }));
  served.set(`${base}/weave.zip`, archive).set(`${base}/knit.md`, single);
  const { json } = await fromUrl(`${url}/team`);
  expect((await planOf(json)).drafts.map(({ manifest }) => manifest.name)).toEqual(['knit', 'weave']);

  served.set(`${base}/knit.md`, `${single}!`);
  const wrong = await fromUrl(`${url}/team`);
  expect({ status: wrong.status, said: messageOf(wrong.json) }).toEqual({
    status: 422,
    said: 'knit is not what its index says: the digest differs. Nothing was imported.',
  });
});

it('imports an index of discovery 0.1.0, and no file that another server has', async () => {
  served.set(
    '/old/.well-known/skills/index.json',
    JSON.stringify({ skills: [{ name: 'plait', description: 'x', files: ['SKILL.md', 'references/a.md'] }] }),
  );
  served.set('/old/.well-known/skills/plait/SKILL.md', skill('plait'));
  served.set('/old/.well-known/skills/plait/references/a.md', '# A\n');
  const { json } = await fromUrl(`${url}/old/`);
  expect((await planOf(json)).drafts[0]?.files).toMatchObject([{ path: 'references/a.md' }]);

  // a NUL is no text, and no database takes one
  served.set('/old/.well-known/skills/plait/references/a.md', '# A\0\n');
  const odd = await fromUrl(`${url}/old/`);
  expect({ status: odd.status, said: messageOf(odd.json) }).toEqual({
    status: 422,
    said: 'plait: references/a.md is no text. Publish it with npm run publish, if it has to be there.',
  });

  const away = { name: 'x', type: 'skill-md', url: 'http://127.0.0.1:1/x', digest: 'sha256:0' };
  served.set('/away/.well-known/agent-skills/index.json', JSON.stringify({ skills: [away] }));
  expect(messageOf((await fromUrl(`${url}/away`)).json)).toContain('at another server than its index');
});

it('follows no redirect', async () => {
  served.set('/r/.well-known/agent-skills/index.json', 'redirect');
  served.set('/secret', '{"skills":[]}');
  expect((await fromUrl(`${url}/r`)).status).toBe(422);
  expect(asked).not.toContain('/secret');
});

it.each([
  'https://127.0.0.1/',
  'https://localhost/',
  'https://localhost./',
  'https://[::1]/',
  'https://[::ffff:169.254.169.254]/',
  'https://169.254.169.254/latest',
  'https://2130706433/',
  'https://0x7f.1/',
  'https://0177.0.0.1/',
  'https://10.0.0.8/',
  'https://192.168.1.1/',
  'https://[fd00:ec2::254]/',
  'https://100.100.100.200/',
  'https://0.0.0.0/',
  'https://[64:ff9b::7f00:1]/',
  'http://93.184.215.14/',
  'https://93.184.215.14:22/',
  'https://93.184.215.14:6379/',
  'file:///etc/passwd',
  'gopher://93.184.215.14/',
  'data:text/plain,x',
])('connects to nothing for %s', async (address) => {
  const { fetch, close } = createFetchOutside();
  const answer = await fetch(new URL(address), 1000);
  await close();
  expect(answer).toBe('Skills are imported from public https addresses alone, on port 443 or 8443.');
});

it('refuses a name that leads inward in any of its answers', async () => {
  const lookup = ((_host: string, _options: object, callback: (error: null, found: object[]) => void) =>
    callback(null, [
      { address: '93.184.215.14', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ])) as never;
  const { fetch, close } = createFetchOutside({ lookup });
  const answer = await fetch(new URL('https://rebound.example.com/'), 1000);
  await close();
  expect(answer).toContain('public https addresses alone');
  const password = createFetchOutside();
  expect(await password.fetch(new URL('https://me:secret@example.com/'), 1000)).toBe(
    'Leave the password out of the address.',
  );
  await password.close();
});

it('ends a server that sends more than it may', async () => {
  served.set('/big/.well-known/agent-skills/index.json', 'x'.repeat(1_000_001));
  expect(messageOf((await fromUrl(`${url}/big`)).json)).toBe('The address has more than can be imported.');
});

it('takes no index whose archives are small and unpack to more than one archive may', async () => {
  const bomb = zipSync({ 'SKILL.md': strToU8(skill('big')), 'scripts/a.sh': strToU8('a'.repeat(6_000_000)) });
  expect(bomb.length).toBeLessThan(20_000);
  served.clear();
  const skills = ['one', 'two', 'three'].map((name) => {
    served.set(`/${name}.zip`, bomb);
    const digest = `sha256:${createHash('sha256').update(bomb).digest('hex')}`;
    return { name, type: 'archive', url: `/${name}.zip`, digest };
  });
  served.set('/.well-known/agent-skills/index.json', JSON.stringify({ skills }));
  asked.length = 0;
  const { status, json } = await fromUrl(url);
  expect(status).toBe(422);
  expect(messageOf(json)).toContain('more than 10 MB together');
  // what was left is not fetched
  expect(asked).not.toContain('/three.zip');
});
