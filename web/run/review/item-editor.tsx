import { type ReactElement, useState } from 'react';
import type { PlanItem } from '../../../shared/contract/plan.ts';
import { ChevronIcon } from '../../ui/icons.tsx';
import { Menu, type MenuItem } from '../../ui/menu.tsx';
import { fileLines, type Offer, toFiles, toLines, toName, toTools } from './plan-edits.ts';
import styles from './review.module.css';

export interface ItemEdits {
  readonly onChange: (id: string, change: Partial<PlanItem>) => void;
  readonly onMove: (id: string, by: -1 | 1) => void;
  readonly onMerge: (id: string) => void;
  readonly onReuse: (id: string, offer: Offer) => void;
  readonly onWrite: (id: string) => void;
  readonly onDrop: (item: PlanItem) => void;
}

interface ItemEditorProps extends ItemEdits {
  readonly item: PlanItem;
  readonly first: boolean;
  readonly last: boolean;
  /** What it is there for, in the words of the goal. */
  readonly needs: string;
  readonly offers: readonly Offer[];
}

/** One skill of a plan that is looked at: what it is called, when it is loaded, what it has to say, what it may use. */
export function ItemEditor(props: ItemEditorProps): ReactElement {
  const { item, first, last, needs, onChange, onMove } = props;
  const { id, action, name, description, ref } = item;
  const isNew = action === 'create';
  return (
    <li className={styles['item']} aria-label={name} data-item={id} tabIndex={-1}>
      <div className={styles['head']}>
        {isNew ? (
          <input
            className="skill-name"
            aria-label="Name"
            value={name}
            spellCheck={false}
            onChange={({ target }) => onChange(id, { name: toName(target.value) })}
          />
        ) : (
          <span className="skill-name">{name}</span>
        )}
        <span className={isNew ? 'tag new' : 'tag'}>
          {isNew ? 'new' : `reused · ${ref?.owner ?? ''} ${ref?.version ?? ''}`}
        </span>
        <span className={styles['moves']}>
          <button
            type="button"
            className={`plain ${styles['up']}`}
            aria-label={`Move ${name} up`}
            disabled={first}
            onClick={() => onMove(id, -1)}
          >
            <ChevronIcon />
          </button>
          <button
            type="button"
            className="plain"
            aria-label={`Move ${name} down`}
            disabled={last}
            onClick={() => onMove(id, 1)}
          >
            <ChevronIcon />
          </button>
          <Menu label={`More for ${name}`} items={menuOf(props)}>
            <span aria-hidden="true">···</span>
          </Menu>
        </span>
      </div>
      {needs && <p className="small soft">{needs}</p>}
      {isNew ? <NewFields item={item} onChange={onChange} /> : <p className="small">{description}</p>}
    </li>
  );
}

function NewFields({ item, onChange }: Pick<ItemEditorProps, 'item' | 'onChange'>): ReactElement {
  const { id, description, outline, allowedTools } = item;
  // As it is typed: a line that is still empty and a tool that is half written are no list yet.
  const [lines, setLines] = useState(outline.join('\n'));
  const [tools, setTools] = useState(allowedTools.join(' '));
  const [files, setFiles] = useState(fileLines(item).join('\n'));
  return (
    <>
      <label className="field">
        <span className="label">What it does, and when to use it</span>
        <textarea
          rows={3}
          maxLength={1024}
          value={description}
          onChange={({ target }) => onChange(id, { description: target.value })}
        />
      </label>
      <details className="small" open={outline.length === 0}>
        <summary>Outline, files and tools</summary>
        <label className="field">
          <span className="label">Outline, a line for each point</span>
          <textarea
            rows={Math.min(8, Math.max(3, lines.split('\n').length))}
            value={lines}
            onChange={({ target }) => {
              setLines(target.value);
              onChange(id, { outline: toLines(target.value) });
            }}
          />
        </label>
        <label className="field">
          <span className="label">Files beside it, a line each: path, then what it is for</span>
          <textarea
            className="mono"
            rows={Math.max(1, files.split('\n').length)}
            value={files}
            spellCheck={false}
            onChange={({ target }) => {
              setFiles(target.value);
              onChange(id, { files: toFiles(target.value) });
            }}
          />
          {toFiles(files).length < files.split('\n').filter((line) => line.trim() !== '').length && (
            <span className="small soft">
              A file is a text in scripts/ or references/, such as scripts/read-log.py; six at most.
            </span>
          )}
        </label>
        <label className="field">
          <span className="label">Allowed tools, such as Read or Bash(git log:*)</span>
          <input
            className="mono"
            value={tools}
            spellCheck={false}
            onChange={({ target }) => {
              setTools(target.value);
              onChange(id, { allowedTools: toTools(target.value) });
            }}
          />
        </label>
      </details>
    </>
  );
}

function menuOf({
  item,
  first,
  offers,
  onMerge,
  onReuse,
  onWrite,
  onDrop,
}: ItemEditorProps): readonly MenuItem[] {
  const others = offers.filter(({ name }) => name !== item.ref?.name).slice(0, 4);
  return [
    ...(first ? [] : [{ label: 'Merge into the one above', onSelect: () => onMerge(item.id) }]),
    ...(item.action === 'reuse'
      ? [{ label: 'Write it anew instead', onSelect: () => onWrite(item.id) }]
      : others.map((offer) => ({
          label: `Reuse ${offer.name} instead`,
          onSelect: () => onReuse(item.id, offer),
        }))),
    { label: 'Drop', tone: 'bad' as const, onSelect: () => onDrop(item) },
  ];
}
