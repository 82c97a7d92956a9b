import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { certificateRefusals } from '../tls/certificate-refusals.ts'
import type { ConfigError } from './config.ts'
import { readConfig } from './read-config.ts'
import { refusals } from './refusals.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const page = readFileSync(`${root}docs/production.md`, 'utf8')

const settingsIn = (text: string) =>
  Object.fromEntries(
    text
      .split('\n')
      .flatMap((line) => [...line.matchAll(/^(WAVE_STORE_\w+)=(.*)$/g)].map(([, name, value]) => [name!, value!])),
  )

/** The lists of settings that the page says to write: TLS in the store, and a proxy in front. */
const [ownTls = {}, behindProxy = {}] = [...page.matchAll(/```sh\n(.*?)```/gs)].map(([, list]) => settingsIn(list!))

/** Rows of the table of refusals: what is set, and the words. */
const rows = page
  .slice(page.indexOf('| what is set'))
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(2)
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, set = '', words = '']) => ({ set, words }))
const rowsOfSettings = rows.filter(({ set }) => set.startsWith('`WAVE_STORE'))

it('lists settings that the store takes', () => {
  expect(readConfig(ownTls, '/')).toMatchObject({ appsHost: 'apps.example.net', proxyHops: 0, listen: { port: 443 } })
  expect(readConfig(behindProxy, '/')).toMatchObject({ appsHost: 'apps.example.net', proxyHops: 1, tls: null })
})

it.each(rowsOfSettings)('tells the words for $set', ({ set, words }) => {
  const change = settingsIn(set.replaceAll('`', '').replaceAll(' ', '\n'))
  let problems: string[] = []
  try {
    readConfig({ ...behindProxy, ...change }, '/')
  } catch (error) {
    problems = (error as ConfigError).problems
  }
  expect(problems).toEqual([words])
})

it('leaves no refusal out', () => {
  const ofCertificates = certificateRefusals('WAVE_STORE_TLS_CERT_FILE', 'WAVE_STORE_TLS_KEY_FILE')
  const all = [...Object.values(refusals), ...Object.values(ofCertificates)]
  expect(rows.map(({ words }) => words).sort()).toEqual(all.sort())
})

it('tells the status that a refused start ends with', () => {
  const env = { ...process.env, ...behindProxy, WAVE_STORE_APPS_HOST: '' }
  const { status, stderr } = spawnSync(process.execPath, [`${root}apps/server/src/main.ts`], { env, encoding: 'utf8' })
  expect(stderr).toContain(refusals.appsHostMissing)
  expect(status).toBe(78)
  expect(page).toContain('status 78')
  expect(readFileSync(`${root}deploy/wave-store.service`, 'utf8')).toContain('RestartPreventExitStatus=78')
})
