import { endpointToVendor } from '../../../../shared/providers/endpoint-to-vendor.ts';
import { StreamReader } from '../../../../shared/providers/formats/stream-reader.ts';
import type { Vendor, Wire } from '../../../../shared/providers/vendor.ts';

export const vendorOf = (format: Wire['format']): Vendor =>
  endpointToVendor({ id: 'op', name: 'Op', format, baseUrl: 'https://h.invalid' });

/** As `readStream`, for a call that asked for JSON. */
export function readJson(vendor: Vendor, stream: string | Buffer): ReturnType<StreamReader['end']> {
  const reader = new StreamReader(vendor, 100_000, () => undefined, { json: true });
  reader.push(Buffer.from(stream));
  return reader.end();
}
