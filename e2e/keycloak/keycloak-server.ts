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
    await using unwind = new AsyncDisposableStack()
    unwind.use(server)
    await eventually(async () => {
      const { status } = await fetch(`${server.issuer}/.well-known/openid-configuration`)
      if (status !== 200) throw new Error(`Keycloak answers ${status}`)
    }, 180_000)
    unwind.move()
    return server
  }

  async setEnabled(username: string, enabled: boolean): Promise<void> {
    await this.#manage('PUT', await this.#pathOf(username), { enabled })
  }

  async setRole(username: string, role: string, isHeld: boolean): Promise<void> {
    const found = await this.#manage('GET', `/roles/${role}`)
    const path = `${await this.#pathOf(username)}/role-mappings/realm`
    await this.#manage(isHeld ? 'POST' : 'DELETE', path, [await found.json()])
  }

  /** Ends somebody's sessions as time does: what was given for offline access stays. */
  async endSessions(username: string): Promise<void> {
    const found = await this.#manage('GET', `${await this.#pathOf(username)}/sessions`)
    for (const { id } of (await found.json()) as { id: string }[]) await this.#manage('DELETE', `/sessions/${id}`)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const exited = once(this.#process, 'exit')
    this.#process.kill('SIGTERM')
    await exited
    await rm(this.#home, { recursive: true, force: true })
  }

  async #pathOf(username: string): Promise<string> {
    const found = await this.#manage('GET', `/users?exact=true&username=${username}`)
    const [user] = (await found.json()) as { id: string }[]
    return `/users/${user?.id}`
  }

  /** A request to the API of its administrators. */
  async #manage(method: string, path: string, body?: unknown): Promise<Response> {
    const signedIn = await fetch(`${this.#origin}/realms/master/protocol/openid-connect/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'password', client_id: 'admin-cli', ...administrator }),
    })
    const { access_token } = (await signedIn.json()) as { access_token: string }
    const response = await fetch(`${this.#origin}/admin/realms/${realm}${path}`, {
      method,
      headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`Keycloak answers ${response.status} to ${method} ${path}`)
    return response
  }
}

/** Once for all runs, beside the tools that set-up brings. */
function fetchArchive(): string {
  const path = join(dirname(toolsDirectory), 'cache', `keycloak-quarkus-dist-${version}.tar.gz`)
  if (existsSync(path)) return path
  mkdirSync(dirname(path), { recursive: true })
  const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy'
  execFileSync(
    'mvn',
    ['-q', '-B', '--strict-checksums', goal, `-Dartifact=${artifact}`, `-DoutputDirectory=${dirname(path)}`],
    {
      stdio: 'inherit',
    },
  )
  return path
}
