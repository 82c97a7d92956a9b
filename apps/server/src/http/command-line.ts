import { fileURLToPath } from 'node:url'
import { commandLinePath } from '@wave-store/contract'
import { type RequestHandler, Router } from 'express'
import { AppError } from '../app-error.ts'

const builtFile = fileURLToPath(new URL('../../../cli/dist/h2o', import.meta.url))

/** The command line as one file, for download. It holds no secret, so nobody has to be signed in. */
export function commandLineDownload(file = builtFile): Router {
  return Router().get(commandLinePath, send(file))
}

function send(file: string): RequestHandler {
  return (_request, response, next) => {
    // The same address gives another file after an upgrade.
    const headers = { 'Cache-Control': 'no-cache', 'Content-Type': 'text/javascript; charset=utf-8' }
    response.attachment('h2o').sendFile(file, { headers, cacheControl: false }, (error) => {
      if (!error || response.headersSent) return
      response.removeHeader('Content-Disposition')
      const code = (error as NodeJS.ErrnoException).code
      next(code === 'ENOENT' ? notBuilt() : error)
    })
  }
}

function notBuilt(): AppError {
  return new AppError('not_found', 'This store was set up without its command line; `npm run set-up` builds it.')
}
