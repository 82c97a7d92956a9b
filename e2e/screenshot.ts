import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'

const folder = fileURLToPath(new URL('../test-results/screenshots/', import.meta.url))

/** They take a while, and are for people to look at: `npm run screenshots`. */
export const picturesAreWanted = process.env.SCREENSHOTS === 'true'

/** Keeps a picture of the page as a person sees it, under `test-results/screenshots`, where pictures are wanted. */
export async function screenshot(page: Page, name: string): Promise<void> {
  if (!picturesAreWanted) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
}
