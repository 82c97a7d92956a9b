import { spawn } from 'node:child_process'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as openid from 'openid-client'
import type { Cli } from '../cli.ts'
import { refused } from './by-code.ts'
import type { SignInWay } from './sign-in.ts'
import { tokensOf } from './token-exchange.ts'

/** Over SSH, and where there is no display, a browser would open on the wrong machine or not at all. */
export function canShowBrowser({ env, platform }: Pick<Cli, 'env' | 'platform'>): boolean {
  if (env.BROWSER) return true
  if (env.SSH_CONNECTION || env.SSH_TTY) return false
  return platform === 'darwin' || platform === 'win32' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
}

/** Opens a browser, and waits on a loopback port for it to come back (RFC 8252). */
export const signInInBrowser: SignInWay = async (cli, provider, scopes) => {
  await using door = await openDoor(cli.interrupted)
  const [pkceCodeVerifier, expectedState] = [openid.randomPKCECodeVerifier(), openid.randomState()]
  const url = openid.buildAuthorizationUrl(provider, {
    redirect_uri: door.address,
    scope: scopes,
    state: expectedState,
    code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  })
  cli.say(`Signing in in your browser. If none opens, open this address on this machine:\n\n  ${url.href}\n`)
  openBrowser(cli, url.href)
  const answer = await openid
    .authorizationCodeGrant(provider, await door.callback, { pkceCodeVerifier, expectedState })
    .catch((cause: unknown) => {
      if (cause instanceof openid.ResponseBodyError || cause instanceof openid.AuthorizationResponseError)
        throw refused(cause)
      throw cause
    })
  return tokensOf(answer)
}

interface Door extends AsyncDisposable {
  /** Where the browser is sent back to. */
  address: string
  /** With what the provider had to say. */
  callback: Promise<URL>
}

async function openDoor(interrupted: AbortSignal): Promise<Door> {
  let resolve: (url: URL) => void = () => {}
  const callback = new Promise<URL>((come, fail) => {
    resolve = come
    interrupted.addEventListener('abort', () => fail(interrupted.reason), { once: true })
  })
  callback.catch(() => {})
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', address)
    if (url.pathname !== '/callback') return response.writeHead(404).end()
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end('<!doctype html><title>h2o</title><p>Go back to the command line; this page can be closed.</p>')
    resolve(url)
  }
  const server = createServer(answer)
  server.listen(0, '127.0.0.1')
  await new Promise((listening, failed) => server.once('listening', listening).once('error', failed))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`
  return {
    address,
    callback,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
    },
  }
}

function openBrowser({ env, platform }: Cli, url: string): void {
  const [program, ...args] = browserCommand(env.BROWSER, platform)
  const child = spawn(program, [...args, url], { stdio: 'ignore', detached: true })
  // Where it cannot be opened, the address was shown.
  child.on('error', () => {})
  child.unref()
}

function browserCommand(named: string | undefined, platform: NodeJS.Platform): [string, ...string[]] {
  if (named) return [named]
  if (platform === 'darwin') return ['open']
  return platform === 'win32' ? ['rundll32', 'url.dll,FileProtocolHandler'] : ['xdg-open']
}
