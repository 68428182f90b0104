import type { SavePlan } from '../../../shared/contract/saved-plan.ts';

/** A finished run with two drafts, as the page would save it. */
export function finishedPlan(change: Partial<SavePlan> = {}): SavePlan {
  const capabilities = [
    { id: 'c1', need: 'Collect merged pull requests' },
    { id: 'c2', need: 'Write release notes' },
  ];
  const item = (id: string, name: string, covers: string) => ({
    id,
    action: 'create' as const,
    name,
    description: `Does ${name}. Use when asked for it.`,
    covers: [covers],
    reason: 'Nothing published covers it.',
    outline: ['Steps'],
    allowedTools: [],
  });
  const draft = (id: string, name: string) => ({
    item: id,
    revision: 1,
    manifest: { name, description: `Does ${name}. Use when asked for it.` },
    body: `# ${name}\n\n1. Do it.\n`,
    digest: `sha256:${'0'.repeat(64)}`,
  });
  const analysis = (id: string) => ({
    item: id,
    digest: `sha256:${'0'.repeat(64)}`,
    verdict: 'pass' as const,
    scores: { specificity: 8, completeness: 7, safety: 9, goalAlignment: 8 },
    notes: [],
    findings: [],
    overlaps: [],
  });
  return {
    goal: 'Turn merged pull requests into weekly release notes',
    intent: { kind: 'bundle', summary: 'Release notes', capabilities, constraints: [], assumptions: [] },
    plan: {
      title: 'Weekly release notes',
      items: [item('i1', 'collect-prs', 'c1'), item('i2', 'write-notes', 'c2')],
      uncovered: [],
    },
    drafts: [draft('i1', 'collect-prs'), draft('i2', 'write-notes')],
    analyses: [analysis('i1'), analysis('i2')],
    usage: { inputTokens: 1000, outputTokens: 500, costUsd: 0.0123, estimated: false },
    outcome: 'done',
    origin: { provider: 'sandbox', model: 'sandbox-1', credentials: 'none' },
    ...change,
  };
}
