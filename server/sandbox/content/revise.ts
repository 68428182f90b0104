import type { RevisionAnswer } from '../../../shared/compose/prompts/revision.ts';
import { CHECK_HEADINGS, EDGE_HEADINGS, exampleSection } from './draft.ts';
import { shorten } from './text.ts';

export interface NumberedNote {
  readonly number: number;
  readonly text: string;
}

/** Patches that work notes into a draft of ours: an example where one is missing, else a point before the checklist. */
export function reviseDraft(
  goal: string,
  name: string,
  draft: string,
  notes: readonly NumberedNote[],
): RevisionAnswer {
  const lines = draft.trimEnd().split('\n');
  const anchor = (headings: readonly string[]): string =>
    lines.find((line) => headings.includes(line.replace('## ', ''))) ?? lines.at(-1) ?? '';
  let last: string | undefined;
  const changes = notes.map(({ number, text }) => {
    if (text.includes('example')) {
      const old = anchor(EDGE_HEADINGS);
      return { note: number, patches: [{ old, new: `${exampleSection(goal, name)}\n\n${old}` }] };
    }
    const point = `- ${shorten(text, 300)}`;
    const old = last ?? anchor(CHECK_HEADINGS);
    const patched = last === undefined ? `## Also\n\n${point}\n\n${old}` : `${last}\n${point}`;
    last = point;
    return { note: number, patches: [{ old, new: patched }] };
  });
  return { changes };
}
