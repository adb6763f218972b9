// SPDX-License-Identifier: Apache-2.0
/** What holds on every screen, each as a question to the page: what is wrong, in words; nothing where all is well. */
import type { Page } from 'playwright-core'
import { smallTargets } from './targets.ts'

type Question = (page: Page) => Promise<string[]>

/** One h1, at most one primary button in the open layer. */
export const oneOfEach: Question = (page) =>
  page.evaluate(() => {
    const layer = [...document.querySelectorAll('.dialog')].at(-1) ?? document.body
    const heads = document.querySelectorAll('h1').length
    const primary = [...layer.querySelectorAll('.btn.primary')].filter((button) =>
      button.checkVisibility({ visibilityProperty: true }),
    ).length
    return [...(heads === 1 ? [] : [`${heads} h1`]), ...(primary < 2 ? [] : [`${primary} primary buttons`])]
  })

/** A primary button that cannot be pressed has its reason beside it, to be seen, and in its description. */
export const reasons: Question = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.btn.primary')]
      .filter((button) => button.getAttribute('aria-disabled') === 'true' || button.hasAttribute('disabled'))
      .filter((button) => {
        const reason = document.getElementById(button.getAttribute('aria-describedby') ?? '-')
        const box = reason?.getBoundingClientRect()
        return (reason?.textContent ?? '') === '' || box === undefined || box.width < 20 || box.height < 10
      })
      .map((button) => `no reason beside ${button.textContent}`),
  )

/** Nothing scrolls sideways; the primary button of the open layer stands whole in the window, under nothing. */
export const fits: Question = (page) =>
  page.evaluate(() => {
    const layer = [...document.querySelectorAll('.dialog')].at(-1) ?? document.body
    const found: string[] = []
    const sideways = document.documentElement.scrollWidth - innerWidth
    if (sideways > 0) found.push(`scrolls ${sideways} px sideways`)
    for (const button of layer.querySelectorAll('.btn.primary')) {
      if (!button.checkVisibility({ visibilityProperty: true })) continue
      const { left, right, top, bottom } = button.getBoundingClientRect()
      const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
      if (top < 0 || left < 0 || bottom > innerHeight || right > innerWidth || !button.contains(over))
        found.push(`${button.textContent} is not in sight`)
    }
    return found
  })

/** Site, station, drive, time with offset, person and role stand at the top. */
export const whereAndWho: Question = (page) =>
  page.evaluate(() => {
    const bar = document.querySelector<HTMLElement>('.topbar')
    if (bar === null) return document.querySelector('.frame') === null ? [] : ['no top bar']
    const chips = [...bar.querySelectorAll<HTMLElement>('.chip')].map(({ innerText }) =>
      innerText.replaceAll('\n', ' '),
    )
    const text = chips.join(' | ')
    const wanted = [
      /plant-north/,
      /STICK|\p{Lu}\w* /u,
      /\d\d:\d\d/,
      /UTC[+-−]?\d*/,
      /Keller|Singh|Castellanos|Okafor|Brandt/,
    ]
    const boxes = [...bar.querySelectorAll('.chip')].map((chip) => chip.getBoundingClientRect())
    return [
      ...(chips.length >= 4 ? [] : [`only ${chips.length} chips`]),
      ...wanted.filter((one) => !one.test(text)).map((one) => `${one.source} is not in ${text}`),
      ...boxes.filter(({ width, right }) => width < 30 || right > innerWidth).map(() => 'a chip is out of sight'),
    ]
  })

/** At 200 % of a 1366 px window every control is still there, and scrolling is in one direction. */
export const zoomed: Question = async (page) => {
  // A control whose words change between the two looks (a count, a time) is not gone: it is looked for again.
  for (const _ of [1, 2]) if ((await zoomedOnce(page)).length === 0) return []
  return await zoomedOnce(page)
}

const zoomedOnce: Question = async (page) => {
  const controls = () =>
    page.evaluate(() => {
      const seen = (element: Element): boolean => element.checkVisibility() && element.closest('[role=grid]') === null
      return [...document.querySelectorAll<HTMLElement>('button, input, select, textarea, a[href], summary')]
        .filter(seen)
        .map((element) => element.getAttribute('aria-label') ?? `${element.textContent}${element.id === '' ? '' : '#'}`)
    })
  const whole = await controls()
  await page.setViewportSize({ width: 683, height: 384 })
  const half = new Set(await controls())
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  await page.setViewportSize({ width: 1366, height: 768 })
  const gone = whole.filter((name) => !half.has(name)).map((name) => `${name} is gone at 200 %`)
  return sideways > 0 ? [...gone, `scrolls ${sideways} px sideways at 200 %`] : gone
}

/** Without movement nothing moves but progress. */
export const still: Question = (page) =>
  page.evaluate(() =>
    document
      .getAnimations()
      .filter(({ playState, effect }) => playState === 'running' && Number(effect?.getComputedTiming().duration) > 1)
      .flatMap(({ effect }) => (effect instanceof KeyframeEffect && effect.target !== null ? [effect.target] : []))
      .filter((target) => target.closest('.bar, [role=progressbar]') === null)
      .map((target) => `${target.outerHTML.slice(0, 120)} moves`),
  )

/** Whatever turns or waits says so in words beside it. */
export const waitsInWords: Question = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('.turning, .loading, [aria-busy=true], [role=progressbar]')]
      .filter((one) => one.checkVisibility())
      .filter((one) => (one.getAttribute('aria-label') ?? one.parentElement?.textContent ?? '').trim() === '')
      .map((one) => `${one.outerHTML.slice(0, 120)} says nothing`),
  )

/** A list without anything in it: a picture, one sentence, one action. */
export const empties: Question = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('.empty:not(.loading)')].flatMap((empty) => {
      const [pictures, sentences, actions] = ['svg', 'p', 'button'].map((name) => empty.querySelectorAll(name).length)
      const text = empty.querySelector('p')?.textContent ?? ''
      return (pictures ?? 0) >= 1 && sentences === 1 && actions === 1
        ? []
        : [`“${text}”: ${pictures} pictures, ${sentences} sentences, ${actions} actions`]
    }),
  )

/** What a program says to programmers stands in closed details, nowhere else. */
export const plainWords: Question = (page) =>
  page.evaluate(() => {
    const raw = /\w+Error\b|\bE[A-Z]{3,}\b:|SQLITE_|\bat \S+\.[jt]s:\d|\[object |\bundefined\b|\bNaN\b/
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const found: string[] = []
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
      if (raw.test(node.textContent ?? '') && node.parentElement?.closest('details, script, style') === null)
        found.push(node.textContent ?? '')
    return found
  })

/** The letters are the ones that came with the app. */
export const fonts: Question = (page) =>
  page.evaluate(async () => {
    await document.fonts.ready
    const faces = [...document.fonts]
    const broken = faces.filter(({ status }) => status === 'error').map(({ family }) => `${family} did not load`)
    const loaded = faces.some(({ family, status }) => family.includes('IBM Plex Sans') && status === 'loaded')
    return loaded ? broken : [...broken, 'IBM Plex Sans is not there']
  })

/** Under the system's contrast theme bars have an edge and a fill, and what is chosen looks different. */
export const forcedColours: Question = async (page) => {
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' })
  const found = await page.evaluate(() => {
    const look = (element: Element): string => {
      const { backgroundColor, color, outlineStyle, outlineWidth, borderTopColor, borderTopWidth } =
        getComputedStyle(element)
      return [backgroundColor, color, outlineStyle, outlineWidth, borderTopColor, borderTopWidth].join()
    }
    const seen = (selector: string): Element[] =>
      [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility())
    const bars = seen('.bar, .stacked').flatMap((bar) => {
      const { borderTopWidth, backgroundColor } = getComputedStyle(bar)
      const fills = [...bar.children].filter((part) => part.getBoundingClientRect().width > 0)
      const lost = fills.filter((fill) => getComputedStyle(fill).backgroundColor === backgroundColor)
      return [
        ...(Number.parseFloat(borderTopWidth) >= 1 ? [] : [`${bar.className} has no edge`]),
        ...(lost.length === 0 || bar.className === 'stacked' ? [] : [`${bar.className} has no fill`]),
      ]
    })
    const marks = [
      '[aria-current=page]',
      '[aria-pressed=true]',
      '[aria-selected=true]',
      '.chosen',
      '[aria-current=step]',
    ]
    const chosen = seen(marks.join()).flatMap((one) => {
      const peers = [...(one.parentElement?.parentElement ?? document.body).querySelectorAll(one.tagName)]
      const peer = peers.find((other) => other.classList[0] === one.classList[0] && !other.matches(marks.join()))
      return peer === undefined || look(peer) !== look(one) ? [] : [`${one.textContent} does not look chosen`]
    })
    const toggles = seen('input[type=checkbox], input[type=radio]').flatMap((one) =>
      Number.parseFloat(getComputedStyle(one).borderTopWidth) >= 1 || getComputedStyle(one).appearance !== 'none'
        ? []
        : [`a toggle has no edge: ${one.outerHTML.slice(0, 100)}`],
    )
    const shapes = seen('.status svg').flatMap((shape) => {
      const { color } = getComputedStyle(shape)
      const ground = shape.closest('.tile, .card, .notice, .row')
      return ground !== null && getComputedStyle(ground).backgroundColor === color ? ['a status has no shape'] : []
    })
    return [...bars, ...chosen, ...toggles, ...shapes]
  })
  await page.emulateMedia({ forcedColors: 'none', reducedMotion: 'reduce' })
  return found
}

/** A password can be shown, and nothing keeps it from being pasted. */
export const passwordFields: Question = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLInputElement>('input[type=password]')].flatMap((field) => {
      const shows = field.closest('.mantine-PasswordInput-root, .field')?.querySelector('button[aria-label]')
      const paste = new ClipboardEvent('paste', { bubbles: true, cancelable: true })
      field.dispatchEvent(paste)
      return [
        ...(shows === null || shows === undefined ? ['a password cannot be shown'] : []),
        ...(paste.defaultPrevented ? ['a password cannot be pasted'] : []),
      ]
    }),
  )

/** Every question that needs one look and no theme of its own. */
export const questions = {
  'one h1, one primary': oneOfEach,
  reasons,
  fits,
  'where and who': whereAndWho,
  still,
  'waits in words': waitsInWords,
  empties,
  'plain words': plainWords,
  fonts,
  'password fields': passwordFields,
  targets: (page) => smallTargets(page),
  'forced colours': forcedColours,
  zoomed,
} as const satisfies Readonly<Record<string, Question>>
