import type { MarkedToken, Tokens } from 'marked';
import { createElement, type ReactElement, type ReactNode } from 'react';
import { Inline, Visible } from './inline.tsx';
import type { Token } from './lex.ts';

export function Blocks({ tokens }: { readonly tokens: readonly Token[] }): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: the tokens of one text never change places
  return tokens.map((token, index) => <Block key={index} token={token} />);
}

function Block({ token }: { readonly token: Token }): ReactNode {
  // as: the lexer runs without extensions, so that all tokens are marked's own
  const known = token as MarkedToken;
  switch (known.type) {
    case 'space':
    case 'def':
      return null;
    case 'heading':
      // The draft's own title is an h3: the text's headings begin below it.
      return createElement(
        `h${Math.min(6, known.depth + 3)}`,
        { 'data-depth': known.depth },
        <Inline tokens={known.tokens} />,
      );
    case 'paragraph':
      return (
        <p>
          <Inline tokens={known.tokens} />
        </p>
      );
    case 'text':
      return known.tokens ? <Inline tokens={known.tokens} /> : <Visible text={known.text} />;
    case 'code':
      return <Code code={known} />;
    case 'blockquote':
      return (
        <blockquote>
          <Blocks tokens={known.tokens} />
        </blockquote>
      );
    case 'list':
      return <List list={known} />;
    case 'table':
      return <Table table={known} />;
    case 'hr':
      return <hr />;
    case 'html':
      return (
        <pre className="raw">
          <Visible text={known.raw} />
        </pre>
      );
    default:
      return (
        <p>
          <Visible text={token.raw} />
        </p>
      );
  }
}

function Code({ code }: { readonly code: Tokens.Code }): ReactElement {
  return (
    <section
      className="code"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={code.lang ? `Code, ${code.lang.slice(0, 40)}` : 'Code'}
    >
      <pre>
        <code>
          <Visible text={code.text} />
        </code>
      </pre>
    </section>
  );
}

function List({ list }: { readonly list: Tokens.List }): ReactElement {
  const items = list.items.map((item, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the tokens of one text never change places
    <li key={index} className={item.task ? 'task' : undefined}>
      {item.task && (
        <span
          className="box"
          role="img"
          aria-label={item.checked ? 'done' : 'not done'}
          data-checked={item.checked || undefined}
        />
      )}
      <Blocks tokens={item.tokens.filter(({ type }) => type !== 'checkbox')} />
    </li>
  ));
  return list.ordered ? <ol start={list.start === '' ? 1 : list.start}>{items}</ol> : <ul>{items}</ul>;
}

function Table({ table }: { readonly table: Tokens.Table }): ReactElement {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: wide tables scroll, and a box that scrolls must be reachable by keyboard
    <section className="table" tabIndex={0} aria-label="Table">
      <table>
        <thead>
          <tr>
            {table.header.map((cell, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the cells of one text never change places
              <th key={index} scope="col">
                <Inline tokens={cell.tokens} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows of one text never change places
            <tr key={index}>
              {row.map((cell, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the cells of one text never change places
                <td key={at}>
                  <Inline tokens={cell.tokens} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
