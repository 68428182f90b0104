import type { PublishedSkill } from '../skills/published-skill.ts';
import { MINUTES_FROM_TRANSCRIPT } from './builtin/minutes-from-transcript.ts';
import { PROFILE_CSV } from './builtin/profile-csv.ts';
import { REPLY_TO_MESSAGE } from './builtin/reply-to-message.ts';
import { REVIEW_DIFF } from './builtin/review-diff.ts';
import { WRITE_COMMIT_MESSAGE } from './builtin/write-commit-message.ts';

/** Published skills that every Oneturn has from the start, so that a plan has something to reuse. */
export const BUILTIN_CATALOG: readonly PublishedSkill[] = [
  WRITE_COMMIT_MESSAGE,
  REVIEW_DIFF,
  PROFILE_CSV,
  MINUTES_FROM_TRANSCRIPT,
  REPLY_TO_MESSAGE,
];
