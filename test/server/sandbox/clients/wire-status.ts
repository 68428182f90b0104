/** A refusal, for clients that are no package. */
export class WireError extends Error {
  readonly status: number;

  constructor(status: number, body: string) {
    super(body);
    this.status = status;
  }
}

export async function post(url: string, body: unknown): Promise<Response> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: 'Bearer test', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new WireError(response.status, await response.text());
  return response;
}

export const statusOf = (error: unknown): number | undefined =>
  error instanceof WireError ? error.status : undefined;
