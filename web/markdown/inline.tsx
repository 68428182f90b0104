import type { MarkedToken } from 'marked';
import type { ReactElement, ReactNode } from 'react';
import { splitHidden } from './hidden-characters.ts';
import type { Token } from './lex.ts';

export function Inline({ tokens }: { readonly tokens: readonly Token[] }): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: the tokens of one text never change places
  return tokens.map((token, index) => <Piece key={index} token={token} />);
}

/** Text with hidden characters made visible. */
export function Visible({ text }: { readonly text: string }): ReactNode {
  const stretches = splitHidden(text);
  if (stretches.every(({ hidden }) => !hidden)) return text;
  return stretches.map((stretch, index) =>
    stretch.hidden ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the stretches of one text never change places
      <mark key={index} className="hidden-character">
        {stretch.text}
      </mark>
    ) : (
      stretch.text
    ),
  );
}

function Piece({ token }: { readonly token: Token }): ReactNode {
  // as: the lexer runs without extensions, so that all tokens are marked's own
  const known = token as MarkedToken;
  switch (known.type) {
    case 'text':
      return known.tokens ? <Inline tokens={known.tokens} /> : <Visible text={decode(known.text)} />;
    case 'escape':
      return known.text;
    case 'strong':
      return (
        <strong>
          <Inline tokens={known.tokens} />
        </strong>
      );
    case 'em':
      return (
        <em>
          <Inline tokens={known.tokens} />
        </em>
      );
    case 'del':
      return (
        <del>
          <Inline tokens={known.tokens} />
        </del>
      );
    case 'codespan':
      return (
        <code>
          <Visible text={known.text} />
        </code>
      );
    case 'br':
      return <br />;
    case 'link':
      return <Anchor href={known.href}>{<Inline tokens={known.tokens} />}</Anchor>;
    case 'image':
      return <NoImage text={known.text} href={known.href} />;
    default:
      return <Visible text={token.raw} />;
  }
}

/** A link shows where it goes, and goes nowhere without a click. What is not a web address stays text. */
function Anchor({ href, children }: { readonly href: string; readonly children: ReactNode }): ReactElement {
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
      <a href={href} target="_blank" rel="noopener noreferrer nofollow" referrerPolicy="no-referrer">
        {children}
      </a>{' '}
      <span className="link-host">{host}</span>
    </>
  );
}

/** A picture's address can carry the goal to a stranger: none is ever loaded. */
function NoImage({ text, href }: { readonly text: string; readonly href: string }): ReactElement {
  return (
    <span className="no-image">
      picture not loaded: <Visible text={text || 'no title'} />{' '}
      <span className="link-host">{hostOf(href) ?? href.slice(0, 80)}</span>
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

/** The lexer leaves entities as they are; the few that models write. Named ones beyond these stay as text. */
function decode(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|nbsp|#\d{1,7}|#x[\da-f]{1,6});/gi, (entity, name: string) => {
    const named = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0' }[name.toLowerCase()];
    if (named !== undefined) return named;
    const code =
      name.startsWith('#x') || name.startsWith('#X')
        ? Number.parseInt(name.slice(2), 16)
        : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : entity;
  });
}
