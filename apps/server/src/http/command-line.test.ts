import type { AddressInfo } from 'node:net'
import { commandLinePath } from '@wave-store/contract'
import express from 'express'
import pino from 'pino'
import { expect, it } from 'vitest'
import { commandLineDownload } from './command-line.ts'
import { problemHandler } from './problem-handler.ts'

it('says what to do where the command line was not built', async () => {
  const app = express().use(commandLineDownload('/nowhere/h2o'), problemHandler(pino({ level: 'silent' })))
  const server = app.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  try {
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${commandLinePath}`)
    expect(response.status).toBe(404)
    expect(response.headers.get('content-disposition')).toBeNull()
    expect(await response.json()).toMatchObject({
      code: 'not_found',
      detail: expect.stringContaining('npm run set-up'),
    })
  } finally {
    server.close()
  }
})
