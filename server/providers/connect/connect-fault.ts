/** Thrown into a connection that must not be made. */
export class AddressRefused extends Error {
  readonly code = 'ONETURN_ADDRESS_REFUSED';
}

const TLS =
  /^(?:ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|EPROTO$|HOSTNAME_MISMATCH$|INVALID_CA$|INVALID_PURPOSE$|PATH_LENGTH_)/;

/** What an error of undici's or Node's means. Its message is never looked at: it may quote hosts, addresses and headers. */
export function connectFault(
  error: unknown,
  headSeen: boolean,
): 'unreachable' | 'tls' | 'truncated' | 'not_a_stream' {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (TLS.test(code)) return 'tls';
  // Bytes that are no HTTP; undici 7 leaves the code out of some.
  const noHttp =
    code.startsWith('HPE_') ||
    code === 'UND_ERR_HEADERS_OVERFLOW' ||
    (error instanceof Error && error.name === 'HTTPParserError');
  if (noHttp) return headSeen ? 'truncated' : 'not_a_stream';
  return headSeen ? 'truncated' : 'unreachable';
}
