import type { Kind } from '../verbs.ts';
import { act } from './act.ts';
import { analyze } from './analyze.ts';
import { build } from './build.ts';
import { communicate } from './communicate.ts';
import { fix } from './fix.ts';
import { gather } from './gather.ts';
import { organize } from './organize.ts';
import { plan } from './plan.ts';
import type { Recipe } from './recipe.ts';
import { review } from './review.ts';
import { transform } from './transform.ts';
import { write } from './write.ts';

export const RECIPES: Readonly<Record<Kind, Recipe>> = {
  gather,
  transform,
  write,
  review,
  analyze,
  organize,
  plan,
  communicate,
  build,
  fix,
  act,
};
