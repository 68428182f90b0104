import type { Plugin, Rolldown } from 'vite';

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

function packageOf(id: string): string | null {
  const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1];
  return name?.replaceAll('/', '-') ?? null;
}

/** For builds only: Vitest reads the same configuration, and would take Vite itself through its transformations. */
export const bundlePackages: Plugin = {
  name: 'oneturn-bundle-packages',
  apply: 'build',
  configEnvironment: (name) => (name === 'server' ? { resolve: { noExternal: true } } : null),
};
