/**
 * How files of settings name a provider's key: the names that its own tools read, and the words by which other names are known as
 * that provider's (`MY_OPENAI_API_KEY_2`). By ids in the catalogue; an operator's own endpoint has its id for a word.
 */
interface KeyNames {
  readonly names: readonly string[];
  readonly words: readonly string[];
}

const BEDROCK: KeyNames = { names: ['AWS_BEARER_TOKEN_BEDROCK'], words: ['BEDROCK'] };
const KEY_NAMES: Readonly<Record<string, KeyNames>> = {
  anthropic: { names: ['ANTHROPIC_API_KEY'], words: ['ANTHROPIC', 'CLAUDE'] },
  // before OpenAI, whose word is in its names
  azure: { names: ['AZURE_OPENAI_API_KEY', 'AZURE_API_KEY'], words: ['AZURE'] },
  openai: { names: ['OPENAI_API_KEY'], words: ['OPENAI'] },
  openrouter: { names: ['OPENROUTER_API_KEY'], words: ['OPENROUTER', 'OPEN_ROUTER'] },
  groq: { names: ['GROQ_API_KEY'], words: ['GROQ'] },
  // Google has keys for a hundred other things.
  google: {
    names: ['GEMINI_API_KEY', 'GOOGLE_API_KEY', 'GOOGLE_GENERATIVE_AI_API_KEY'],
    words: ['GEMINI'],
  },
  bedrock: BEDROCK,
  'bedrock-converse': BEDROCK,
  cohere: { names: ['COHERE_API_KEY', 'CO_API_KEY'], words: ['COHERE'] },
  mistral: { names: ['MISTRAL_API_KEY'], words: ['MISTRAL'] },
  deepseek: { names: ['DEEPSEEK_API_KEY'], words: ['DEEPSEEK'] },
  xai: { names: ['XAI_API_KEY'], words: ['XAI', 'GROK'] },
  together: { names: ['TOGETHER_API_KEY', 'TOGETHERAI_API_KEY'], words: ['TOGETHER', 'TOGETHERAI'] },
  fireworks: { names: ['FIREWORKS_API_KEY', 'FIREWORKS_AI_API_KEY'], words: ['FIREWORKS'] },
};

/** How well a variable's name fits a provider. `known` is a name of the list, never text of whoever wrote the variable. */
export type NameFit =
  | { readonly is: 'known'; readonly known: string }
  | { readonly is: 'alike' | 'anothers' | 'nobodys' };

/** Whose key a variable of that name holds, as seen from the provider with this id. */
export function fitOf(variable: string, id: string): NameFit {
  const name = variable.toUpperCase().replaceAll(/[.-]/g, '_');
  const { names, words } = KEY_NAMES[id] ?? ownNames(id);
  const known = names.find((one) => one === name);
  if (known !== undefined) return { is: 'known', known };
  if (!/(?:^|_)(?:API_?)?(?:KEY|TOKEN)(?:_|$)|KEY\d?$/.test(name)) return { is: 'nobodys' };
  const owner = Object.entries(KEY_NAMES).find(
    ([, known]) => known.names.includes(name) || hasWord(name, known.words),
  )?.[1];
  if (hasWord(name, words) && (owner === undefined || owner.words === words)) return { is: 'alike' };
  return { is: owner === undefined ? 'nobodys' : 'anothers' };
}

function ownNames(id: string): KeyNames {
  const word = id.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_');
  return { names: [`${word}_API_KEY`], words: [word] };
}

function hasWord(name: string, words: readonly string[]): boolean {
  return words.some((word) => `_${name}_`.includes(`_${word}_`));
}
