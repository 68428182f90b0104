import { ANTHROPIC_FAULTS } from './faults/anthropic.ts';
import { AZURE_AND_BEDROCK_FAULTS } from './faults/azure-and-bedrock.ts';
import type { HttpFault } from './faults/bodies.ts';
import { GOOGLE_FAULTS } from './faults/google.ts';
import { GROQ_AND_COHERE_FAULTS } from './faults/groq-and-cohere.ts';
import { OPENAI_FAULTS } from './faults/openai.ts';
import { OPENROUTER_FAULTS } from './faults/openrouter.ts';
import { OTHER_FAULTS } from './faults/other.ts';

/**
 * Every refusal of reference bodies that a provider is known to give, by name: vendor, status, kind. What is recorded was
 * taken over word for word, the rest follows the vendors' documentation and SDK types.
 */
export const HTTP_FAULTS = {
  ...OPENAI_FAULTS,
  ...ANTHROPIC_FAULTS,
  ...OPENROUTER_FAULTS,
  ...GOOGLE_FAULTS,
  ...GROQ_AND_COHERE_FAULTS,
  ...AZURE_AND_BEDROCK_FAULTS,
  ...OTHER_FAULTS,
} as const satisfies Readonly<Record<string, HttpFault>>;

export type HttpFaultName = keyof typeof HTTP_FAULTS;
