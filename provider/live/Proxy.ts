import { getProxyForUrl } from 'proxy-from-env'

/** The proxy that requests to this address go through, without its user name and password; none when they go straight. */
export const proxyOf = (url: string): string | undefined => {
  const proxy = getProxyForUrl(url)
  if (proxy === '') return undefined
  return URL.canParse(proxy) ? `${new URL(proxy).protocol}//${new URL(proxy).host}` : '(no valid URL)'
}
