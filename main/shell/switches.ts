// SPDX-License-Identifier: Apache-2.0

/**
 * Chromium's switches, set before it starts: no name resolves, every connection goes to a proxy that is not there
 * (loopback too), nothing is fetched in the background, and WebRTC sends no datagram. Each was measured alone: none is
 * enough, all together let nothing out.
 */
export const switches: readonly (readonly [name: string, value?: string])[] = [
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
  ['proxy-server', 'http://127.0.0.1:9'],
  ['proxy-bypass-list', '<-loopback>'],
  ['webrtc-ip-handling-policy', 'disable_non_proxied_udp'],
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-domain-reliability'],
  ['disable-sync'],
  ['no-pings'],
]
