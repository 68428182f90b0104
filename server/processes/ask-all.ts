import type { MetricList } from './calls.ts';
import type { Member } from './fork-member.ts';
import type { MetricsSum } from './metrics-sum.ts';

/** How long a member may take to say how it is. */
const ANSWER_MS = 2000;
const SILENT = 'A process of this server does not answer.';

type Roster = ReadonlyMap<number, Member>;

/** Those that serve. */
export function listeners(members: Roster): readonly Member[] {
  return [...members.values()].filter(({ listenedAt }) => listenedAt !== undefined);
}

/** Why a server of so many members should get no traffic. */
export async function ready(
  members: Roster,
  of: { readonly processes: number; readonly notReady: () => Promise<string | undefined> },
): Promise<string | undefined> {
  const serving = listeners(members);
  if (serving.length < of.processes) return 'A process of this server is starting.';
  const answers = await Promise.all([
    of.notReady(),
    ...serving.map(({ channel }) => within(channel.ask('ready', {}), SILENT)),
  ]);
  return answers.find((answer) => answer !== undefined);
}

/** Of a member that says nothing, what it said last. */
export async function metrics(members: Roster, sum: MetricsSum): Promise<readonly MetricList[]> {
  const asked = [...members.values()].map(async (member) => {
    const seen = await within(member.channel.ask('metrics', {}), undefined);
    // it may have died meanwhile
    if (seen !== undefined && members.get(member.number) === member) sum.saw(member.number, seen);
  });
  await Promise.all(asked);
  return sum.all();
}

/** What a member says, or `otherwise` when it says nothing in time. */
async function within<T, U>(answer: Promise<T>, otherwise: U): Promise<T | U> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<U>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), ANSWER_MS);
  });
  try {
    return await Promise.race([answer.catch(() => otherwise), late]);
  } finally {
    clearTimeout(timer);
  }
}
