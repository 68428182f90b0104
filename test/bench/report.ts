export type Cell = string | number;

export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** One promise of the project. `met` undefined: it could not be measured here. */
export interface Aim {
  readonly what: string;
  readonly aim: string;
  readonly measured: string;
  readonly met: boolean | undefined;
}

export interface PartResult {
  readonly tables: readonly Table[];
  readonly aims: readonly Aim[];
  /** What was left out and why, and how to read the figures. */
  readonly notes: readonly string[];
}

export interface BenchOptions {
  /** Fewer rounds: for a look, not for a claim. */
  readonly quick: boolean;
}

export type Part = (options: BenchOptions) => Promise<PartResult>;

/** Three significant digits, the way a figure is read aloud. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '-';
  const size = Math.abs(value);
  if (size >= 100) return Math.round(value).toLocaleString('en');
  return value.toFixed(size >= 10 ? 1 : 2);
}

export function ratio(value: number): string {
  return Number.isFinite(value) ? `${value.toFixed(2)} x` : '-';
}

export function aimBelow(what: string, value: number, limit: number, unit: string): Aim {
  const shown = (number: number): string => (unit === 'x' ? ratio(number) : `${figure(number)} ${unit}`);
  return {
    what,
    aim: `<= ${shown(limit)}`,
    measured: shown(value),
    met: Number.isFinite(value) ? value <= limit : undefined,
  };
}

export function printPart({ tables, notes }: PartResult): void {
  for (const { title, columns, rows } of tables) {
    console.log(`\n  ${title}`);
    printRows([columns, ...rows]);
  }
  for (const note of notes) console.log(`  ${note}`);
}

export function printAims(parts: ReadonlyMap<string, PartResult>): void {
  const rows = [...parts].flatMap(([letter, { aims }]) =>
    aims.map(({ what, aim, measured, met }) => [
      `(${letter})`,
      what,
      aim,
      measured,
      met === undefined ? 'not measured' : met ? 'met' : 'NOT MET',
    ]),
  );
  console.log('\nSummary');
  printRows([['part', 'what', 'aim', 'measured', ''], ...rows]);
}

function printRows(rows: readonly (readonly Cell[])[]): void {
  const text = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? figure(cell) : cell)));
  const widths = text[0]?.map((_, column) => Math.max(...text.map((row) => row[column]?.length ?? 0))) ?? [];
  const numeric =
    text[0]?.map((_, column) => rows.slice(1).some((row) => typeof row[column] === 'number')) ?? [];
  text.forEach((row, index) => {
    const cells = row.map((cell, column) =>
      numeric[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
    );
    console.log(`  ${cells.join('  ')}`.trimEnd());
    if (index === 0) console.log(`  ${widths.map((width) => '-'.repeat(width)).join('  ')}`);
  });
}
