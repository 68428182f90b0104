import * as z from 'zod/mini';

/** Prices are USD per million tokens; null: not known. */
export const modelInfo = z.object({
  id: z.string(),
  name: z.string(),
  contextTokens: z.nullable(z.number()),
  inputUsd: z.nullable(z.number()),
  outputUsd: z.nullable(z.number()),
  /** The day on which the vendor shuts it down, `2026-12-24`; only in a vendor's own list. */
  endsOn: z.optional(z.string()),
});
export type ModelInfo = z.infer<typeof modelInfo>;

/** A provider that runs may use, with all that the page needs to offer it and to check a key before it is sealed. */
export const providerInfo = z.object({
  id: z.string(),
  name: z.string(),
  /** Where the requests go: a host, or a pattern such as `<resource>.openai.azure.com`. */
  host: z.string(),
  /** `required`: a run needs a key. `none`: it takes none (sandbox). `optional`: an operator's endpoint may do without. */
  key: z.enum(['required', 'optional', 'none']),
  keyHint: z.string(),
  /** Where users find their keys. */
  keysUrl: z.optional(z.string()),
  /** What `site` means here, when the provider's host depends on it. */
  site: z.optional(z.object({ label: z.string(), hint: z.string(), pattern: z.string() })),
  /** What leaves this server for the provider, in one sentence. */
  sees: z.string(),
  /** A pattern of the models that can be told how long to think, for which `effort` of a run means something. */
  effort: z.optional(z.string()),
  models: z.array(modelInfo),
});
export type ProviderInfo = z.infer<typeof providerInfo>;

/** The server's current HPKE public key; `publicKey` is the raw P-256 point, base64url. Times are epoch ms. */
export const sealingInfo = z.object({
  id: z.string(),
  publicKey: z.string(),
  /** Names this server in the seal's `info`. */
  server: z.string(),
  issuedAt: z.number(),
  /** From then on the page asks for a newer one; the server opens seals for as long again. */
  renewAt: z.number(),
});
export type SealingInfo = z.infer<typeof sealingInfo>;

/** What "Run on this server" runs on, as the page shows it beside the button. */
export const hostedOffer = z.object({
  provider: z.string(),
  models: z.array(z.string()),
  /** No provider is configured: runs use the built-in sandbox, which is no real model. */
  sandbox: z.boolean(),
});
export type HostedOffer = z.infer<typeof hostedOffer>;

/** The answer of `GET /v1/config`, which the page loads at its start. Nothing of a run is in it. */
export const serverConfig = z.object({
  build: z.string(),
  /** The server's clock, epoch ms, so that a page whose clock is wrong seals with the right time. */
  now: z.number(),
  providers: z.array(providerInfo),
  sealing: sealingInfo,
  requireSealed: z.boolean(),
  /** Ed25519 public key of the receipts: raw, base64url, and its id. */
  receiptKey: z.object({ id: z.string(), publicKey: z.string() }),
  /** The date of the price data. */
  pricesDate: z.string(),
  /** Null: nobody is signed in. Absent: the database does not answer, so that nobody knows. */
  me: z.optional(z.nullable(z.object({ handle: z.string() }))),
  /** How people sign in here, beside e-mail and password; absent: this server keeps no accounts. */
  accounts: z.optional(z.object({ github: z.boolean() })),
  /** What "Run on this server" runs on; absent: this server runs nothing on its own credentials. */
  hosted: z.optional(hostedOffer),
  /** Keys can be stored here; absent: this server stores none. */
  vault: z.optional(z.literal(true)),
});
export type ServerConfig = z.infer<typeof serverConfig>;
