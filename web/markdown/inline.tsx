import { createContext, createElement, type ReactElement, type ReactNode, useContext } from 'react';
import { splitHidden } from './hidden-characters.ts';
import styles from './markdown.module.css';
import type { Inline as InlineNode } from './nodes.ts';

/** True inside of a preview: links show their address and cannot be followed. */
export const LinksAreText = createContext(false);

/** Draws inline Markdown as elements, never as HTML text. */
export function Inline({ content }: { readonly content: readonly InlineNode[] }): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never change places
  return content.map((piece, index) => <Piece key={index} piece={piece} />);
}

/** Text with hidden characters made visible. */
export function Visible({ text }: { readonly text: string }): ReactNode {
  const stretches = splitHidden(text);
  if (stretches.every(({ hidden }) => !hidden)) return text;
  return stretches.map((stretch, index) =>
    stretch.hidden ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the stretches of one text never change places
      <mark key={index} className={styles['hidden-character']}>
        {stretch.text}
      </mark>
    ) : (
      stretch.text
    ),
  );
}

function Piece({ piece }: { readonly piece: InlineNode }): ReactNode {
  switch (piece.kind) {
    case 'text':
      return <Visible text={piece.text} />;
    case 'strong':
    case 'em':
    case 'del':
      return createElement(piece.kind, null, <Inline content={piece.content} />);
    case 'code':
      return (
        <code>
          <Visible text={piece.text} />
        </code>
      );
    case 'break':
      return <br />;
    case 'link':
      return (
        <Anchor href={piece.href}>
          <Inline content={piece.content} />
        </Anchor>
      );
    case 'image':
      return <NoImage text={piece.text} href={piece.href} />;
  }
}

/** A link shows where it goes, and goes nowhere without a click. What is not a web address stays text. */
function Anchor({ href, children }: { readonly href: string; readonly children: ReactNode }): ReactElement {
  const isText = useContext(LinksAreText);
  const host = hostOf(href);
  if (host === undefined) {
    return (
      <>
        {children} <code className="soft">{href}</code>
      </>
    );
  }
  return (
    <>
      {isText ? (
        <u>{children}</u>
      ) : (
        <a href={href} target="_blank" rel="noopener noreferrer nofollow" referrerPolicy="no-referrer">
          {children}
        </a>
      )}{' '}
      <span className={styles['link-host']}>{host}</span>
    </>
  );
}

/** A picture's address can carry the goal to a stranger: none is ever loaded. */
function NoImage({ text, href }: { readonly text: string; readonly href: string }): ReactElement {
  return (
    <span className={styles['no-image']}>
      picture not loaded: <Visible text={text || 'no title'} />{' '}
      <span className={styles['link-host']}>{hostOf(href) ?? href.slice(0, 80)}</span>
    </span>
  );
}

/** The host as the browser will ask for it (xn-- where it has foreign letters); undefined when it is no web address. */
function hostOf(href: string): string | undefined {
  try {
    const url = new URL(href);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.host : undefined;
  } catch {
    return undefined;
  }
}
