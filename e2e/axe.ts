import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** What axe finds on the page once nothing of it loads any more, each with where. */
export async function violationsOf(page: Page): Promise<string[]> {
  await expect.poll(() => page.locator('[aria-busy=true], .ms-Shimmer-container').count()).toBe(0)
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run(document))
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary}`),
  )
}
