import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Runtime } from '@wave-store/runtime'
import { type Ask, askableApp, calling, connecting, reaches, startAskable } from '@wave-store/runtime/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { DockerBench } from './testing/docker-bench.ts'
import { type DockerEngine, startDockerEngine } from './testing/docker-engine.ts'

let engine: DockerEngine
let bench: DockerBench
let runtime: Runtime
let ask: Ask
let neighbour: { host: string }

beforeAll(async () => {
  engine = await startDockerEngine()
  bench = new DockerBench(engine.host)
  runtime = await bench.open()
  ;({ ask } = await startAskable(runtime, bench.specs.specOf(askableApp)))
  neighbour = await startAskable(runtime, bench.specs.specOf(askableApp))
})
afterAll(async () => {
  await runtime?.[Symbol.asyncDispose]()
  await bench?.dispose()
  await engine?.[Symbol.asyncDispose]()
})

it('says that apps are apart', async () => {
  expect(await runtime.capabilities()).toMatchObject({ isolation: 'full', advice: '' })
})

it('lets no app reach another', async () => {
  expect(await ask(connecting(neighbour.host, 8000))).toBe('timed out')
})

it('lets no app reach what its machine serves, by any of its addresses, or private networks', async () => {
  const server = createServer((_, response) => response.end('for the machine alone')).listen(0, '0.0.0.0')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const gateway = String(await ask(gatewayAddress))
  expect(gateway).toMatch(/^\d+\.\d+\.\d+\.\d+$/)
  expect(await ask(connecting(gateway, port))).toBe('timed out')
  expect(await ask(connecting('169.254.169.254', 80))).toBe('timed out')
  expect(await ask(connecting('10.0.0.1', 80))).toBe('timed out')
  server.close()
})

it('gives an app no privilege, and nothing of others to write to', async () => {
  const status = `result = [line for line in open('/proc/self/status') if line.startswith(('Cap', 'NoNewPrivs', 'Uid'))]`
  const lines = (await ask(status)) as string[]
  expect(lines.filter((line) => line.startsWith('Cap'))).toEqual(
    ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'].map((name) => `${name}:\t0000000000000000\n`),
  )
  expect(lines.join('')).toContain('NoNewPrivs:\t1')
  expect(lines.join('')).toContain('Uid:\t10001')
  const writing = (place: string) => `open('${place}/x', 'w').close(); result = 'written'`
  for (const place of ['/', '/etc', '/usr/lib', '/opt/wave', '/resources', '/proc/sys/kernel'])
    expect(await ask(writing(place)), place).toMatch(/PermissionError|Read-only|OSError|FileNotFound/)
  for (const place of ['/app', '/tmp', '/home/app']) expect(await ask(writing(place)), place).toBe('written')
  expect(await ask(calling({ x64: 165, arm64: 40 }, 0, 0, 0, 0, 0))).toBe('EPERM')
})

it('keeps what an app is given out of what the engine tells of it', async () => {
  const secret = 'hunter2-and-more'
  const spec = bench.specs.specOf(askableApp, { env: { PASSWORD: secret } })
  const { ask: askIt } = await startAskable(runtime, spec)
  expect(await askIt(`import os; result = os.environ['PASSWORD']`)).toBe(secret)
  const [container] = await bench.docker.listContainers({ filters: { label: [`wave-store.instance=${spec.id}`] } })
  const told = JSON.stringify(await bench.docker.getContainer(container!.Id).inspect())
  expect(told).not.toContain(secret)
  await runtime.stop(spec.id, { data: 'delete', graceMs: 0 })
})

it('ends an app that takes more memory than it may, and says so', async () => {
  const spec = bench.specs.specOf(askableApp, { limits: { memoryBytes: 64 << 20, pids: 32 } })
  const { ask: askIt } = await startAskable(runtime, spec)
  await askIt(`hold = bytearray(200 << 20); result = len(hold)`).catch(() => {})
  expect((await reaches(runtime, spec.id, 'exited')).exit).toMatchObject({
    reason: 'out_of_memory',
    message: 'The app used more memory than its limit of 64 MiB.',
  })
  await runtime.stop(spec.id, { data: 'delete', graceMs: 0 })
})

it('gives an app no more processes than it may have', async () => {
  const spec = bench.specs.specOf(askableApp, { limits: { memoryBytes: 128 << 20, pids: 16 } })
  const { ask: askIt } = await startAskable(runtime, spec)
  expect(
    await askIt(`
import subprocess
held = [subprocess.Popen(['sleep' if False else 'cat'], stdin=subprocess.PIPE) for _ in range(40)]
result = len(held)
`),
  ).toMatch(/BlockingIOError|Resource temporarily/)
  await runtime.stop(spec.id, { data: 'delete', graceMs: 0 })
})

const gatewayAddress = `
import socket, struct
for line in list(open('/proc/net/route'))[1:]:
    fields = line.split()
    if fields[1] == '00000000':
        result = socket.inet_ntoa(struct.pack('<L', int(fields[2], 16)))
`
