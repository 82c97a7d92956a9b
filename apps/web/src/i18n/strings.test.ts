import { expect, it } from 'vitest'
// @ts-expect-error: a script without types
import { textsOfPage } from '../../../../scripts/strings.mjs'

it('finds every text of the page in its source, each with what belongs in its places', async () => {
  const texts: Map<string, { one?: string; place: string }> = await textsOfPage()
  expect(texts.size).toBeGreaterThan(900)
  expect(texts.get('{count} apps')?.one).toBe('{count} app')
  expect(texts.get('What needs you')?.place).toBe('apps/web/src/home/HomePage.tsx')
})
