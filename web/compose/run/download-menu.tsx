import type { ReactElement } from 'react';
import { loadChunk } from '../../chunks/load-chunk.ts';
import { failureOf } from '../../http/call.ts';
import { type RunState, titleOf } from '../../run/state/run-state.ts';
import { download, fileNameOf } from '../../ui/download.ts';
import { Menu } from '../../ui/menu.tsx';
import { useToast } from '../../ui/toast.tsx';

declare const __VERSION__: string; // Replaced by the build.

// Loaded once from the server, see `warmDownloads`.
const loadPackRun = () => loadChunk(() => import('./pack-run.ts'));
const loadSarif = () => loadChunk(() => import('../../../shared/skills/drafts-to-sarif.ts'));

export function warmDownloads(): void {
  for (const load of [loadPackRun, loadSarif]) load().catch(() => {});
}

/** The drafts of a run that is over, and what was found in them, as files. */
export function DownloadMenu({ run }: { readonly run: RunState }): ReactElement | null {
  const toast = useToast();
  const written = (run.plan?.items ?? []).flatMap(({ id }) => run.drafts[id] ?? []);
  const analyzed = written.flatMap(({ draft, analysis }) =>
    draft && analysis?.digest === draft.digest ? { draft, analysis } : [],
  );
  // Reused skills are included: without them the bundle would be incomplete.
  if (!run.plan?.items.some(({ id, action }) => action === 'reuse' || run.drafts[id]?.draft)) return null;

  const zip = async (): Promise<void> => {
    const { packRun } = await loadPackRun();
    const { bytes, missing } = await packRun(run);
    download(`${fileNameOf(titleOf(run))}.zip`, bytes, 'application/zip');
    if (missing.length > 0)
      toast({
        text: `Without ${missing.join(', ')}: the registry did not give it. Download again to try once more.`,
      });
  };
  const sarif = async (): Promise<void> => {
    const { draftsToSarif } = await loadSarif();
    download(
      'findings.sarif',
      JSON.stringify(draftsToSarif(analyzed, __VERSION__), null, 2),
      'application/sarif+json',
    );
  };
  const attempt = (make: () => Promise<void>) => () =>
    void make().catch((error: unknown) => toast({ text: failureOf(error).message }));

  return (
    <Menu
      items={[
        { label: 'Skills (ZIP)', onSelect: attempt(zip) },
        ...(analyzed.length > 0 ? [{ label: 'Findings (SARIF)', onSelect: attempt(sarif) }] : []),
      ]}
    >
      Download all
    </Menu>
  );
}
