/** One provider as data. What differs between vendors stands here, so that one wire format serves many. */
export interface Vendor {
  readonly id: string;
  readonly name: string;
  readonly format: 'anthropic' | 'openai';
  /** `https://api.example.com`; `{site}` stands for the request's `site`. */
  readonly origin: string;
  /** What `site` may be, and how a bare name becomes the host: see `resolveOrigin`. */
  readonly site?: { readonly label: string; readonly hint: string; readonly pattern: RegExp };
  /** Path of the streaming call. */
  readonly path: string;
  /** Header that carries the key, and what stands before the key in its value. */
  readonly auth: { readonly header: string; readonly prefix: string };
  readonly key: 'required' | 'optional' | 'none';
}
