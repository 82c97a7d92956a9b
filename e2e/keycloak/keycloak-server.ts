import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { eventually, freePort, toolsDirectory } from '@wave-store/testing'

/** Runs on Java 17. */
const version = '26.5.6'
const artifact = `org.keycloak:keycloak-quarkus-dist:${version}:tar.gz`
const realm = 'company'
const realmFile = fileURLToPath(new URL('./realm.json', import.meta.url))
const administrator = { username: 'admin', password: 'admin' }

/** A real Keycloak of its own, on loopback, with the people of `realm.json`. */
export class KeycloakServer implements AsyncDisposable {
  readonly #process: ChildProcess
  readonly #home: string
  readonly #origin: string

  private constructor(child: ChildProcess, home: string, origin: string) {
    this.#process = child
    this.#home = home
    this.#origin = origin
  }

  get issuer(): string {
    return `${this.#origin}/realms/${realm}`
  }

  /** @throws when Maven cannot get the archive, or Keycloak does not answer within three minutes */
  static async start(): Promise<KeycloakServer> {
    const home = await mkdtemp(join(tmpdir(), 'keycloak-'))
    execFileSync('tar', ['-xzf', fetchArchive(), '-C', home, '--strip-components=1'])
    cpSync(realmFile, join(home, 'data', 'import', 'realm.json'))
    const port = await freePort()
    const options = ['--http-host=127.0.0.1', `--http-port=${port}`, '--import-realm']
    const child = spawn(join(home, 'bin', 'kc.sh'), ['start-dev', ...options], {
      env: {
        ...process.env,
        KC_BOOTSTRAP_ADMIN_USERNAME: administrator.username,
        KC_BOOTSTRAP_ADMIN_PASSWORD: administrator.password,
      },
      stdio: 'ignore',
    })
    const server = new KeycloakServer(child, home, `http://127.0.0.1:${port}`)
    await eventually(async () => {
      const { status } = await fetch(`${server.issuer}/.well-known/openid-configuration`)
      if (status !== 200) throw new Error(`Keycloak answers ${status}`)
    }, 180_000)
    return server
  }

  async setEnabled(username: string, enabled: boolean): Promise<void> {
    const token = await this.#administrator()
    const users = `${this.#origin}/admin/realms/${realm}/users`
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const found = await fetch(`${users}?exact=true&username=${username}`, { headers })
    const [user] = (await found.json()) as { id: string }[]
    const body = JSON.stringify({ enabled })
    const changed = await fetch(`${users}/${user?.id}`, { method: 'PUT', headers, body })
    if (!changed.ok) throw new Error(`Keycloak did not change ${username}: ${changed.status}`)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const exited = once(this.#process, 'exit')
    this.#process.kill('SIGTERM')
    await exited
    await rm(this.#home, { recursive: true, force: true })
  }

  async #administrator(): Promise<string> {
    const response = await fetch(`${this.#origin}/realms/master/protocol/openid-connect/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'password', client_id: 'admin-cli', ...administrator }),
    })
    return ((await response.json()) as { access_token: string }).access_token
  }
}

/** Once for all runs, beside the tools that set-up brings. */
function fetchArchive(): string {
  const path = join(dirname(toolsDirectory), 'cache', `keycloak-quarkus-dist-${version}.tar.gz`)
  if (existsSync(path)) return path
  mkdirSync(dirname(path), { recursive: true })
  const goal = 'org.apache.maven.plugins:maven-dependency-plugin:2.8:copy'
  execFileSync('mvn', ['-q', '-B', goal, `-Dartifact=${artifact}`, `-DoutputDirectory=${dirname(path)}`], {
    stdio: 'inherit',
  })
  return path
}
