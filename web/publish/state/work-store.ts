import type { Failure } from '../../../shared/contract/failure.ts';
import type { PublishDraft, PublishWork, SkillDraft } from '../../../shared/contract/publish-draft.ts';
import { failureOf } from '../../http/call.ts';
import type { Saved } from '../publish-api.ts';
import { createHistory, type History } from './draft-history.ts';
import type { KeptWork } from './kept-work.ts';

/**
 * The wizard's work outside of React: what is typed is in the tab's storage at once and on the server a moment later, one save after the
 * other. What somebody else saved meanwhile is never overwritten unasked.
 */
export interface WorkState {
  readonly work: PublishWork;
  readonly saving: 'saved' | 'waiting' | 'busy' | 'failed';
  readonly failure?: Failure;
  /** What another tab or device made of it; `current` is null where it was published or discarded there. */
  readonly conflict?: { readonly current: PublishDraft | null };
}

export interface WorkStoreParts {
  readonly start: PublishWork;
  /** Null: the server has none yet. */
  readonly rev: number | null;
  /** What the tab has and the server has not. */
  readonly isDirty: boolean;
  readonly conflict?: { readonly current: PublishDraft | null } | undefined;
  readonly save: (rev: number | null, work: PublishWork) => Promise<Saved>;
  readonly keep: (kept: KeptWork | undefined) => void;
  readonly now: () => number;
}

const SAVE_AFTER_MS = 1200;
const TRY_AGAIN_MS = 5000;

export class WorkStore {
  readonly #parts: WorkStoreParts;
  readonly #history: History;
  readonly #listeners = new Set<() => void>();
  #rev: number | null;
  #state: WorkState;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isOver = false;

  constructor(parts: WorkStoreParts) {
    this.#parts = parts;
    this.#history = createHistory(parts.now);
    this.#rev = parts.rev;
    this.#state = {
      work: parts.start,
      saving: parts.isDirty ? 'waiting' : 'saved',
      ...(parts.conflict ? { conflict: parts.conflict } : {}),
    };
  }

  readonly get = (): WorkState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  change(work: PublishWork): void {
    const { failure: _, ...state } = this.#state;
    if (work === state.work) return;
    this.#parts.keep({ rev: this.#rev, work });
    const isBusy = state.saving === 'busy';
    this.#set({ ...state, work, saving: isBusy ? 'busy' : 'waiting' });
    if (!state.conflict && !isBusy) this.#later(SAVE_AFTER_MS);
  }

  /** A change that can be undone; `field` says what belongs together while it is typed. */
  edit(item: string, draft: SkillDraft, field: string): void {
    const before = this.#draftOf(item);
    if (before) this.#history.remember(item, before, field);
    this.#put(item, draft);
  }

  /** Whether there was a step that way. */
  step(item: string, way: 'undo' | 'redo'): boolean {
    const now = this.#draftOf(item);
    const next = now ? this.#history.step(item, now, way) : undefined;
    if (next) this.#put(item, next);
    return next !== undefined;
  }

  can(item: string, way: 'undo' | 'redo'): boolean {
    return this.#history.can(item, way);
  }

  /** Never rejects: what went wrong is in the state. */
  async save(): Promise<void> {
    clearTimeout(this.#timer);
    const { work, saving, conflict } = this.#state;
    if (saving === 'saved' || saving === 'busy' || conflict || this.#isOver) return;
    this.#set({ work, saving: 'busy' });
    try {
      this.#saved(work, await this.#parts.save(this.#rev, work));
    } catch (error) {
      const failure = failureOf(error);
      this.#set({ work: this.#state.work, saving: 'failed', failure });
      // the database comes back; a session that has ended does not come back by itself
      if (failure.code === 'unavailable') this.#later(TRY_AGAIN_MS);
    }
  }

  /** Writes this tab's work over the other's, or takes the other's. */
  resolve(choice: 'mine' | 'theirs'): void {
    const current = this.#state.conflict?.current ?? null;
    this.#rev = current?.rev ?? null;
    if (choice === 'theirs' && current) {
      this.#parts.keep(undefined);
      this.#set({ work: current.work, saving: 'saved' });
      return;
    }
    const { work } = this.#state;
    this.#parts.keep({ rev: this.#rev, work });
    this.#set({ work, saving: 'waiting' });
    void this.save();
  }

  /** It is published or left to others: nothing is saved any more. */
  end(): void {
    clearTimeout(this.#timer);
    this.#isOver = true;
  }

  #saved(work: PublishWork, saved: Saved): void {
    const now = this.#state.work;
    if (saved.kind === 'conflict') {
      this.#set({ work: now, saving: 'waiting', conflict: { current: saved.current } });
      return;
    }
    this.#rev = saved.rev;
    const isBehind = now !== work;
    this.#parts.keep(isBehind ? { rev: saved.rev, work: now } : undefined);
    this.#set({ work: now, saving: isBehind ? 'waiting' : 'saved' });
    if (isBehind) this.#later(SAVE_AFTER_MS);
  }

  #put(item: string, draft: SkillDraft): void {
    const { work } = this.#state;
    const skills = work.skills.map((skill) => (skill.item === item ? { ...skill, draft } : skill));
    this.change({ ...work, skills });
  }

  #draftOf(item: string): SkillDraft | null | undefined {
    return this.#state.work.skills.find((skill) => skill.item === item)?.draft;
  }

  #set(state: WorkState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }

  #later(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.save(), ms);
  }
}
