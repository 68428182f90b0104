import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Failure } from '../../shared/contract/failure.ts';
import { checkSigned, type Signed, type SignedCheck } from '../../shared/signing/check-signed.ts';
import { failureOf } from '../http/call.ts';
import { keysQuery } from './registry-api.ts';

/** What this browser found out about a signature; `unable`: it does no cryptography on pages that came over plain HTTP. */
export type SignatureState =
  | { readonly kind: 'checking' | 'unable' }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly again: () => void }
  | { readonly kind: 'checked'; readonly check: SignedCheck };

/**
 * Checks what the page shows, here and not on the server: the digests are made from the texts that the reader sees. Whose keys count, and
 * when it was published, are this registry's word. `signed` has to be the same object while it says the same.
 */
export function useSignatureCheck(signed: Signed, publisher: string, publishedAt: string): SignatureState {
  const { data: keys, error, refetch } = useQuery(keysQuery(publisher));
  const [found, setFound] = useState<{ readonly about: Signed; readonly check: SignedCheck }>();
  const isAble = globalThis.crypto?.subtle !== undefined;
  useEffect(() => {
    if (!keys || !isAble) return;
    let isCurrent = true;
    void checkSigned(signed, { keys, at: new Date(publishedAt) }).then((check) => {
      if (isCurrent) setFound({ about: signed, check });
    });
    return () => {
      isCurrent = false;
    };
  }, [signed, keys, publishedAt, isAble]);

  if (!isAble) return { kind: 'unable' };
  if (error) return { kind: 'failed', failure: failureOf(error), again: () => void refetch() };
  return found?.about === signed ? { kind: 'checked', check: found.check } : { kind: 'checking' };
}
