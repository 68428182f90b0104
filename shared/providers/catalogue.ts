import type { Vendor } from './vendor.ts';
import { ANTHROPIC } from './vendors/anthropic.ts';
import { AZURE } from './vendors/azure.ts';
import { BEDROCK } from './vendors/bedrock.ts';
import { BEDROCK_CONVERSE } from './vendors/bedrock-converse.ts';
import { COHERE } from './vendors/cohere.ts';
import { DEEPSEEK } from './vendors/deepseek.ts';
import { FIREWORKS } from './vendors/fireworks.ts';
import { GOOGLE } from './vendors/google.ts';
import { GROQ } from './vendors/groq.ts';
import { MISTRAL } from './vendors/mistral.ts';
import { OPENAI } from './vendors/openai.ts';
import { OPENROUTER } from './vendors/openrouter.ts';
import { SANDBOX } from './vendors/sandbox.ts';
import { TOGETHER } from './vendors/together.ts';
import { XAI } from './vendors/xai.ts';

/** Every provider that Oneturn knows, in the order in which the page lists them. */
export const VENDORS: readonly Vendor[] = [
  SANDBOX,
  ANTHROPIC,
  OPENAI,
  OPENROUTER,
  GOOGLE,
  GROQ,
  AZURE,
  BEDROCK,
  BEDROCK_CONVERSE,
  COHERE,
  DEEPSEEK,
  MISTRAL,
  XAI,
  TOGETHER,
  FIREWORKS,
];

/** Finds built-in providers only. The operator's own endpoints are added by the server, see `endpointToVendor`. */
export function vendorById(id: string): Vendor | undefined {
  return VENDORS.find((vendor) => vendor.id === id);
}
