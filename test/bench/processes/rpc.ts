/** What a process of the bench offers to the one that started it: named functions over IPC, one JSON value in, one out. */
export type Ops = Readonly<Record<string, (given: never) => unknown>>;

export interface Question {
  readonly id: number;
  readonly op: string;
  readonly given: unknown;
}

export type Reply =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: string };

/** Answers for as long as the parent lives. */
export function serveOps(ops: Ops): void {
  process.on('message', ({ id, op, given }: Question) => {
    const run = async (): Promise<unknown> => ops[op]?.(given as never); // as: `startChild` holds both ends to one type
    void run().then(
      (value) => process.send?.({ id, value }),
      (error: unknown) =>
        process.send?.({
          id,
          error: error instanceof Error ? (error.stack ?? error.message) : String(error),
        }),
    );
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ ready: true });
}
