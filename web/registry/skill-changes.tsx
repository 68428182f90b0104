import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { SkillPage } from '../../shared/contract/registry.ts';
import { DiffLegend, TextDiff } from '../diff/text-diff.tsx';
import { failureOf } from '../http/call.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { plural } from '../ui/format.ts';
import { TryAgain } from '../ui/try-again.tsx';
import { CompareSelect, useCompared } from './compare-select.tsx';
import { skillQuery } from './registry-api.ts';

/** What became of a skill from one version to another, file by file. */
export function SkillChanges({ page }: { readonly page: SkillPage }): ReactElement | null {
  const { skill, versions } = page;
  const compared = useCompared({ versions, shown: skill.version });
  if (versions.every((one) => one === skill.version)) return null;
  return (
    <section className="sheet pad" aria-labelledby="changes-title">
      <h2 id="changes-title">Changes</h2>
      <CompareSelect versions={versions} shown={skill.version} />
      {compared !== undefined && <Changes page={page} compared={compared} />}
    </section>
  );
}

function Changes({ page, compared }: { readonly page: SkillPage; readonly compared: string }): ReactElement {
  const { publisher: owner, name, version } = page.skill;
  const { data, error, refetch } = useQuery(skillQuery({ owner, name, version: compared }));
  if (error)
    return (
      <FailureNote failure={failureOf(error)}>
        <TryAgain again={refetch} />
      </FailureNote>
    );
  if (!data) return <p className="soft">Loading…</p>;
  const before = new Map(data.texts.map(({ path, content }) => [path, content]));
  const after = new Map(page.texts.map(({ path, content }) => [path, content]));
  const paths = [...new Set([...after.keys(), ...before.keys()])];
  const changed = paths.filter((path) => before.get(path) !== after.get(path));
  if (changed.length === 0) return <p>All {plural(paths.length, 'file')} are the same in both versions.</p>;
  return (
    <>
      <DiffLegend removed={compared} added={version} />
      {changed.map((path) => (
        <div key={path}>
          <h3 className="mono small">
            {path} {before.has(path) ? !after.has(path) && '(removed)' : '(new)'}
          </h3>
          <TextDiff before={before.get(path) ?? ''} after={after.get(path) ?? ''} />
        </div>
      ))}
      {changed.length < paths.length && (
        <p className="small soft">{plural(paths.length - changed.length, 'other file')} did not change.</p>
      )}
    </>
  );
}
