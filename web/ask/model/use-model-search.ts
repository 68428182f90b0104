import { type KeyboardEvent, useState } from 'react';
import type { ModelSearchProps } from './model-field-props.ts';
import { groupModels, type ModelGroup, OTHER } from './model-groups.ts';
import { holdsKey, isModelId } from './model-id.ts';

export interface ModelSearch {
  /** Undefined: nothing was typed yet. */
  readonly query: string | undefined;
  readonly groups: readonly ModelGroup[];
  /** Ids in the order of the list, then `OTHER`. */
  readonly options: readonly string[];
  readonly active: string | undefined;
  /** An id as typed that is in no list; empty: none. */
  readonly own: string;
  /** What was typed looks like a key. */
  readonly refused: boolean;
  readonly open: (active: string | undefined) => void;
  readonly close: () => void;
  readonly take: (option: string | undefined) => void;
  readonly search: (text: string) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };

/** What is searched for, which option is active, and what keys do to both. */
export function useModelSearch(props: SearchParts): ModelSearch {
  const { models, model, atHand, opened, onOpened, onModel, onOther } = props;
  const [query, setQuery] = useState<string>();
  const [active, setActive] = useState<string>();
  const [refused, setRefused] = useState(false);
  const groups = opened ? groupModels(models, atHand, query ?? '') : [];
  const options = [...groups.flatMap((group) => group.models.map(({ id }) => id)), OTHER];
  const typed = query?.trim() ?? '';
  const own = isModelId(typed) && !models.some(({ id }) => id === typed) ? typed : '';

  const open = (at: string | undefined): void => {
    onOpened(true);
    setActive(at);
  };
  const close = (): void => {
    onOpened(false);
    setQuery(undefined);
    setActive(undefined);
    setRefused(false);
  };
  const take = (option: string | undefined): void => {
    close();
    const id = option === OTHER ? own : option;
    if (id === '') onOther();
    else if (id !== undefined) onModel(id);
  };
  const search = (text: string): void => {
    const isKey = holdsKey(text);
    setRefused(isKey);
    setQuery(isKey ? undefined : text);
    if (!isKey) open(groupModels(models, atHand, text)[0]?.models[0]?.id ?? OTHER);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    const isEnter = event.key === 'Enter' && !event.ctrlKey && !event.metaKey;
    if (event.nativeEvent.isComposing || (step === undefined && !isEnter && event.key !== 'Escape')) return;
    // Enter is never the form's: in a field beside the key it would start a run that costs money.
    if (opened || event.key !== 'Escape') event.preventDefault();
    if (event.key === 'Escape') close();
    else if (!opened) open(model);
    else if (step === undefined) take(active);
    else setActive(moved(options, active, step));
  };
  return { query, groups, options, active, own, refused, open, close, take, search, onKeyDown };
}

type SearchParts = Omit<ModelSearchProps, 'field' | 'disabled' | 'problem'>;

/** Single steps go round, pages stop at the ends. */
function moved(options: readonly string[], active: string | undefined, step: number): string | undefined {
  const at = active === undefined ? -1 : options.indexOf(active);
  if (at < 0) return step > 0 ? options[0] : options.at(-1);
  if (Math.abs(step) > 1) return options[Math.min(options.length - 1, Math.max(0, at + step))];
  return options.at((at + step) % options.length);
}
