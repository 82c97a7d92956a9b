import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { demoBundle } from '../testing/demo-bundle.ts'
import { startTestStore } from '../testing/test-store.ts'

it('leaves a name to whoever imported it before the samples came', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'samples-'))
  {
    await using before = await startTestStore({ dataDir })
    await (await before.as('dana')).importBundle(await demoBundle({ name: 'wave.samples.hello' }))
  }
  for (const _start of ['first', 'second']) {
    await using store = await startTestStore({ dataDir, environment: { WAVE_STORE_SAMPLES: 'true' } })
    const { items } = await (await store.as('uri')).client.listApps({})
    expect(items.map((app) => app.name)).toEqual(['wave.samples.csv-glance', 'wave.samples.wave-tour'])
  }
  await rm(dataDir, { recursive: true })
})
