import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

/** What cannot be started by tests is held to what it names: files, settings, users, limits. */
const ROOT = join(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const deployed = (file: string): string => read(join('server/deploy', file));
const { bin } = z.object({ bin: z.record(z.string(), z.string()) }).parse(JSON.parse(read('package.json')));
const programs = Object.values(bin).map((path) => `/opt/oneturn/node_modules/oneturn/${path}`);
const settings = new Set([...read('.env.example').matchAll(/^#?([A-Z_]+)=/gm)].map(([, name = '']) => name));

describe('the systemd unit', () => {
  const unit = deployed('oneturn.service');
  const verify = (text: string): string => {
    const folder = mkdtempSync(join(tmpdir(), 'oneturn-unit-'));
    const file = join(folder, 'oneturn.service');
    writeFileSync(file, text.replace(/^ExecStart=.*$/m, 'ExecStart=/bin/true'));
    try {
      const { stderr, status } = spawnSync('systemd-analyze', ['verify', file], { encoding: 'utf8' });
      if (status !== 0 || stderr.includes(file)) return stderr;
      const security = ['security', '--offline=true', '--threshold=20', file];
      return spawnSync('systemd-analyze', security, { encoding: 'utf8' }).status === 0 ? '' : 'exposed';
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  it.skipIf(spawnSync('systemd-analyze', ['--version']).status !== 0)(
    'is understood by systemd, which finds little that it leaves open',
    () => {
      expect(verify(unit)).toBe('');
      expect(verify(unit.replace('ProtectHome=yes', 'ProtectHome=mostly'))).toContain('mostly');
      expect(verify(unit.replace(/^(?:Protect|Restrict|SystemCall|Private).*$/gm, ''))).toBe('exposed');
    },
  );

  it('starts what the package installs, and gives the disk neither core files nor swap', () => {
    const lines = unit.split('\n');
    expect(Object.keys(bin).map((name) => `ExecStart=/opt/oneturn/node_modules/.bin/${name}`)).toContain(
      lines.find((line) => line.startsWith('ExecStart=')),
    );
    // A hard limit of 0 could not be raised to 1, the only one that kernels respect whose dumps are piped to a program.
    expect(lines).toEqual(expect.arrayContaining(['LimitCORE=1', 'MemorySwapMax=0', 'KillMode=mixed']));
    const named = [...(/^Environment=(.*)$/m.exec(unit)?.[1] ?? '').matchAll(/([A-Z_]+)=/g)];
    expect(named.map(([, name = '']) => name).filter((name) => name !== 'NODE_ENV')).toEqual(['DATA_DIR']);
  });
});

describe('the container', () => {
  const lines = deployed('Containerfile').replace(/\\\n/g, ' ').split('\n');
  const last = lines.findLastIndex((line) => line.startsWith('FROM '));

  it('copies files that are there, by name, and no whole folder of a developer', () => {
    const sources = lines
      .filter((line) => line.startsWith('COPY ') && !line.includes('--from'))
      .flatMap((line) => line.split(/\s+/).slice(1, -1));
    expect(sources.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    expect(sources).not.toContain('.');
    // what is packed has to be there when it is packed
    expect(sources).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'SECURITY.md', '.env.example']));
  });

  it('runs as an unprivileged user what the package has, on a Node that it wants', () => {
    const stage = lines.slice(last);
    const user = stage.indexOf('USER node');
    expect(user).toBeGreaterThan(0);
    expect(stage.slice(user).filter((line) => /^(?:USER root|RUN )/.test(line))).toEqual([]);
    expect(programs.map((path) => `CMD ["${path}"]`)).toContain(
      stage.find((line) => line.startsWith('CMD ')),
    );
    for (const line of lines.filter((one) => one.startsWith('FROM ')))
      expect(line).toMatch(/^FROM docker\.io\/library\/node:20-bookworm-slim(?: AS build)?$/);
  });
});

const service = z.object({
  image: z.string(),
  read_only: z.boolean().optional(),
  cap_drop: z.array(z.string()).optional(),
  security_opt: z.array(z.string()).optional(),
  ulimits: z.object({ core: z.number() }).optional(),
  mem_limit: z.string().optional(),
  memswap_limit: z.string().optional(),
  environment: z.record(z.string(), z.string()).optional(),
  command: z.array(z.string()).optional(),
  ports: z.array(z.string()).optional(),
  volumes: z.array(z.string()).optional(),
  networks: z.array(z.string()),
});
const compose = z
  .object({
    services: z.object({ server: service, worker: service, postgres: service, nginx: service }),
    networks: z.record(z.string(), z.looseObject({ internal: z.boolean().optional() })),
    volumes: z.record(z.string(), z.unknown()),
  })
  .parse(parse(deployed('compose.yaml'), { merge: true }));

test.each(['server', 'worker'] as const)('the %s of the compose file writes to its volume alone', (name) => {
  const one = compose.services[name];
  expect(one).toMatchObject({ read_only: true, cap_drop: ['ALL'], volumes: ['data:/data'] });
  expect(one.security_opt).toContain('no-new-privileges:true');
  expect(one.ulimits).toEqual({ core: 1 });
  expect(one.memswap_limit).toBe(one.mem_limit);
  expect(Object.keys(one.environment ?? {}).filter((setting) => !settings.has(setting))).toEqual([]);
  if (one.command) expect(programs).toContain(one.command[0]);
});

test('the compose file opens nginx alone, keeps the database inside, and holds no secret', () => {
  const { services, networks, volumes } = compose;
  const open = Object.entries(services).filter(([, { ports }]) => ports !== undefined);
  expect(open.map(([name]) => name)).toEqual(['nginx']);
  expect(services.postgres.networks).toEqual(['inside']);
  expect(networks['inside']?.internal).toBe(true);
  const used = Object.values(services).flatMap((one) => [...one.networks]);
  expect([...new Set(used)].sort()).toEqual(Object.keys(networks).sort());
  const mounted = Object.values(services).flatMap((one) => one.volumes ?? []);
  const named = mounted.map((one) => one.split(':')[0] ?? '').filter((one) => !one.startsWith('.'));
  expect([...new Set(named)].sort()).toEqual(Object.keys(volumes).sort());
  // a start without one of them stops and names it
  expect(deployed('compose.yaml')).not.toMatch(/(?:SECRET|PASSWORD): (?!\$\{\w+:\?\}$)/m);
});

test('settings, certificates and a root beside the files get neither into a commit nor into a layer', () => {
  const secrets = ['.env', 'server/deploy/.env', 'server/deploy/certs/privkey.pem', 'vault-root'];
  const folder = mkdtempSync(join(tmpdir(), 'oneturn-ignored-'));
  try {
    const git = (...args: readonly string[]): string =>
      spawnSync('git', ['-C', folder, ...args], { encoding: 'utf8' }).stdout;
    git('init', '--quiet');
    writeFileSync(join(folder, '.gitignore'), read('.gitignore'));
    const committed = [...secrets, '.env.example'];
    expect(
      git('check-ignore', ...committed)
        .trim()
        .split('\n'),
    ).toEqual(secrets);
  } finally {
    rmSync(folder, { recursive: true });
  }
  // the container copies server/ as a whole
  expect(read('.dockerignore').split('\n')).toEqual(
    expect.arrayContaining(['**/.env', 'server/deploy/certs']),
  );
});
