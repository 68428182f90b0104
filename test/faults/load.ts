import * as z from 'zod/mini';
import { hostedSummary, isOver } from '../../shared/contract/hosted.ts';
import { planConflict, planSummary } from '../../shared/contract/saved-plan.ts';
import { finishedPlan } from '../server/plans/plan-fixture.ts';
import { type Answer, Browser } from './browser.ts';
import { createInsist, expectStatus, sleep } from './insist.ts';
import { type BundleNote, startPublishers } from './publishers.ts';

/**
 * People who save plans, start hosted runs and publish bundles while everything around them is killed, and who note what was acknowledged. They do as
 * the page does: the same request again, under the same Idempotency-Key, until there is an answer. Some give up instead.
 */

export interface SavedNote {
  /** Names the plan for ever, in its goal. */
  readonly mark: string;
  readonly title: string;
  /** Undefined: no answer ever came, so that it may be there or not, but once. */
  id?: string;
  /** A second title, and whether it was acknowledged. */
  edit?: { readonly title: string; acknowledged: boolean };
}

export interface StartedNote {
  readonly mark: string;
  id?: string;
  cancelled?: boolean;
}

export interface Load {
  readonly saves: readonly SavedNote[];
  readonly runs: readonly StartedNote[];
  readonly bundles: readonly BundleNote[];
  /** What an index named and the server did not have. */
  readonly absent: readonly string[];
  /** Archives that were fetched whole from an index meanwhile. */
  installed(): number;
  /** How many requests got no answer, or a 503. */
  unanswered(): number;
  /** Begins nothing more, and waits until everything begun has its answer. */
  stop(): Promise<void>;
}

const SAVERS = 3;
const STARTERS = 2;
const MAX_OPEN_RUNS = 6;
const GIVE_UP = 0.4;
const EDIT = 0.3;
const CANCEL = 0.12;

export async function startLoad(urlOf: () => string): Promise<Load> {
  const saves: SavedNote[] = [];
  const runs: StartedNote[] = [];
  let stopping = false;
  let unanswered = 0;

  const insist = createInsist(() => {
    unanswered += 1;
  });

  const save = async (browser: Browser, mark: string): Promise<void> => {
    const note: SavedNote = { mark, title: `Plan ${mark}` };
    saves.push(note);
    const plan = finishedPlan({ goal: mark, title: note.title });
    const saved = await insist(
      () => browser.send('POST', '/v1/plans', plan, { 'idempotency-key': mark }),
      Math.random() > GIVE_UP,
    );
    if (saved === undefined) return;
    expectStatus(saved, [200, 201]);
    const { id } = planSummary.parse(saved.json);
    note.id = id;
    if (Math.random() > EDIT) return;

    const edit = { title: `Plan ${mark}, edited`, acknowledged: false };
    note.edit = edit;
    const patch = (): Promise<Answer> =>
      browser.send('PATCH', `/v1/plans/${id}`, { title: edit.title }, { 'if-match': '"1"' });
    const edited = await insist(patch, Math.random() > GIVE_UP);
    if (edited === undefined) return;
    expectStatus(edited, [200, 409]);
    // an answer that got lost: the second try finds its own edit
    if (edited.status === 409 && planConflict.parse(edited.json).current.title !== edit.title)
      throw new Error('someone else edited it');
    edit.acknowledged = true;
  };

  const begin = async (browser: Browser, mark: string): Promise<void> => {
    const note: StartedNote = { mark };
    runs.push(note);
    const started = await insist(
      () =>
        browser.send('POST', '/v1/intent', { goal: mark }, { 'idempotency-key': mark.replaceAll(' ', '-') }),
      Math.random() > GIVE_UP,
    );
    if (started === undefined) return;
    expectStatus(started, [202]);
    const { id } = hostedSummary.parse(started.json);
    note.id = id;
    if (Math.random() > CANCEL) return;
    await sleep(Math.random() * 300);
    const cancelled = await insist(() => browser.send('DELETE', `/v1/intent/${id}`), true);
    if (cancelled !== undefined) expectStatus(cancelled, [202]);
    note.cancelled = true;
  };

  const openRuns = async (browser: Browser): Promise<number> => {
    const page = await insist(() => browser.send('GET', '/v1/intent'), true);
    const { runs: listed } = z.object({ runs: z.array(hostedSummary) }).parse(page?.json);
    return listed.filter(({ state }) => !isOver(state)).length;
  };

  const saver = async (browser: Browser, who: number): Promise<void> => {
    for (let n = 0; !stopping; n += 1) {
      await save(browser, `save-${who}-${n}`);
      await sleep(Math.random() * 120);
    }
  };
  const starter = async (browser: Browser, who: number): Promise<void> => {
    for (let n = 0; !stopping; n += 1) {
      if ((await openRuns(browser)) < MAX_OPEN_RUNS)
        await begin(browser, `turn merged pull requests into release notes ${who} ${n}`);
      await sleep(100 + Math.random() * 300);
    }
  };

  const people = (count: number, name: string): Promise<Browser[]> =>
    Promise.all(Array.from({ length: count }, (_, i) => new Browser(urlOf).signUp(`${name}-${i}`)));
  const [savers, starters] = [await people(SAVERS, 'saver'), await people(STARTERS, 'starter')];
  const publishers = await startPublishers(urlOf, insist);
  const all = Promise.all([...savers.map(saver), ...starters.map(starter)]);
  // told by `stop`
  all.catch(() => undefined);

  return {
    saves,
    runs,
    bundles: publishers.bundles,
    absent: publishers.absent,
    installed: publishers.installed,
    unanswered: () => unanswered,
    stop: async () => {
      stopping = true;
      await Promise.all([all, publishers.stop()]);
    },
  };
}
