import type { ComposeEvent } from '../../shared/contract/events.ts';
import type { Analysis, Draft } from '../../shared/contract/plan.ts';
import { draftsToSarif } from '../../shared/skills/drafts-to-sarif.ts';

/** Keeps the last draft and analysis of each item of a run, for the file of findings. */
export class FoundInDrafts {
  private readonly drafts = new Map<string, Draft>();
  private readonly analyses = new Map<string, Analysis>();

  take(event: ComposeEvent): void {
    if (event.event === 'draft') this.drafts.set(event.data.item, event.data);
    if (event.event === 'analysis') this.analyses.set(event.data.item, event.data);
  }

  sarif(): string {
    const analyzed = [...this.drafts.values()].flatMap((draft) => {
      const analysis = this.analyses.get(draft.item);
      return analysis?.digest === draft.digest ? [{ draft, analysis }] : [];
    });
    return `${JSON.stringify(draftsToSarif(analyzed, process.env['npm_package_version'] ?? 'dev'), null, 2)}\n`;
  }
}
