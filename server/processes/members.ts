import { bugFields, type Log } from '../telemetry/log.ts';
import { listeners, metrics, ready } from './ask-all.ts';
import type { Hello, PrimaryCalls } from './calls.ts';
import type { Answers } from './channel.ts';
import { createCrashRule } from './crash-rule.ts';
import { type Ended, forkMember, type Member } from './fork-member.ts';
import { createMetricsSum } from './metrics-sum.ts';
import type { PrimaryState } from './state-at-primary.ts';

const AGAIN = { again: true, afterMs: 0 } as const;
const THREE_TIMES =
  'A process of this server ended at once, three times in a row. Its last lines in the log say where; PROCESSES=1 starts one alone.';

/** What the primary has for its members, and how many there are to be. */
export interface MembersOptions {
  readonly processes: number;
  /** As in the settings; 0 is a free one, which all of them have. */
  readonly port: number;
  readonly hello: Omit<Hello, 'member' | 'port'>;
  readonly state: PrimaryState;
  /** Why this server should get no traffic, as far as it is not a member's to say. */
  readonly notReady: () => Promise<string | undefined>;
  /** Resolves when a member that starts now finds what it needs. */
  readonly canStart: () => Promise<void>;
  readonly log: Log;
}

/** The processes that serve; one that dies is started again. */
export interface Members {
  /** The address, once all listen. */
  readonly listening: Promise<string>;
  /** Why this server cannot go on, in a sentence. */
  readonly over: Promise<string>;
  /** Lets all of them finish, each as a lone server does. */
  stop(): Promise<void>;
}

/** Starts all of them at once. They listen on one port, and get its connections in turn. */
export function startMembers(options: MembersOptions): Members {
  return new MemberGroup(options);
}

class MemberGroup implements Members {
  readonly #options: MembersOptions;
  readonly #members = new Map<number, Member>();
  readonly #judge = createCrashRule();
  readonly #sum = createMetricsSum();
  readonly #listening = deferred<string>();
  readonly #over = deferred<string>();
  #url: string | undefined;
  #port: number;
  #stopping = false;

  constructor(options: MembersOptions) {
    this.#options = options;
    this.#port = options.port;
    for (let number = 0; number < options.processes; number += 1) this.#start(number);
  }

  get listening(): Promise<string> {
    return this.#listening.promise;
  }

  get over(): Promise<string> {
    return this.#over.promise;
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    const all = [...this.#members.values()].map((member) => {
      askToStop(member);
      return member.ended;
    });
    await Promise.all(all);
  }

  #answersFor(member: Member): Answers<PrimaryCalls> {
    const { state, hello, processes } = this.#options;
    return {
      ...state.answersFor(member),
      hello: () => {
        // asked before this one could hear it: Node's cluster has a listener for messages from the first, and drops them
        if (this.#stopping) askToStop(member);
        return { ...hello, member: member.number, port: this.#port };
      },
      listening: ({ url, reviewer }) => {
        member.reviewer = reviewer;
        member.listenedAt = performance.now();
        this.#url ??= url;
        if (listeners(this.#members).length === processes) this.#listening.resolve(this.#url);
      },
      failed: ({ sentence }) => {
        member.sentence = sentence;
      },
      ready: () => (this.#stopping ? 'This server is stopping.' : ready(this.#members, this.#options)),
      metrics: () => metrics(this.#members, this.#sum),
    };
  }

  #start(number: number): void {
    const { port, log } = this.#options;
    // 0 is a port that is free: for all of them the one that the first got, as long as somebody has it open
    if (port === 0 && this.#members.size === 0 && this.#url !== undefined)
      this.#port = Number(new URL(this.#url).port);
    const member = forkMember(
      number,
      (one) => this.#answersFor(one),
      (bug) => log.error('what a process asked broke', bugFields(bug)),
    );
    this.#members.set(number, member);
    void member.ended.then((ended) => this.#died(member, ended));
  }

  async #startAgain(number: number): Promise<void> {
    await this.#options.canStart();
    if (!this.#stopping) this.#start(number);
  }

  #died(member: Member, { code, signal }: Ended): void {
    const { number, pid, listenedAt = performance.now(), sentence } = member;
    const { state, log } = this.#options;
    this.#members.delete(number);
    state.drop(member);
    this.#sum.lost(number);
    if (this.#stopping) return;
    // told to end, it did
    const verdict = code === 0 ? AGAIN : this.#judge(performance.now() - listenedAt);
    const cannotStart = this.#url === undefined && sentence !== undefined;
    const again = verdict.again && !cannotStart;
    log.error('a process ended', { process: number, ended: pid, code, signal, again });
    if (again) setTimeout(() => void this.#startAgain(number), verdict.afterMs);
    else this.#over.resolve(sentence ?? THREE_TIMES);
  }
}

function askToStop({ channel }: Member): void {
  channel.ask('stop', {}).catch(() => undefined);
}

function deferred<T>(): { readonly promise: Promise<T>; resolve(value: T): void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve: (value) => resolve(value) };
}
