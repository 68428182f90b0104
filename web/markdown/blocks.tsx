import { createElement, type ReactElement, type ReactNode } from 'react';
import { Inline, Visible } from './inline.tsx';
import styles from './markdown.module.css';
import type { Block as BlockNode, Inline as InlineNode } from './nodes.ts';

export function Blocks({ blocks }: { readonly blocks: readonly BlockNode[] }): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of one text never change places
  return blocks.map((block, index) => <Block key={index} block={block} />);
}

function Block({ block }: { readonly block: BlockNode }): ReactNode {
  switch (block.kind) {
    case 'heading':
      // The draft's own title is an h3: the text's headings begin below it.
      return createElement(
        `h${Math.min(6, block.depth + 3)}`,
        { 'data-depth': block.depth },
        <Inline content={block.content} />,
      );
    case 'paragraph':
      return (
        <p>
          <Inline content={block.content} />
        </p>
      );
    case 'line':
      return <Inline content={block.content} />;
    case 'code':
      return <Code language={block.language} text={block.text} />;
    case 'quote':
      return (
        <blockquote>
          <Blocks blocks={block.blocks} />
        </blockquote>
      );
    case 'list':
      return <List list={block} />;
    case 'table':
      return <Table head={block.head} rows={block.rows} />;
    case 'rule':
      return <hr />;
    case 'raw':
      return (
        <pre className={styles['raw']}>
          <Visible text={block.text} />
        </pre>
      );
  }
}

function Code({ language, text }: { readonly language: string; readonly text: string }): ReactElement {
  return (
    <section
      className={styles['code']}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={language ? `Code, ${language.slice(0, 40)}` : 'Code'}
    >
      <pre>
        <code>
          <Visible text={text} />
        </code>
      </pre>
    </section>
  );
}

function List({ list }: { readonly list: BlockNode & { kind: 'list' } }): ReactElement {
  const items = list.items.map(({ blocks, checked }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the items of one text never change places
    <li key={index} className={checked === undefined ? undefined : styles['task']}>
      {checked !== undefined && (
        <span
          className={styles['box']}
          role="img"
          aria-label={checked ? 'done' : 'not done'}
          data-checked={checked || undefined}
        />
      )}
      <Blocks blocks={blocks} />
    </li>
  ));
  return list.start === undefined ? <ul>{items}</ul> : <ol start={list.start}>{items}</ol>;
}

interface TableProps {
  readonly head: readonly (readonly InlineNode[])[];
  readonly rows: readonly (readonly (readonly InlineNode[])[])[];
}

function Table({ head, rows }: TableProps): ReactElement {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: wide tables scroll, and a box that scrolls must be reachable by keyboard
    <section className={styles['table']} tabIndex={0} aria-label="Table">
      <table>
        <thead>
          <tr>
            {head.map((cell, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the cells of one text never change places
              <th key={index} scope="col">
                <Inline content={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows of one text never change places
            <tr key={index}>
              {row.map((cell, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the cells of one text never change places
                <td key={at}>
                  <Inline content={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
