import { type RealStore, startRealStore } from '@wave-store/testing'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, people, signInAt, visit } from '../browser.ts'
import { screenshot } from '../screenshot.ts'

let store: RealStore
let browser: Browser
beforeAll(async () => {
  ;[store, browser] = await Promise.all([startRealStore(), openBrowser()])
})
afterAll(async () => {
  await browser.close()
  await store[Symbol.asyncDispose]()
})

const tiles = (page: Page) => page.getByRole('region', { name: 'Apps' }).getByRole('heading', { level: 2 })

describe('somebody new', () => {
  it('signs in on the way to the Catalog and finds the samples', async () => {
    await using dana = await visit(browser)
    await signInAt(dana.page, `${store.origin}/catalog`, people.developer)
    await dana.page.getByRole('heading', { name: 'Catalog', level: 1 }).waitFor()
    await tiles(dana.page).first().waitFor()
    expect(await tiles(dana.page).allTextContents()).toHaveLength(3)
    await screenshot(dana.page, 'catalog')

    await dana.page.getByRole('searchbox', { name: 'Search the Catalog' }).fill('standard library')
    await expect.poll(() => tiles(dana.page).allTextContents()).toEqual(['Hello, instance'])
    await dana.page.getByRole('searchbox', { name: 'Search the Catalog' }).fill('no such thing')
    await dana.page.getByText('no such thing').first().waitFor()
    await dana.page.goto(`${store.origin}/catalog`)
    await tiles(dana.page).first().waitFor()
    await dana.page.getByRole('navigation', { name: 'Categories' }).getByRole('button', { name: 'Other' }).click()
    await expect.poll(() => tiles(dana.page).allTextContents()).toContain('Hello, instance')

    expect(dana.strayRequests).toEqual([])
    expect(dana.complaints).toEqual([])
  })

  it('comes back to the deep link, with query and fragment, after signing in', async () => {
    await using uri = await visit(browser)
    await signInAt(uri.page, `${store.origin}/catalog?search=wave#below`, people.user)
    await uri.page.getByRole('heading', { name: 'Catalog', level: 1 }).waitFor()
    expect(uri.page.url()).toBe(`${store.origin}/catalog?search=wave#below`)
  })

  it('reads an app’s page: icon, metadata, description, screenshots and versions', async () => {
    await using uri = await visit(browser)
    await signInAt(uri.page, `${store.origin}/catalog`, people.user)
    await uri.page.getByRole('link', { name: 'Hello, instance' }).click()
    await uri.page.getByRole('heading', { name: 'Hello, instance', level: 1 }).waitFor()
    await uri.page.getByText('Wave App Store').first().waitFor()
    const pictures = uri.page.getByRole('main').getByRole('img')
    await expect
      .poll(() =>
        pictures.evaluateAll((all) => all.every((one) => !(one instanceof HTMLImageElement) || one.naturalWidth > 0)),
      )
      .toBe(true)
    await uri.page.getByText('It starts in a blink').waitFor()
    await screenshot(uri.page, 'app')
    await uri.page.getByRole('tab', { name: 'Versions' }).click()
    await uri.page.getByRole('cell', { name: '1.0.0' }).first().waitFor()
    expect(uri.strayRequests).toEqual([])
    expect(uri.complaints).toEqual([])
  })

  it('gets a page whose code did not come at the first try, and is told when it does not come at all', async () => {
    await using uri = await visit(browser)
    // Before there is a page, so that nothing is under way that a route would come too late for.
    await uri.page.route('**/assets/InstancesPage-*.js', (route) => route.abort(), { times: 1 })
    await uri.page.route('**/assets/MyAppsPage-*.js', (route) => route.abort())
    await signInAt(uri.page, `${store.origin}/catalog`, people.user)
    const menu = uri.page.getByRole('navigation', { name: 'Main' })
    await menu.getByRole('link', { name: 'My Instances' }).click()
    await uri.page.getByRole('heading', { name: 'My Instances', level: 1 }).waitFor()

    await menu.getByRole('link', { name: 'My Apps' }).click()
    await uri.page.getByRole('heading', { name: 'This page does not work' }).waitFor()
    await uri.page.unroute('**/assets/MyAppsPage-*.js')
    await uri.page.getByRole('button', { name: 'Load it again' }).click()
    await uri.page.getByRole('heading', { name: 'My Apps', level: 1 }).waitFor()
  })
})
