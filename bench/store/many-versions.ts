import { randomUUID } from 'node:crypto'
import { readManifest } from '@wave-store/bundle'
import { categories } from '@wave-store/contract'
import type { Db } from '../../apps/server/src/db/database.ts'

export const owners = 200
const versionsAtOnce = 250
/** Words of which a few stand in very many apps, as in every catalog. */
const common = 'data dashboard model sales forecast risk customer analysis explorer report demand price fraud claims'
const syllables = 'ba ko ri ta me lo su ne vi da pro gra ster lin fo cal den mar tic on'.split(' ')
/** The one app that bears it is found by nothing else. */
export const rareWord = 'quicksilver'

/** Fills an empty store: that many versions of that many names, the newest of each listed. Equal every time. */
export async function addManyVersions(db: Db, { names, versions }: { names: number; versions: number }): Promise<void> {
  const random = pseudoRandom(1)
  const word = wordsOf(random)
  const phrase = (length: number) => Array.from({ length }, word).join(' ')
  const people = Array.from({ length: owners }, (_, i) => ({ id: randomUUID(), name: `Owner ${i} ${word()}` }))
  const person = { issuer: 'bench', email: '', rolesJson: '[]', confirmedUntil: null, newsSeen: 0, createdAt: 0 }
  await db
    .insertInto('person')
    .values(people.map((one) => ({ ...person, ...one, subject: one.id })))
    .execute()
  for (let at = 0; at < versions; at += versionsAtOnce) {
    const apps = Array.from({ length: Math.min(versionsAtOnce, versions - at) }, (_, i) => {
      const number = at + i
      const name = number % names
      return { ...versionOf(name, Math.floor(number / names), phrase, number), ownerId: people[name % owners]!.id }
    })
    await db.transaction().execute(async (transaction) => {
      for (const { id, name, ownerId } of apps)
        await transaction
          .insertInto('appName')
          .values({ name, ownerId, listedAppId: id })
          .onConflict((conflict) => conflict.column('name').doUpdateSet({ listedAppId: id }))
          .execute()
      await transaction.insertInto('app').values(apps).execute()
    })
  }
}

function versionOf(name: number, version: number, phrase: (length: number) => string, number: number) {
  const [title, description, keywords] = [phrase(3), phrase(12), phrase(3).split(' ')]
  const app = {
    Name: `bench.app-${name}`,
    Version: `1.${version}.0`,
    Title: name === 7 ? `${title} ${rareWord}` : title,
    Description: description,
    Category: categories[name % categories.length],
    Keywords: keywords,
  }
  const lines = Object.entries(app).map(([key, value]) => `${key} = ${JSON.stringify(value)}`)
  const manifestText = `[App]\n${lines.join('\n')}\n\n[Runtime]\nModule = "app"\n`
  const { manifest } = readManifest(manifestText)
  if (!manifest) throw new Error(`The generator writes a wrong manifest: ${manifestText}`)
  return {
    id: randomUUID(),
    name: app.Name,
    version: app.Version,
    rank: app.Version,
    title: app.Title,
    description,
    category: manifest.app.category,
    lifecycle: manifest.app.lifecycle,
    visibility: 'ALL_USERS' as const,
    manifestJson: JSON.stringify(manifest),
    manifestText,
    longDescription: null,
    requirements: null,
    osPackagesJson: '[]',
    warningsJson: '[]',
    bundleSha256: '',
    bundleBytes: 0,
    environmentInputs: null,
    createdAt: number,
    updatedAt: number,
  }
}

function wordsOf(random: () => number): () => string {
  const frequent = common.split(' ')
  const rest = Array.from({ length: 6000 }, (_, i) => {
    const length = 2 + Math.floor(random() * 3)
    const word = Array.from({ length }, () => syllables[Math.floor(random() * syllables.length)]).join('')
    return i > 3000 ? word + i.toString(36) : word
  })
  return () =>
    random() < 0.35
      ? frequent[Math.floor(random() * random() * frequent.length)]!
      : rest[Math.floor(random() ** 3 * rest.length)]!
}

/** From 0 to 1, the same row of numbers for a seed. */
function pseudoRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
    return state / 0x7fffffff
  }
}
