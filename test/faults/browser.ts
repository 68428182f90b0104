export interface Answer {
  readonly status: number;
  readonly json: unknown;
  readonly text: string;
  readonly headers: Headers;
}

export const PASSWORD = 'correct horse battery';

/** A browser over real sockets: it keeps cookies, names its origin, and finds the server at whatever address it has now. */
export class Browser {
  readonly #urlOf: () => string;
  readonly #cookies = new Map<string, string>();

  constructor(urlOf: () => string) {
    this.#urlOf = urlOf;
  }

  /** For those who send by other means. */
  cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** Rejects as `fetch` does, when the connection fails or breaks. */
  async open(
    method: string,
    path: string,
    body?: unknown,
    extra: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    const url = this.#urlOf();
    const headers = new Headers({ origin: url, 'user-agent': 'test browser', ...extra });
    if (this.#cookies.size > 0) headers.set('cookie', this.cookie());
    if (body !== undefined) headers.set('content-type', 'application/json');
    const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
    const response = await fetch(url + path, { method, headers, ...sent, redirect: 'manual' });
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie);
    return response;
  }

  async send(
    method: string,
    path: string,
    body?: unknown,
    extra?: Readonly<Record<string, string>>,
  ): Promise<Answer> {
    const response = await this.open(method, path, body, extra);
    const text = await response.text();
    return { status: response.status, json: parse(text), text, headers: response.headers };
  }

  async signUp(handle: string): Promise<this> {
    const account = { email: `${handle}@example.com`, password: PASSWORD, handle };
    this.#signed(await this.send('POST', '/v1/auth/sign-up/email', account));
    return this.signIn(handle);
  }

  async signIn(handle: string): Promise<this> {
    return this.#signed(
      await this.send('POST', '/v1/auth/sign-in/email', {
        email: `${handle}@example.com`,
        password: PASSWORD,
      }),
    );
  }

  #signed({ status, text }: Answer): this {
    if (status !== 200) throw new Error(`the sign-in was answered by ${status} ${text}`);
    return this;
  }

  #keep(cookie: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (value === '' || /max-age=0/i.test(cookie)) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
