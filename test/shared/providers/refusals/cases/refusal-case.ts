/** What providers were seen to answer, and what the user must be told. `lab` is an operator's endpoint. */
export interface RefusalCase {
  /** Who answers like that; `provider` is the catalogue's vendor that it is read as. */
  readonly from: string;
  readonly provider?: string;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** `code/reason` of the contract. */
  readonly want: string;
}

/** The same, a line each. */
export type Row = readonly [
  from: string,
  provider: string | undefined,
  status: number,
  body: unknown,
  want: string,
  headers?: Readonly<Record<string, string>>,
];

export const rowToCase = ([from, provider, status, body, want, headers]: Row): RefusalCase => ({
  from,
  ...(provider !== undefined && { provider }),
  status,
  body,
  want,
  ...(headers && { headers }),
});

/** Words in which the same refusals came, or may come: an OpenAI error with that message, or a whole body, and how it is read. */
export type Wording = readonly [
  status: number,
  body: unknown,
  want: string,
  provider?: string,
  headers?: Readonly<Record<string, string>>,
];
