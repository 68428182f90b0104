import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import type { Plugin, Rolldown } from 'vite';
import { defineConfig } from 'vitest/config';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8')) as { version: string };

/**
 * How the server is bundled: packages included, so that a start opens forty files instead of two thousand. They are split by package,
 * since V8 parses a file at once: all in one file took 45 MB more at its peak.
 */
export const SERVER_OUTPUT = {
  format: 'esm',
  entryFileNames: '[name].js',
  // smaller sources are less to read and to keep; names stay, because the log names an error by its class
  minify: { compress: true, mangle: { toplevel: true, keepNames: true }, codegen: true },
  codeSplitting: { groups: [{ name: packageOf, debugName: 'packages', test: /node_modules/ }] },
} as const satisfies Rolldown.OutputOptions;

/** What is built has other people's code in it, and passes on what they ask to be passed on with it. */
const LICENSES = { fileName: 'licenses.md' };

function packageOf(id: string): string | null {
  const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1];
  return name?.replaceAll('/', '-') ?? null;
}

/**
 * What a chunk imports is not fetched ahead of it: a browser keeps a failed fetch of a module as failed, and the chunk could then not be
 * asked for again (`web/chunks/load-chunk.ts`).
 */
function preloaded(_: string, chunks: string[], { hostType }: { hostType: 'html' | 'js' }): string[] {
  return hostType === 'html' ? chunks : [];
}

/** Of a package's index everything would count as needed: these parts of it are asked for by later pages alone. */
const LATER = /@tanstack\/.*\/(?:mutationObserver|infiniteQueryObserver|useMutation|useInfiniteQuery)\.js$/;

/** What the first page needs, in one file: less to ask for, and it compresses better. Other parts take from it what they share with it. */
function firstPage(id: string, modules: Rolldown.ChunkingContext): string | null {
  if (LATER.test(id)) return null;
  const seen = new Set<string>();
  const ahead = [at('web/main.tsx')];
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    ahead.push(...(modules.getModuleInfo(next)?.importedIds ?? []));
  }
  return seen.has(id) ? 'page' : null;
}

/** `draft-tile__fold`: who inspects the page finds the file; no two modules have one name. */
function classOf(name: string, file: string): string {
  return `${basename(file).replace(/\.module\.css.*$/, '')}__${name}`;
}

/**
 * The sheets of the page's parts come in any order, and the first that names a layer fixes its place: each begins with the order of all.
 * Written last, because what makes the sheets small takes the line away where it says nothing new.
 */
const layersFirst: Plugin = {
  name: 'oneturn-layers-first',
  apply: 'build',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      const order = /^@layer [^;{]+;/m.exec(readFileSync(at('web/ui/sheets/tokens.css'), 'utf8'))?.[0] ?? '';
      for (const file of Object.values(bundle)) {
        if (file.type === 'asset' && file.fileName.endsWith('.css')) file.source = `${order}${file.source}`;
      }
    },
  },
};

/**
 * What has to run before anything is drawn: the chosen colours, so that the other ones do not flash, and which page this is. A file of its own,
 * since the policy allows no inline script, and a classic one, which every browser waits for. The page's own script comes when it comes:
 * index.html has the page's frame.
 */
const FIRST_SCRIPT = `{const{documentElement:r}=document;r.dataset.at=location.pathname;try{const t=localStorage.getItem("oneturn.theme");if(t==="light"||t==="dark")r.style.colorScheme=t}catch{}}`;
const firstScript: Plugin = {
  name: 'oneturn-first-script',
  apply: 'build',
  applyToEnvironment: ({ name }) => name === 'client',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: firstScriptFile(), source: FIRST_SCRIPT });
  },
  transformIndexHtml: () => [{ tag: 'script', attrs: { src: `/${firstScriptFile()}` }, injectTo: 'head' }],
};

function firstScriptFile(): string {
  return `assets/first-${createHash('sha256').update(FIRST_SCRIPT).digest('base64url').slice(0, 8)}.js`;
}

/**
 * Each file of the page also as brotli and gzip, made once, so that the server compresses nothing. Files of earlier builds stay for two
 * weeks: a page that was open while the server was upgraded still finds its parts.
 */
const compressPage: Plugin = {
  name: 'oneturn-compress-page',
  apply: 'build',
  applyToEnvironment: ({ name }) => name === 'client',
  writeBundle: {
    order: 'post',
    handler({ dir = '' }, bundle) {
      for (const file of Object.keys(bundle)) {
        const path = join(dir, file);
        const plain = readFileSync(path);
        if (plain.length < 400) continue;
        const params = { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length };
        writeFileSync(`${path}.br`, brotliCompressSync(plain, { params }));
        writeFileSync(`${path}.gz`, gzipSync(plain, { level: 9 }));
      }
      const assets = join(dir, 'assets');
      const oldest = Date.now() - 14 * 24 * 3600 * 1000;
      for (const name of readdirSync(assets)) {
        if (statSync(join(assets, name)).mtimeMs < oldest) rmSync(join(assets, name));
      }
    },
  },
};

/** For builds only: Vitest reads the same configuration, and would take Vite itself through its transformations. */
const bundlePackages: Plugin = {
  name: 'oneturn-bundle-packages',
  apply: 'build',
  configEnvironment: (name) => (name === 'server' ? { resolve: { noExternal: true } } : null),
};

export default defineConfig({
  root: at('web'),
  plugins: [react(), bundlePackages, layersFirst, firstScript, compressPage],
  resolve: {
    alias: {
      entities: at('web/markdown/entities.ts'),
      // wouter brings it for React 17; ours has its own
      'use-sync-external-store/shim/index.js': 'react',
    },
  },
  define: { __VERSION__: JSON.stringify(version) },
  css: { modules: { generateScopedName: classOf } },
  // `npm run dev` serves the page with hot reload in front of a running `npm start`.
  server: {
    host: '127.0.0.1',
    port: 5173,
    fs: { allow: [at('.')] },
    proxy: { '^/(v1|b|\\.well-known|healthz|readyz|metrics)': 'http://127.0.0.1:8787' },
  },
  environments: {
    client: {
      build: {
        outDir: at('dist/web'),
        // see compressPage
        emptyOutDir: false,
        sourcemap: false,
        license: LICENSES,
        modulePreload: { polyfill: false, resolveDependencies: preloaded },
        rolldownOptions: {
          output: { codeSplitting: { groups: [{ name: firstPage, debugName: 'first page' }] } },
        },
      },
    },
    server: {
      consumer: 'server',
      build: {
        outDir: at('dist/server'),
        emptyOutDir: true,
        copyPublicDir: false,
        license: LICENSES,
        target: 'node20',
        rolldownOptions: {
          input: { main: at('server/main.ts'), worker: at('server/worker.ts') },
          output: SERVER_OUTPUT,
        },
      },
    },
  },
  builder: {
    async buildApp(builder) {
      for (const environment of Object.values(builder.environments)) {
        if (environment.name === 'client' || environment.name === 'server') await builder.build(environment);
      }
    },
  },
  test: {
    root: at('.'),
    // what files share is made when the first asks: see there
    globalSetup: [at('test/parts/serve-parts.ts')],
    // More than processors: much of the time passes in waiting for other processes, and for limits to run out.
    maxWorkers: Math.max(3, Math.ceil(availableParallelism() * 1.5)),
    // A worker keeps what it imported for its next file: importing took more time than testing.
    isolate: false,
    // How long a failure takes, not a success: a slow machine turns no test red.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 240_000, interval: 10 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['test/{shared,server,graph,bench}/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'component',
          environment: 'jsdom',
          include: ['test/web/**/*.test.{ts,tsx}'],
          setupFiles: ['test/web/setup.ts'],
          // so that tests, too, see it with the page's own table of entities
          server: { deps: { inline: ['markdown-it'] } },
        },
      },
      {
        extends: true,
        test: { name: 'leak', environment: 'node', include: ['test/{leak,faults,crowds}/**/*.test.ts'] },
      },
      {
        extends: true,
        test: { name: 'e2e', environment: 'node', include: ['test/e2e/**/*.test.ts'] },
      },
    ],
  },
});
