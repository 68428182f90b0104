import type { EventData } from '../../contract/events.ts';
import { fieldOf, lowered } from './loose-fields.ts';
import { isObject } from './read-structured.ts';
import { type JsonObject, readObjectAt } from './tolerant-json.ts';

/** How the list begins, in which there is no brace. */
const LIST = /["'“](?:items|skills)["'”]\s*:\s*\[/;
/** What stands between two items: anything else ends the list. */
const BETWEEN = /^[\s,]+/;
/** All attempts on one answer, so that hostile text costs linear time. An item is looked at once for each brace that it has. */
const BUDGET = 600_000;
const MAX_ITEMS = 20;
const MAX_NAME = 80;

/**
 * Reads the items of a plan's answer while it is written: gets each piece of text and answers with the items that are whole by now, each
 * once. They are for the eye alone: names and coverage may still be wrong, and a repaired answer has others. The plan is what counts.
 */
export function createPlannedReader(): (delta: string) => readonly EventData<'planned'>[] {
  const budget = { left: BUDGET };
  let unread = '';
  let inList = false;
  let count = 0;
  let over = false;

  const next = (): EventData<'planned'> | undefined => {
    unread = unread.replace(BETWEEN, '');
    if (unread === '') return undefined;
    if (!unread.startsWith('{') || count >= MAX_ITEMS) {
      over = true;
      return undefined;
    }
    const reading = readObjectAt(unread, 0, budget);
    if (!reading.ok) {
      over = budget.left <= 0 || reading.tooDeep;
      return undefined;
    }
    unread = unread.slice(reading.end);
    return plannedOf(reading.object, count++);
  };

  return (delta) => {
    if (over) return [];
    unread += delta;
    // An item ends with a brace: nothing is whole without another one.
    if (!delta.includes('}')) return [];
    if (!inList) {
      const list = LIST.exec(unread);
      unread = unread.slice(list ? list.index + list[0].length : unread.lastIndexOf('}') + 1);
      if (!list) return [];
      inList = true;
    }
    const items: EventData<'planned'>[] = [];
    for (let item = next(); item !== undefined; item = next()) items.push(item);
    return items;
  };
}

function plannedOf(object: JsonObject, index: number): EventData<'planned'> {
  const name = fieldOf(object, 'name');
  const covers = fieldOf(object, 'covers');
  const isReuse = lowered(fieldOf(object, 'action')) === 'reuse' || isObject(fieldOf(object, 'ref'));
  return {
    index,
    action: isReuse ? 'reuse' : 'create',
    name: typeof name === 'string' ? name.slice(0, MAX_NAME) : '',
    covers: Array.isArray(covers)
      ? covers.filter((id): id is string => typeof id === 'string').slice(0, MAX_ITEMS)
      : [],
  };
}
