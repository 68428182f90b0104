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
 * What was typed and is not kept yet, by plan and item. The module holds it, and no component or run, because it has to outlive both: a
 * closed tile, another page of the tab, another run on the screen. There is one page in a tab, so that one map is enough, and the
 * question before the tab is closed is about all plans in it. By the item and not the draft, which may be changed meanwhile.
 */
const typed = new Map<Plan, ReadonlyMap<string, Unkept>>();
const listeners = new Set<() => void>();
const nameOf = (item: string, kind: UnkeptKind): string => `${kind} ${item}`;

/** Remembers what was typed over a draft; undefined drops it, once it is kept or given up. */
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

/** What was typed is lost with the page, so that the browser asks before it goes. */
function ask(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
