import { CHAT_ENDS } from './cases/chat-ends.ts';
import { CHAT_TEXT } from './cases/chat-text.ts';
import { CHAT_VENDORS } from './cases/chat-vendors.ts';
import { CONVERSE } from './cases/converse.ts';
import { GEMINI } from './cases/gemini.ts';
import { MESSAGES } from './cases/messages.ts';
import { REPORTED_CHAT } from './cases/reported-chat.ts';
import { REPORTED_OTHERS } from './cases/reported-others.ts';
import { RESPONSES } from './cases/responses.ts';
import type { StreamCase } from './cases/stream-case.ts';

/** Written down before the readers had seen them; what they read wrongly then is what mended them. */
export const SIBLING_STREAMS: readonly StreamCase[] = [
  ...CHAT_ENDS,
  ...CHAT_TEXT,
  ...CHAT_VENDORS,
  ...MESSAGES,
  ...RESPONSES,
  ...GEMINI,
  ...CONVERSE,
  ...REPORTED_CHAT,
  ...REPORTED_OTHERS,
];
