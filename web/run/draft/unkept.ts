import { useSyncExternalStore } from 'react';
import type { Plan } from '../../../shared/contract/plan.ts';

/** What was typed about a draft: its text, or a wish for it. `of` is the digest of the draft that it was typed over. */
export interface Unkept {
  readonly text: string;
  readonly of: string;
}

/** `text:<path>`: the text of a file beside the SKILL.md. */
export type UnkeptKind = 'text' | 'wish' | `text:${string}`;

/**
 * What is not kept yet: another tab, a closed tile or another page does not take it away. By the plan and the draft's item, since the
 * draft itself may be changed meanwhile.
 */
const typed = new Map<Plan, ReadonlyMap<string, Unkept>>();
const listeners = new Set<() => void>();
const nameOf = (item: string, kind: UnkeptKind): string => `${kind} ${item}`;

/** Undefined: there is nothing that is not kept. */
export function setUnkept(plan: Plan, item: string, kind: UnkeptKind, next: Unkept | undefined): void {
  const entries = new Map(typed.get(plan));
  if (next) entries.set(nameOf(item, kind), next);
  else entries.delete(nameOf(item, kind));
  if (entries.size > 0) typed.set(plan, entries);
  else typed.delete(plan);

  const holdsText = [...typed.values()].some((some) =>
    [...some.keys()].some((name) => name.startsWith('text')),
  );
  if (holdsText) addEventListener('beforeunload', ask);
  else removeEventListener('beforeunload', ask);
  for (const listener of listeners) listener();
}

export function useUnkept(plan: Plan | undefined, item: string, kind: UnkeptKind): Unkept | undefined {
  return useSyncExternalStore(subscribe, () => plan && typed.get(plan)?.get(nameOf(item, kind)));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A text goes with the page. */
function ask(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
