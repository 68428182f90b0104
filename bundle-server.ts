import type { Rolldown } from 'vite';

/**
 * How the server is bundled: packages included, so that a start opens thirty files instead of two thousand. Each package is a file of
 * its own, since V8 parses one file at a time: one file of all together took 35 MB more at its peak.
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
