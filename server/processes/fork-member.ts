import cluster from 'node:cluster';
import type { MemberCalls, PrimaryCalls } from './calls.ts';
import { type Answers, type Channel, createChannel } from './channel.ts';
import { returnConnections } from './return-connections.ts';
import type { Reviewer } from './state-at-primary.ts';

/** One process that serves, as its primary sees it. */
export interface Member extends Reviewer {
  readonly number: number;
  readonly pid: number | undefined;
  readonly channel: Channel<MemberCalls>;
  readonly ended: Promise<Ended>;
  reviewer: string | undefined;
  /** Monotonic ms; undefined: it is starting. */
  listenedAt: number | undefined;
  /** Why it could not start. */
  sentence: string | undefined;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
}

/** Starts this same program again by Node's cluster: its primary accepts connections and hands them out in turn. */
export function forkMember(
  number: number,
  answersFor: (member: Member) => Answers<PrimaryCalls>,
  onBug: (error: unknown) => void,
): Member {
  const worker = cluster.fork();
  returnConnections(worker);
  const member: Member = {
    number,
    pid: worker.process.pid,
    reviewer: undefined,
    listenedAt: undefined,
    sentence: undefined,
    ended: new Promise((resolve) => {
      worker.once('exit', (code, signal) => resolve({ code, signal }));
      // it could not be started at all
      worker.once('error', () => resolve({ code: null, signal: null }));
    }),
    // asked by nobody before it is there
    channel: { ask: (name, ...input) => channel.ask(name, ...input) },
    takeAnswer: (answer) => channel.ask('takeAnswer', answer),
  };
  const channel = createChannel<MemberCalls, PrimaryCalls>(worker.process, answersFor(member), onBug);
  return member;
}
