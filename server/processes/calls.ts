import type { MetricObjectWithValues, MetricValue } from 'prom-client';
import type { Failure } from '../../shared/contract/failure.ts';
import type { Envelope } from '../../shared/contract/receipt.ts';
import type { Answered } from '../byo/reviews.ts';
import type { PoolAddress } from '../storage/create-pool.ts';

/** All metrics of one process, as prom-client gives them for adding up. */
export type MetricList = readonly MetricObjectWithValues<MetricValue<string>>[];

/** What a member needs to begin, and no setting says. */
export interface Hello {
  /** Counted from 0; who takes the place of a member that died has its number. */
  readonly member: number;
  /** The embedded database; undefined: the one of the settings. */
  readonly address: PoolAddress | undefined;
  /** Where to listen: the port of the first that did, when the setting is 0. */
  readonly port: number;
  readonly sandboxOrigin: string;
  readonly sealing: { readonly server: string; readonly born: number };
}

/** A place among the runs, or among the feeds, that go on at once: taken by `acquire` and `takeFeed`, for as long as the member lives. */
type Place = number;
type Limits = 'runs' | 'checks';

/** What members ask the primary. Nothing of a user's key goes with any of it. */
export interface PrimaryCalls {
  hello(input: object): Hello;
  /** `reviewer`: the public half of the key pair to which answers for plans that wait here are sealed. */
  listening(at: { readonly url: string; readonly reviewer: string }): void;
  /** Cannot start, and why. */
  failed(why: { readonly sentence: string }): void;
  acquire(wish: {
    readonly of: Limits;
    readonly who: readonly string[];
  }): { readonly ok: true; readonly place: Place } | { readonly ok: false; readonly failure: Failure };
  isFirst(one: { readonly of: Limits; readonly run: string }): boolean;
  takeFeed(by: { readonly userId: string }): Place | undefined;
  release(taken: { readonly place: Place }): void;
  keepReceipt(made: { readonly run: string; readonly envelope: Envelope }): void;
  getReceipt(of: { readonly run: string }): Envelope | undefined;
  addStray(who: { readonly address: string }): void;
  hasStray(who: { readonly address: string }): boolean;
  allowReport(who: { readonly address: string }): boolean;
  /** Base64url, 32 bytes; undefined: that period is over, or is to come. */
  periodSecret(of: { readonly period: number }): string | undefined;
  openReview(of: { readonly run: string }): void;
  closeReview(of: { readonly run: string }): void;
  /** To whom an answer for that run's plan is to be sealed; undefined: no plan of it waits anywhere. */
  reviewerOf(of: { readonly run: string }): string | undefined;
  passAnswer(answer: SealedAnswer): Answered;
  /** Why this server should get no traffic. */
  ready(input: object): string | undefined;
  metrics(input: object): readonly MetricList[];
}

/** A user's answer to a plan, readable by the member alone that has the run: somebody may have pasted a key into it. */
export interface SealedAnswer {
  readonly run: string;
  readonly enc: string;
  readonly sealed: string;
}

/** What the primary asks a member. */
export interface MemberCalls {
  takeAnswer(answer: SealedAnswer): Answered;
  ready(input: object): string | undefined;
  metrics(input: object): MetricList;
  stop(input: object): void;
}
