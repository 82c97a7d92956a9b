import { existsSync } from 'node:fs'
import { accountNames, accountPassword, isOfStoreTest, storeTestBrowserArguments } from '@wave-store/testing'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { within } from './within.ts'

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
)

/** Debian's Chromium, headless, with nothing that calls home. */
export function openBrowser(): Promise<Browser> {
  if (!executablePath) throw new Error('The end-to-end tests need Chromium: apt-get install chromium')
  return chromium.launch({
    executablePath,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...storeTestBrowserArguments(),
    ],
  })
}

export interface Visitor extends AsyncDisposable {
  context: BrowserContext
  page: Page
  /** Requests that left for anywhere but this machine. */
  strayRequests: string[]
  /** What the page complained about in the console. */
  complaints: string[]
}

/** A person at a browser of their own. */
export async function visit(browser: Browser, options: Parameters<Browser['newContext']>[0] = {}): Promise<Visitor> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
  context.setDefaultTimeout(20_000)
  const strayRequests: string[] = []
  const complaints: string[] = []
  context.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url())
    if (/^https?:$/.test(protocol) && !isOurs(hostname)) strayRequests.push(request.url())
  })
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  context.on('weberror', (error) => complaints.push(String(error.error())))
  return {
    context,
    page: await within('opening a page', context.newPage()),
    strayRequests,
    complaints,
    [Symbol.asyncDispose]: () => left(context),
  }
}

/** How long a browser may take to let pages go. */
const longestLeavingMs = 10_000

/** Some pages are never let go of, such as of an instance that ends at that moment: they go with the browser, after the last story. */
async function left(context: BrowserContext): Promise<void> {
  const late = Promise.withResolvers<void>()
  const timer = setTimeout(late.resolve, longestLeavingMs)
  const closing = context.close()
  closing.catch(() => {})
  await Promise.race([closing, late.promise])
  clearTimeout(timer)
}

function isOurs(hostname: string): boolean {
  return /(^|\.)localhost$/.test(hostname) || isOfStoreTest(hostname)
}

const { admin, dana: developer, uri: user } = accountNames
export const people = { admin, developer, user } as const

/** Opens a page of the store and signs in on the way. */
export async function signInAt(page: Page, url: string, person: string): Promise<void> {
  await page.goto(url)
  await signInHere(page, person)
}

/** Signs in on the page that asks who is there: by a button where the store is on localhost, else by a password. */
export async function signInHere(page: Page, person: string): Promise<void> {
  const username = Object.entries(accountNames).find(([, name]) => name === person)?.[0]
  if (!isOfStoreTest(new URL(page.url()).hostname) || username === undefined)
    return page.getByRole('button', { name: person }).click()
  await page.getByLabel('Username').fill(username)
  await page.getByLabel('Password').fill(accountPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
}
