/** Numbers as the browser's language writes them; the words around them are English, and units are those that every language has. */
const whole = new Intl.NumberFormat();
const tenths = new Intl.NumberFormat(undefined, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const short = new Intl.NumberFormat(undefined, { notation: 'compact', maximumSignificantDigits: 2 });
const usdWith = (digits: Intl.NumberFormatOptions): Intl.NumberFormat =>
  new Intl.NumberFormat(undefined, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    ...digits,
  });
const cents = usdWith({});
const noUsd = usdWith({ maximumFractionDigits: 0 });
const smallUsd = usdWith({ maximumSignificantDigits: 2, minimumSignificantDigits: 2 });

/** All digits with separators: `12,345`. */
export function formatTokens(count: number): string {
  return whole.format(count);
}

/** A number with exactly one decimal, as scores have it. */
export function formatTenths(value: number): string {
  return tenths.format(value);
}

/** `940`, `9.3K`, `1M`: for lists, where the size matters and not the digits. */
export function formatShort(count: number): string {
  return short.format(count);
}

/** `128K`, `1M`: what a model can hold, as vendors name it in every language, also where they count in 1024s. */
export function formatContext(count: number): string {
  const base = count % 1000 === 0 || count % 1024 !== 0 ? 1000 : 1024;
  const thousands = Math.round(count / base);
  return thousands < 1000 ? `${thousands}K` : `${Number((thousands / base).toFixed(2))}M`;
}

/** Small amounts keep two digits that mean something: `$0.0037`. Unknown is a word, never 0. */
export function formatUsd(usd: number | null): string {
  if (usd === null) return 'cost unknown';
  if (usd === 0) return noUsd.format(0);
  return (usd < 0.1 ? smallUsd : cents).format(usd);
}

/** A length of time from ms: `4.2 s`, `3 min 07 s`. Negative ones are 0. */
export function formatSeconds(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 60) return `${tenths.format(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${String(Math.floor(seconds % 60)).padStart(2, '0')} s`;
}

/** `14 s`, `3 min`, `2 h`: how long ago something was. */
export function formatAge(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  return `${Math.floor(seconds / 3600)} h`;
}

/** `just now`, `14 s ago`, `3 d ago`. */
export function formatAgo(ms: number): string {
  if (ms < 5000) return 'just now';
  const days = Math.floor(ms / 86_400_000);
  return `${days > 1 ? `${days} d` : formatAge(ms)} ago`;
}

/** The count with its noun: `1 draft`, `2 drafts`. `many` is for nouns that do not take an s. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${whole.format(count)} ${count === 1 ? one : many}`;
}
