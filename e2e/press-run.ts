import type { Page } from 'playwright-core'

/** Presses Run on an app's page. @returns the tab that opens, before the page that was left */
export async function pressRun(page: Page, title: string): Promise<Page> {
  const button = page.getByRole('button', { name: `Run ${title}` })
  const [opened] = await Promise.all([page.context().waitForEvent('page'), button.click()])
  return opened
}
