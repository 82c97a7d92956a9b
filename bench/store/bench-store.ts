import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@wave-store/client'
import { buildBundle, type CookieJar, eventually, freePort, InstanceVisitor, signIn } from '@wave-store/testing'
import { startChild } from '../child.ts'
import type { Target } from '../load/transfer.ts'

/** A store in a process of its own, with one instance that Dana has signed in to. */
export interface BenchStore extends AsyncDisposable {
  pid: number
  /** The instance behind the store's own guard: SQLite, session, ticket. */
  guarded: Target
  /** The same instance and process behind a guard that permits all. */
  permitting: Target
}

export async function startBenchStore(appPort: number): Promise<BenchStore> {
  await using unwind = new AsyncDisposableStack()
  const dataDir = await mkdtemp(join(tmpdir(), 'bench-store-'))
  unwind.defer(() => rm(dataDir, { recursive: true, force: true }))
  const port = await freePort()
  const child = unwind.use(
    await startChild<{ permittingPort: number }>('store/store-process.ts', [appPort, port, dataDir]),
  )
  const { host, cookie } = await openInstance(`http://localhost:${port}`)
  const headers = browserHeaders(host, cookie)
  const opened = unwind.move()
  return {
    pid: child.pid,
    guarded: { port, headers },
    permitting: { port: child.ready.permittingPort, headers },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

/** Imports an app and launches it as Dana, who is signed in with `cookies`. */
export async function launch(origin: string, cookies: CookieJar): Promise<{ id: string; url: string }> {
  const client = createClient({ baseUrl: origin, headers: { cookie: String(cookies) } })
  const response = await fetch(`${origin}/api/apps`, {
    method: 'POST',
    body: (await buildBundle()) as Uint8Array<ArrayBuffer>,
    headers: { cookie: String(cookies), 'content-type': 'application/zip' },
  })
  if (response.status !== 201) throw new Error(await response.text())
  const { id } = (await response.json()) as { id: string }
  return client.launchInstance({ body: { appId: id } })
}

/** Host of an instance that answers, and the cookie that a browser has there once it has signed in. */
async function openInstance(origin: string): Promise<{ host: string; cookie: string }> {
  const cookies = await signIn(origin, 'dana')
  const { url } = await launch(origin, cookies)
  const visitor = new InstanceVisitor(url, cookies)
  await eventually(async () => {
    const { status } = await visitor.open('/small')
    if (status !== 200) throw new Error(`The instance answers ${status}`)
  })
  return { host: new URL(url).host, cookie: visitor.cookie }
}

/** What Chromium sends with a request of a page's own script. */
function browserHeaders(host: string, cookie: string): Record<string, string> {
  return {
    // wrk adds one of its own unless it is spelled so.
    Host: host,
    cookie: `theme=dark; ${cookie}`,
    accept: '*/*',
    'accept-encoding': 'gzip, deflate, br, zstd',
    'accept-language': 'en-GB,en;q=0.9',
    referer: `http://${host}/`,
    'sec-fetch-dest': 'empty',
    'sec-fetch-mode': 'cors',
    'sec-fetch-site': 'same-origin',
    'user-agent':
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
  }
}
