import type { ReactElement } from 'react';
import type { Analysis, Draft } from '../../../../shared/contract/plan.ts';
import { DiffLegend, TextDiff } from '../../../diff/text-diff.tsx';
import { useDraftTools } from '../draft-tools.ts';
import { changedFiles, FileDiff } from '../file-diff.tsx';
import styles from '../revision.module.css';

interface ReworkAnswerProps {
  readonly draft: Draft;
  readonly analysis: Analysis | undefined;
}

/** What became of a draft that was reworked in the user's own words: nothing stays that they did not accept. */
export function ReworkAnswer({ draft, analysis }: ReworkAnswerProps): ReactElement | null {
  const tools = useDraftTools();
  const { reworked, endRework } = tools ?? {};
  if (!reworked || !endRework || reworked.item !== draft.item) return null;

  const before = reworked.before.draft?.body ?? '';
  const files = changedFiles(reworked.before.draft?.files, draft.files);
  const isBodySame = before.trim() === draft.body.trim();
  const isSame = isBodySame && files.length === 0;
  const why = analysis?.findings.find(({ rule }) => rule === 'revision.dropped')?.message;
  return (
    <section className={styles['answer']} aria-label={`${draft.manifest.name}, reworked`}>
      <p>
        {isSame ? 'Nothing was changed for ' : 'Reworked for '}
        <q dir="auto">{reworked.note}</q>. {isSame && (why ?? 'The text stays as it was.')}
      </p>
      {!isSame && (
        <>
          <DiffLegend removed="before" added="after" />
          {!isBodySame && (
            <section className={styles['change']} aria-label="What was changed">
              <TextDiff before={before.trimEnd()} after={draft.body.trimEnd()} />
            </section>
          )}
          {files.map((file) => (
            <FileDiff key={file.path} {...file} />
          ))}
        </>
      )}
      <div className="row actions">
        <button type="button" className="plain strong" onClick={() => endRework(true)}>
          {isSame ? 'All right' : 'Accept'}
        </button>
        {!isSame && (
          <button type="button" className="plain" onClick={() => endRework(false)}>
            Refuse
          </button>
        )}
      </div>
    </section>
  );
}
