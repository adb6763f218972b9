// SPDX-License-Identifier: Apache-2.0
/** Every screen and state once in each language; what was found is then asked for point by point. */
import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { questions } from './checks.ts'
import { walkFocus } from './focus-walk.ts'
import { differences, statusesInPrint, type Seen } from './greyscale.ts'
import { englishOn, pseudoFaults } from './language-checks.ts'
import { picture, themes, violations, wear } from './look.ts'
import { buildPseudoPage, type Language } from './speech.ts'
import { largeTargets, smallTargets } from './targets.ts'
import { allStates, workStates } from './walk/all-states.ts'
import { data, newSite, openGround, prepareSite, type Ground } from './walk/ground.ts'
import type { State } from './walk/reach.ts'
import { setUpStates } from './walk/set-up-states.ts'

type Look = (ground: Ground, name: string) => Promise<void>

/** What was wrong: question → state → in words. */
const found = new Map<string, string[]>()
const statuses: Seen[] = []
const reached = new Map<Language, string[]>()
const note = (question: string, state: string, faults: readonly string[]): void =>
  void found.set(question, [...(found.get(question) ?? []), ...faults.map((fault) => `${state}: ${fault}`)])

const walk = async (ground: Ground, language: Language, states: readonly State[], look: Look): Promise<void> => {
  for (const { name, reach } of states) {
    try {
      // A busy machine loses a wait now and then; what is not reached the second time either is a fault.
      await reach(ground).catch(() => reach(ground))
      await look(ground, name)
    } catch (error) {
      await picture(ground.hands.page, `failure-${language}-${name}`)
      note('reach', `${name} (${language})`, [String(error)])
    }
    reached.set(language, [...(reached.get(language) ?? []), name])
  }
}

const lookAtAll: Look = async ({ hands: { page } }, name) => {
  for (const [theme, scheme] of themes) {
    await wear(page, theme, scheme)
    await picture(page, `${name}-${theme}`)
    note(
      'axe',
      `${name} in ${theme}`,
      (await violations(page)).map(({ id, nodes }) => `${id} ${nodes.join('\n')}`),
    )
  }
  await wear(page, 'light', 'light')
  for (const [question, ask] of Object.entries(questions)) note(question, name, await ask(page))
  note('focus', name, await walkFocus(page))
  await page.evaluate(() => (document.documentElement.dataset['size'] = 'large'))
  note('targets', `${name}, large controls`, await smallTargets(page, largeTargets))
  await page.evaluate(() => (document.documentElement.dataset['size'] = 'normal'))
  statuses.push(...(await statusesInPrint(page)))
  note('English on English', name, await englishOn(page, data))
}

const lookAtWords =
  (language: Language): Look =>
  async ({ hands: { page } }, name) => {
    await picture(page, `${name}-${language}`)
    note(language, name, await (language === 'de' ? englishOn(page, data) : pseudoFaults(page, data)))
  }

const looks: Readonly<Record<Language, Look>> = { en: lookAtAll, de: lookAtWords('de'), pseudo: lookAtWords('pseudo') }

const of = (question: string): readonly string[] => {
  expect(reached.get('en')?.length, 'the walk came first').toBe(allStates.length)
  return found.get(question) ?? []
}

/** Through everything in a language, on stations of its own. */
const walkIn = async (language: Language): Promise<void> => {
  for (const [place, states] of [
    [await newSite(), setUpStates],
    [await prepareSite(), workStates],
  ] as const) {
    const ground = await openGround(place, language)
    await walk(ground, language, states, looks[language])
    const { requests, violations: broken } = ground.app.observed
    expect(requests.filter(({ url, allowed }) => !allowed || !url.startsWith('app://airlock/'))).toEqual([])
    expect(broken).toEqual([])
    await ground.app.close()
  }
}

describe('on every screen and in every state', () => {
  it(
    'the walk gets there in three languages, asks for nothing outside, breaks no rule of the page (ux 88)',
    { timeout: 1_800_000 },
    async () => {
      // A second try begins anew.
      for (const known of [found, reached]) known.clear()
      statuses.length = 0
      await buildPseudoPage()
      // English is looked at most closely and takes as long as the two others.
      await Promise.all([walkIn('en'), walkIn('de').then(() => walkIn('pseudo'))])
      if (process.env['AIRLOCK_PICTURES'] !== undefined)
        writeFileSync(`${process.env['AIRLOCK_PICTURES']}/found.json`, JSON.stringify([...found], null, 1))
      expect(of('reach')).toEqual([])
      expect((['en', 'de', 'pseudo'] as const).map((language) => reached.get(language)?.length)).toEqual(
        [1, 1, 1].map(() => allStates.length),
      )
    },
  )

  it('nothing scrolls sideways at 1366 × 768, and the primary button is in sight (ux 1)', () => {
    expect(of('fits')).toEqual([])
  })
  it('at 200 % every control is there, and scrolling is in one direction (ux 2)', () => {
    expect(of('zoomed')).toEqual([])
  })
  it('there is one h1 and at most one primary button (ux 5)', () => {
    expect(of('one h1, one primary')).toEqual([])
  })
  it('a primary button that cannot be pressed says why beside it and in its description (ux 6)', () => {
    expect(of('reasons')).toEqual([])
  })
  it('site, station, drive, time with offset, person and role can be seen (ux 7)', () => {
    expect(of('where and who')).toEqual([])
  })
  it('what a program says to programmers stands in closed details only (ux 70)', () => {
    expect(of('plain words')).toEqual([])
  })
  it('an empty list has a picture, one sentence and one action (ux 74)', () => {
    expect(of('empties')).toEqual([])
  })
  it('whatever turns or waits says so in words (ux 75)', () => {
    expect(of('waits in words')).toEqual([])
  })
  it('axe finds nothing at A, AA and best practice, in three themes (ux 76)', () => {
    expect(of('axe')).toEqual([])
  })
  it('Tab alone reaches every control, and the focus can be seen at 3:1 (ux 77)', () => {
    expect(of('focus')).toEqual([])
  })
  it('without colour each state of a device has a word of its own, and each tone shapes of its own (ux 78)', async () => {
    expect(of('fits')).toEqual([])
    const kinds = [...new Map(statuses.map((seen) => [seen.word, seen])).values()]
    expect(kinds.length).toBeGreaterThan(8)
    expect(new Set(kinds.map(({ tone }) => tone)).size).toBeGreaterThanOrEqual(4)
    const apart = await differences(kinds.map(({ shape }) => shape))
    const alike = kinds.flatMap((one, a) =>
      kinds
        .filter((other, b) => other.tone !== one.tone && (apart[a]?.[b] ?? 0) < 0.08)
        .map((other) => `${one.word} looks like ${other.word}`),
    )
    expect(alike).toEqual([])
  })
  it("under the system's contrast theme bars, what is chosen, toggles and status can be seen (ux 79)", () => {
    expect(of('forced colours')).toEqual([])
  })
  it('what is pressed is large enough for a glove, and larger for whoever wants that (ux 81)', () => {
    expect(of('targets')).toEqual([])
  })
  it('nothing moves but progress where movement is not wanted (ux 82)', () => {
    expect(of('still')).toEqual([])
  })
  it('a password can be pasted and shown (ux 84)', () => {
    expect(of('password fields')).toEqual([])
  })
  it('the search for English words finds them where they are', () => {
    expect(of('English on English').length).toBeGreaterThan(allStates.length)
  })
  it('German leaves no English word, and a longer language is not cut (ux 85)', () => {
    expect([...of('de'), ...of('pseudo')]).toEqual([])
  })
  it('the letters are those that came with the app', () => {
    expect(of('fonts')).toEqual([])
  })
})
