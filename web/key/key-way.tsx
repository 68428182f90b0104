import { type ReactElement, useLayoutEffect, useRef, useState } from 'react';
import styles from './key.module.css';

/** Where the key is over time: three lanes, one for each place that ever has it. Drawn to the width it gets. */
export function KeyWay({ host }: { readonly host: string }): ReactElement {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(640);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.round(entry.contentRect.width));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={box} className={styles['key-way']}>
      <Drawing width={width} host={host} />
    </div>
  );
}

const LANE = 62;
const TOP = 34;

function Drawing({ width, host }: { readonly width: number; readonly host: string }): ReactElement {
  // On a narrow box the names stand over their lanes instead of beside them.
  const narrow = width < 560;
  const left = narrow ? 0 : 148;
  const span = Math.max(0, width - left);
  const at = (part: number): number => Math.round(left + span * part);
  const [paste, turn, end] = [at(narrow ? 0.02 : 0.04), at(narrow ? 0.36 : 0.3), at(0.84)];
  const lane = (index: number): number => TOP + LANE * index + (narrow ? 34 : 26);
  const bottom = lane(2) + 28;
  // The arrow to the server begins where the first way ends: words that are longer than the way would lie under it.
  const isShort = turn - paste < 124;

  return (
    <svg
      width={width}
      height={bottom + 6}
      viewBox={`0 0 ${width} ${bottom + 6}`}
      role="img"
      aria-label={`Your key is in this tab until you press Plan, then in this server's memory until the run ends, and in the header of each call to ${host}.`}
    >
      <g className={styles['moments']}>
        <Moment x={paste} bottom={bottom} words="You paste" anchor="start" />
        <Moment x={turn} bottom={bottom} words="Plan" anchor="middle" />
        <Moment x={end} bottom={bottom} words="The run ends" anchor="middle" />
      </g>
      {[
        { name: 'This tab', note: isShort ? 'in the field' : 'in the field only', from: paste, to: turn },
        {
          name: 'This server',
          note: narrow ? 'in memory, then zeros' : 'bytes in memory, then zeros',
          from: turn,
          to: end,
        },
        { name: host, note: 'in the header of each call', from: turn, to: end },
      ].map(({ name, note, from, to }, index) => (
        <g key={name}>
          <line x1={left} x2={width} y1={lane(index)} y2={lane(index)} />
          <text className={styles['lane-name']} x={0} y={narrow ? lane(index) - 18 : lane(index) + 4}>
            {name}
          </text>
          {index < 2 ? (
            <line className={styles['held']} x1={from} x2={to} y1={lane(index)} y2={lane(index)} />
          ) : (
            <Calls from={from} to={to} y={lane(index)} />
          )}
          <text x={from + 10} y={lane(index) + (index === 2 ? 24 : 21)}>
            {note}
          </text>
          {index < 2 && <circle className={styles['gone-dot']} cx={to} cy={lane(index)} r={5} />}
        </g>
      ))}
      <path className={styles['turn']} d={`M${turn} ${lane(0) + 9}V${lane(1) - 11}`} />
      <path className={styles['turn-head']} d={`M${turn - 4} ${lane(1) - 15}l4 6 4-6`} />
      <text x={turn + 10} y={(lane(0) + lane(1)) / 2 + (narrow ? -4 : 4)}>
        sealed, once
      </text>
    </svg>
  );
}

interface MomentProps {
  readonly x: number;
  readonly bottom: number;
  readonly words: string;
  readonly anchor: 'start' | 'middle';
}

function Moment({ x, bottom, words, anchor }: MomentProps): ReactElement {
  return (
    <>
      <line x1={x} x2={x} y1={22} y2={bottom} />
      <text x={anchor === 'start' ? x - 2 : x} y={12} textAnchor={anchor}>
        {words}
      </text>
    </>
  );
}

/** A tick for each call: the provider sees the key when it is called, and answers for what it does with it. */
function Calls({
  from,
  to,
  y,
}: {
  readonly from: number;
  readonly to: number;
  readonly y: number;
}): ReactElement {
  const parts = [0.03, 0.16, 0.36, 0.4, 0.44, 0.48, 0.72, 0.78, 0.84, 0.92];
  return (
    <g className={styles['calls']}>
      {parts.map((part) => (
        <line
          key={part}
          x1={from + (to - from) * part}
          x2={from + (to - from) * part}
          y1={y - 7}
          y2={y + 7}
        />
      ))}
    </g>
  );
}
