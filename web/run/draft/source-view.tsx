import { type ReactElement, useEffect, useRef, useState } from 'react';
import { Visible } from '../../markdown/inline.tsx';
import styles from './draft-view.module.css';

/** Lines are elements of their own; more of them at once would make the page slow. */
const LINES_AT_ONCE = 1500;
const MAX_LINE_CHARS = 5000;

/** The SKILL.md as it will be saved, with line numbers; `line` is the one that a finding speaks of. */
export function SourceView({
  text,
  line,
}: {
  readonly text: string;
  readonly line: number | undefined;
}): ReactElement {
  const lines = text.split('\n');
  const [shown, setShown] = useState(Math.max(LINES_AT_ONCE, line ?? 0));
  const marked = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (line !== undefined) marked.current?.scrollIntoView({ block: 'center' });
  }, [line]);

  return (
    <>
      <ol className={styles['source']}>
        {lines.slice(0, shown).map((content, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is told by its number
            key={index}
            ref={index + 1 === line ? marked : undefined}
            aria-current={index + 1 === line || undefined}
          >
            <Visible
              text={
                content.length > MAX_LINE_CHARS
                  ? `${content.slice(0, MAX_LINE_CHARS)} … ${content.length - MAX_LINE_CHARS} more characters`
                  : content
              }
            />
          </li>
        ))}
      </ol>
      {shown < lines.length && (
        <button type="button" className="plain" onClick={() => setShown(shown + LINES_AT_ONCE)}>
          Show {Math.min(LINES_AT_ONCE, lines.length - shown)} more lines
        </button>
      )}
    </>
  );
}
