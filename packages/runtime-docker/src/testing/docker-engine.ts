import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)

export const repository = fileURLToPath(new URL('../../../../', import.meta.url))
/** The base image that every engine of the tests has. */
export const baseImage = 'wave-store/test-base'

export interface DockerEngine extends AsyncDisposable {
  host: string
  /** Ends the daemon, running containers with it, and starts it again. */
  restart(): Promise<void>
}

/** A real Docker daemon of its own, with a base image made of this machine's files; it leaves the firewall as it was. */
export async function startDockerEngine(): Promise<DockerEngine> {
  const directory = await mkdtemp(join(tmpdir(), 'docker-'))
  const host = `unix://${directory}/docker.sock`
  const firewall = (await run('iptables-save')).stdout
  let daemon = await startDaemon(directory, host)
  const stop = async () => {
    if (daemon.exitCode !== null) return
    const exited = once(daemon, 'exit')
    daemon.kill('SIGTERM')
    await exited
  }
  await run(join(repository, 'deploy/base-image'), ['host', baseImage], { env: { ...process.env, DOCKER_HOST: host } })
  return {
    host,
    async restart() {
      await stop()
      daemon = await startDaemon(directory, host)
    },
    async [Symbol.asyncDispose]() {
      await stop()
      await writeFile(join(directory, 'firewall'), firewall)
      await run('iptables-restore', [join(directory, 'firewall')])
      const { stdout: links } = await run('ip', ['-o', 'link', 'show', 'type', 'bridge'])
      for (const [, name = ''] of links.matchAll(/^\d+: (wv[ab][0-9a-f]{10}):/gm))
        await run('ip', ['link', 'delete', name])
      await run('umount', [join(directory, 'exec/netns/default')]).catch(() => {})
      await rm(directory, { recursive: true, force: true })
    },
  }
}

async function startDaemon(directory: string, host: string) {
  const at = (name: string) => join(directory, name)
  const daemon = spawn(
    'dockerd',
    [
      ...['--data-root', at('data'), '--exec-root', at('exec'), '--pidfile', at('pid'), '--host', host],
      ...['--bridge', 'none'],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let said = ''
  daemon.stderr.on('data', (text) => (said = (said + text).slice(-10_000)))
  for (;;) {
    if (daemon.exitCode !== null) throw new Error(`dockerd did not start:\n${said}`)
    const isUp = await run('docker', ['--host', host, 'version']).then(
      () => true,
      () => false,
    )
    if (isUp) return daemon
    await delay(50)
  }
}
