import type { Page } from 'playwright-core'

/** Ends my instance of an app from My Instances, typing its title where its volume would be lost. */
export async function terminate(page: Page, origin: string, title: string): Promise<void> {
  // Where another tab is in front, a browser draws once a second.
  await page.bringToFront()
  await page.goto(`${origin}/instances`)
  await page.getByRole('button', { name: `More for ${title}` }).click()
  await page.getByRole('menuitem', { name: 'Terminate' }).click()
  const dialog = page.getByRole('dialog')
  const confirm = dialog.getByRole('button', { name: 'Terminate' })
  await confirm.waitFor()
  const typed = dialog.getByRole('textbox')
  if ((await typed.count()) > 0) await typed.fill(title)
  await confirm.click()
  // Under a dialog the rest of the page is hidden from roles, so that a row looked for would seem gone.
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('row', { name: new RegExp(title) }).waitFor({ state: 'detached' })
}
