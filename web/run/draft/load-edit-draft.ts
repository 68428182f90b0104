import { loadChunk } from '../../chunks/load-chunk.ts';

/** The rules that judge a draft are a chunk of their own: nobody needs them before a first change. */
export const loadEditDraft = () => loadChunk(() => import('../../../shared/compose/drafts/edit-draft.ts'));
