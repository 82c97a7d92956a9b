import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'
import { openApiDocument } from '@wave-store/contract'
import express, { type Express, type RequestHandler } from 'express'
import compressedStatic from 'express-static-gzip'
import { accountRoutes } from './accounts/routes.ts'
import { probeRoutes } from './administration/probe-routes.ts'
import { administrationRoutes } from './administration/routes.ts'
import { aliasRoutes } from './aliases/routes.ts'
import { AppError, unauthenticated } from './app-error.ts'
import { bundleRoutes } from './apps/bundle-routes.ts'
import { appRoutes } from './apps/routes.ts'
import { recordEvent } from './audit/record-event.ts'
import type { Append } from './audit/recorder.ts'
import { auditRoutes } from './audit/routes.ts'
import { accessRoutes } from './auth/access-routes.ts'
import { authenticate, type Caller } from './auth/authenticate.ts'
import { authorizationPaths, providerHandler, providerPath } from './auth/provider.ts'
import { authRoutes } from './auth/routes.ts'
import type { AppContext } from './context.ts'
import { environmentRoutes } from './environments/routes.ts'
import { eventRoutes } from './events/routes.ts'
import { clientAddress, networkOf } from './http/client-address.ts'
import { commandLineDownload } from './http/command-line.ts'
import { pageAssets } from './http/page.ts'
import { problemHandler } from './http/problem-handler.ts'
import { requireSameOrigin } from './http/same-origin.ts'
import { securityHeaders } from './http/security-headers.ts'
import { instanceRoutes } from './instances/routes.ts'
import { metricsRoutes } from './metrics/routes.ts'
import { secretBody, secretRoutes } from './secrets/routes.ts'
import { sessionRoutes } from './session-routes.ts'
import { tagRoutes } from './tags/routes.ts'
import { version } from './version.ts'

const webRoot = fileURLToPath(new URL('../../web/dist/', import.meta.url))

/** The store's own origin: API, sign-in, and the built page. */
export function createApp(context: AppContext): Express {
  const { config, logger, provider } = context
  const app = express()
  app.disable('x-powered-by')
  app.set('query parser', 'simple')
  app.use(named, securityHeaders)
  app.use(probeRoutes(context))
  app.use(bundleRoutes(context))
  app.use(...pageAssets())
  app.use(authorizationPaths, async (request, _response, next) => {
    await context.limits.authorizations.take(networkOf(clientAddress(request, config.proxyHops)))
    next()
  })
  app.use(providerPath, providerHandler(provider, config.publicUrl))
  app.use(requireSameOrigin(config.publicUrl))
  app.use(authRoutes(context))
  app.use('/api', async (request, response, next) => {
    response.locals.caller = await authenticate(context, request)
    response.locals.record = ((event) => recordEvent(context, request, event)) satisfies Append
    response.set('Cache-Control', 'no-store')
    next()
  })
  app.use('/api/secrets', signedInOnly, secretBody)
  app.use('/api', express.json({ limit: '1mb', type: 'application/json' }))
  app.get('/api/openapi.json', (_request, response) => {
    response.json(openApiDocument({ version, serverUrl: config.publicUrl.origin }))
  })
  app.use(
    sessionRoutes(context),
    accessRoutes(context),
    accountRoutes(context),
    appRoutes(context),
    tagRoutes(context),
    environmentRoutes(context),
    instanceRoutes(context),
    eventRoutes(context),
    secretRoutes(context),
    aliasRoutes(context),
    auditRoutes(context),
    metricsRoutes(context),
    administrationRoutes(context),
  )
  app.use(commandLineDownload())
  app.use('/api', () => {
    throw new AppError('not_found', 'There is no such address in the API; /api/openapi.json lists them all.')
  })
  app.use(webPage())
  app.use(problemHandler(logger))
  return app
}

/** Every request has an id, which its answer and the log tell. */
const named: RequestHandler = (_request, response, next) => {
  response.locals.requestId = randomUUID()
  response.set('X-Request-Id', response.locals.requestId)
  next()
}

/** Large bodies are read from people alone whom the store knows. */
const signedInOnly: RequestHandler = (_request, response, next) => {
  if (!(response.locals.caller as Caller).actor) throw unauthenticated()
  next()
}

/** The built page; every path that is no file is one of its own routes. */
function webPage(): RequestHandler[] {
  const files = compressedStatic(webRoot, {
    index: false,
    enableBrotli: true,
    orderPreference: ['br', 'gz'],
    serveStatic: {
      index: false,
      setHeaders: (response: ServerResponse, path: string) => {
        const isNamedByContent = path.startsWith(`${webRoot}assets/`)
        response.setHeader('Cache-Control', isNamedByContent ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    },
  })
  const page: RequestHandler = (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      throw new AppError('method_not_allowed', `${request.method} is not for this address.`)
    if (!existsSync(`${webRoot}index.html`))
      return next(new AppError('unavailable', 'The page is not built; npm start builds it.'))
    response.set('Cache-Control', 'no-cache').sendFile('index.html', { root: webRoot })
  }
  return [files, page]
}
