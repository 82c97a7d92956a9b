import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import Provider, { type KoaContextWithOIDC } from 'oidc-provider'
import { falseIdToken } from './false-id-token.ts'
import { issuerConfiguration } from './issuer-configuration.ts'
import { firstState, type IssuerAnswer, type IssuerRequest, type IssuerState } from './issuer-state.ts'
import { revokeTokensOf } from './memory-adapter.ts'

const port = Number(process.argv[2])
const state: IssuerState = firstState
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const provider = new Provider(`http://127.0.0.1:${port}`, issuerConfiguration(state, privateKey))
let tokenRequests = 0

/** The store's port is another one in every test. */
provider.Client.prototype.redirectUriAllowed = (uri) => /^http:\/\/localhost:\d+\/auth\/upstream\/callback$/.test(uri)

provider.use(async (context: KoaContextWithOIDC, next: () => Promise<void>) => {
  if (context.path !== '/token') return next()
  tokenRequests++
  if (state.isFailing) return context.throw(500)
  if (state.isClientUnknown) {
    context.status = 401
    context.body = { error: 'invalid_client' }
    return
  }
  await next()
  const body = context.body as { id_token?: string }
  if (state.lie && body.id_token)
    context.body = { ...body, id_token: await falseIdToken(body.id_token, state.lie, privateKey) }
})

const handle = provider.callback()
const server = createServer((request, response) => {
  const working = request.url?.startsWith('/login/') ? logIn(request, response) : handle(request, response)
  working.catch((cause: unknown) => response.writeHead(500).end(String(cause)))
})

/** Its page asks for a username alone. */
async function logIn(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'POST') {
    await provider.interactionDetails(request, response)
    return void response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<form method="post"><input name="username"><button>Log in</button></form>')
  }
  const form = new URLSearchParams(await text(request))
  const person = state.people[form.get('username') ?? '']
  const result = person && !person.isDisabled ? { login: { accountId: person.subject } } : { error: 'access_denied' }
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
}

async function listen(): Promise<void> {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
}

async function stopListening(): Promise<void> {
  server.close()
  server.closeAllConnections()
  await once(server, 'close')
}

async function answer(request: IssuerRequest): Promise<number> {
  if ('revoke' in request) revokeTokensOf(request.revoke)
  if ('change' in request) {
    Object.assign(state, request.change)
    if (state.isDown && server.listening) await stopListening()
    if (!state.isDown && !server.listening) await listen()
  }
  return tokenRequests
}

process.on('message', async ({ id, request }: { id: number; request: IssuerRequest }) => {
  tell({ id, value: await answer(request) })
})
process.on('disconnect', () => process.exit())
await listen()
tell({ ready: true })

function tell(message: IssuerAnswer): void {
  process.send!(message)
}
