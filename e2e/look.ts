import type { Page } from 'playwright-core'
import { picturesAreWanted, screenshot } from './screenshot.ts'
import { within } from './within.ts'

/** CSS pixels. 640 is a window of 1280 px at 200 % zoom. */
const widths = [1440, 768, 360]
const alsoWithin = [3840, 640]

/** Pictures of the page at three widths in both themes, and whether anything of it sticks out to the right. */
export async function look(page: Page, name: string): Promise<void> {
  const before = page.viewportSize() ?? { width: 1280, height: 800 }
  for (const width of [...alsoWithin, ...widths]) {
    await within(`${name} at ${width} px`, page.setViewportSize({ width, height: 900 }))
    await within(
      `scrolling ${name}`,
      page.evaluate(() => window.scrollTo(0, 0)),
    )
    for (const colorScheme of picturesAreWanted && widths.includes(width) ? (['light', 'dark'] as const) : []) {
      await page.emulateMedia({ colorScheme })
      await screenshot(page, `${name}-${width}-${colorScheme}`)
    }
    const overflow = await within(
      `measuring ${name}`,
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    )
    if (overflow > 0) throw new Error(`${name} is ${overflow} px too wide at ${width} px`)
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(before)
}
