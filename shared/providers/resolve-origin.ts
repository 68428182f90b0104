import type { Vendor } from './vendor.ts';

/**
 * The one origin that a run's requests go to; undefined when `site` is missing, is not used by this vendor, or would lead to a host that is
 * not the vendor's. The whole host is matched after the name was put in, so that no other part of a URL can be smuggled in.
 */
export function resolveOrigin(vendor: Vendor, site: string | undefined): string | undefined {
  if (!vendor.site) return site === undefined ? vendor.origin : undefined;
  if (site === undefined || !vendor.site.pattern.test(site)) return undefined;
  const { of, allowed } = vendor.site.hosts;
  const host = site.includes('.') ? site : of.replace('{site}', site);
  return allowed.test(host) ? `https://${host}` : undefined;
}

/** Where a vendor's requests go, for display: a host, or a pattern such as `<resource>.openai.azure.com`. */
export function hostOf(vendor: Vendor): string {
  const { site, origin } = vendor;
  if (site) return site.hosts.of.replace('{site}', `<${site.label.toLowerCase()}>`);
  return origin.replace(/^https?:\/\//, '');
}
