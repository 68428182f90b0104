import type { Finding } from '../../contract/plan.ts';
import type { SkillDocument } from '../document/document.ts';

/**
 * Pairs of letters that make up four fifths of English text, and well over half of German, French, Spanish, Polish and similar languages.
 */
const COMMON_PAIRS = new Set(
  'th he in er an re on at en nd ti es or te of ed is it al ar st to nt ng se ha as ou io le ve co me de hi ri ro ic ne ea ra ce li ch ll be ma si om ur ca el ta la ns di fo ho pe ec pr no ct us ac ot il tr ly nc et ut ss so rs un lo wa ge ie wh ee wi em ad ol rt po we na ul ni ts mo ow pa im mi ai sh ir su id os iv ia am fi ci vi pl ig tu ev ld ry mp fe bl ab gh ty op wo sa ay ex ke fr oo av ag if ap gr od bo sp rd do uc bu ei ov by rm ep tt oc fa ef cu rn sc gi da yo cr cl du ga qu ue ff ba ey ls va um pp ua up lu go ht ru ug ds lt pi rc rr eg au ck ew mu br bi pt ak pu ui rg ib tl ny ki rk ys ob mm fu ph og ms ye ud mb ip ub oi rl gu dr hr cc tw ft wn nu af hu nn eo vo rv nf xp gn sm fl iz ok nl my gl aw ju oa eq sy sl ps jo lf nv je nk kn gs dy hy ze ks xt bs ik dd pt rp sk xi oe oy ws lv dl rf eu dg wr xa yi nm eb rb tm xc eh tc gy ja hn yp za gg ym sw bj lm cs ii ix xe oh lk dv lp ax ox uf dm iu sf bt ka yt ek pm ya gt wl rh yl hs ah yc yb ao dz sz cz ie je rz ij aa ää ön ch'.split(
    ' ',
  ),
);
const MIN_PAIRS = 60;
const MIN_SHARE = 0.62;
const MIN_WORDS = 40;
const MAX_READ_CHARS = 12_000;

/** A body of random characters, or of the same few words over and over. Only letters of Latin script can be judged by their pairs. */
export function gibberishFindings({ passages }: SkillDocument, line: number): readonly Finding[] {
  let text = '';
  for (const passage of passages) {
    if (passage.kind !== 'comment') text += ` ${passage.text}`;
    if (text.length > MAX_READ_CHARS) break;
  }
  // Code, addresses, paths and names are not words.
  const prose = text
    .slice(0, MAX_READ_CHARS)
    .replaceAll(/`[^`]{0,400}`|https?:\/\/\S{1,400}|\S{0,60}[/\\_]\S{0,60}/g, ' ');
  const what = saysNothing(prose);
  return what === undefined
    ? []
    : [
        {
          rule: 'quality.body.gibberish',
          severity: 'error',
          line,
          message: what,
          fix: 'Write the draft again.',
        },
      ];
}

function saysNothing(prose: string): string | undefined {
  const words = prose.toLowerCase().match(/[\p{L}\p{M}]{2,400}/gu) ?? [];
  let pairs = 0;
  let common = 0;
  for (const word of words) {
    for (let at = 0; at + 1 < word.length; at++) {
      const pair = word.slice(at, at + 2);
      if (!/^[a-zà-ž]{2}$/.test(pair)) continue;
      pairs += 1;
      if (COMMON_PAIRS.has(pair.normalize('NFD').replaceAll(/\p{M}/gu, '').slice(0, 2))) common += 1;
    }
  }
  if (pairs >= MIN_PAIRS && common / pairs < MIN_SHARE)
    return 'The body is not made of words: it looks like random characters.';

  const letters = prose.match(/[\p{L}\p{M}]/gu)?.length ?? 0;
  const visible = prose.match(/[^\s|*#>-]/gu)?.length ?? 0;
  const scripts = scriptsIn(words);
  if (visible > 200 && letters / visible < 0.35 && words.length < visible / 12)
    return 'The body is not made of words: it is mostly signs and digits.';
  if (scripts > 4 && letters > 100)
    return 'The body is not made of words: it mixes the letters of many scripts.';
  if (words.length >= MIN_WORDS && new Set(words).size / words.length < 0.06)
    return 'The body says the same few words over and over.';
  return undefined;
}

function scriptsIn(words: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const word of words) {
    const script = SCRIPTS.find(([, pattern]) => pattern.test(word))?.[0];
    if (script !== undefined) counts.set(script, (counts.get(script) ?? 0) + 1);
  }
  return [...counts.values()].filter((count) => count > words.length / 20).length;
}
const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ['latin', /\p{Script=Latin}/u],
  ['cyrillic', /\p{Script=Cyrillic}/u],
  ['greek', /\p{Script=Greek}/u],
  ['arabic', /\p{Script=Arabic}/u],
  ['hebrew', /\p{Script=Hebrew}/u],
  ['thai', /\p{Script=Thai}/u],
  ['hangul', /\p{Script=Hangul}/u],
  ['indic', /\p{Script=Devanagari}/u],
  ['han', /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u],
];
