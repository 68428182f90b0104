import { type ComponentType, type ReactNode, useEffect, useSyncExternalStore } from 'react';
import { failureOf } from '../http/call.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { TryAgain } from '../ui/try-again.tsx';
import { loadChunk } from './load-chunk.ts';

/** A component in a chunk of its own. */
export type Part<Props> = ComponentType<Props> & {
  /** Fetches the chunk before it is needed. Never rejects: whoever shows the part says then what is wrong. */
  readonly warm: () => Promise<void>;
};

interface PartOptions<Props> {
  /** Keeps the part's place while it loads. */
  readonly waiting?: (props: Props) => ReactNode;
  /** Puts what is told of a failed load where the part would be; it stands there alone otherwise. */
  readonly frame?: (problem: ReactNode, props: Props) => ReactNode;
  /** Not fetched because it is shown, but when somebody warms it. */
  readonly whenWarmed?: boolean;
}

/**
 * `part(() => import('./draft-view.tsx'), ({ DraftView }) => DraftView)`. Not React's `lazy`, which takes a chunk that did not come for
 * missing for good and throws it at the whole page: here the place of the part says so, with a button that asks again.
 */
export function part<Module, Props extends object>(
  load: () => Promise<Module>,
  pick: (module: Module) => ComponentType<Props>,
  { waiting, frame, whenWarmed }: PartOptions<Props> = {},
): Part<Props> {
  const listeners = new Set<() => void>();
  let state: { readonly here?: ComponentType<Props>; readonly error?: unknown } = {};
  let loading: Promise<void> | undefined;

  function change(next: typeof state): void {
    state = next;
    for (const listener of listeners) listener();
  }

  function warm(): Promise<void> {
    if (state.here) return Promise.resolve();
    loading ??= loadChunk(load)
      .then(
        (module) => change({ here: pick(module) }),
        (error: unknown) => change({ error }),
      )
      .finally(() => {
        loading = undefined;
      });
    return loading;
  }

  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };

  function Loaded(props: Props): ReactNode {
    const { here: Here, error } = useSyncExternalStore(subscribe, () => state);
    useEffect(() => {
      if (!whenWarmed) void warm();
    }, []);
    if (Here) return <Here {...props} />;
    if (error === undefined) return waiting?.(props) ?? null;
    const problem = (
      <FailureNote
        failure={failureOf(error)}
        kept="The goal and the runs of this tab are kept, also if you reload the page."
      >
        <TryAgain again={warm} isStrong />
        <button type="button" className="plain" onClick={() => location.reload()}>
          Reload the page
        </button>
      </FailureNote>
    );
    return frame ? frame(problem, props) : problem;
  }
  return Object.assign(Loaded, { warm });
}
