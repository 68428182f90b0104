/** What every client is asked, in no vendor's words. */
export interface Asked {
  readonly stream: boolean;
  readonly system?: string;
  readonly tools?: boolean;
  /** `any`: one of the tools, whichever; a name: that one. */
  readonly choice?: 'any' | 'auto' | (string & {});
  readonly stop?: string;
  readonly maxTokens?: number;
  readonly n?: number;
  readonly json?: boolean;
  /** A tool was called, and this came of it. */
  readonly result?: string;
}

/** What a client makes of the answer, after all of its own checks. */
export interface Understood {
  readonly model: string | undefined;
  readonly texts: readonly string[];
  readonly tool?: { readonly name: string; readonly input: unknown } | undefined;
  /** The vendor's own word. */
  readonly finish: string | null | undefined;
  readonly input: number | undefined;
  readonly output: number | undefined;
}

export interface Client {
  ask(asked: Asked): Promise<Understood>;
  /** The ids in its list of models. */
  models?(): Promise<readonly (string | undefined)[]>;
  /** The HTTP status of its own error. */
  status(error: unknown): number | undefined;
}

export const MODEL = 'some-model';
export const QUESTION = 'What can you do with release notes? Tell me.';
export const PARAMETERS = {
  type: 'object',
  properties: {
    city: { type: 'string' },
    unit: { type: 'string', enum: ['celsius', 'kelvin'] },
    days: { type: 'integer' },
  },
  required: ['city', 'unit', 'days'],
  additionalProperties: false,
};
export const TOOLS = [
  { name: 'clock', parameters: { type: 'object', properties: {} } },
  { name: 'weather', parameters: PARAMETERS },
];
/** What fits the parameters, and says nothing. */
export const FITTING = { city: '', unit: 'celsius', days: 0 };
export const CALL_ID = 'call_1';
