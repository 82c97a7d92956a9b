import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { freePort } from '../free-port.ts'
import {
  clientId,
  clientSecret,
  firstState,
  type IssuerAnswer,
  type IssuerPerson,
  type IssuerRequest,
  type IssuerState,
} from './issuer-state.ts'

const program = fileURLToPath(new URL('./issuer-process.ts', import.meta.url))

/** An OpenID Connect issuer beside the store, in a process of its own, that does what a test tells it. */
export class UpstreamIssuer implements AsyncDisposable {
  readonly url: string
  readonly clientSecret = clientSecret
  readonly #process: ChildProcess
  #people = structuredClone(firstState.people)
  #asked = 0

  private constructor(url: string, child: ChildProcess) {
    this.url = url
    this.#process = child
  }

  static async start(state: Partial<IssuerState> = {}): Promise<UpstreamIssuer> {
    const port = await freePort()
    const child = fork(program, [String(port)], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
    const exited = once(child, 'exit').then(() => Promise.reject(new Error('The test issuer did not start')))
    await Promise.race([once(child, 'message'), exited])
    const issuer = new UpstreamIssuer(`http://127.0.0.1:${port}`, child)
    await issuer.set(state)
    return issuer
  }

  /** Settings with which a store takes people from here. */
  settings(): Record<string, string> {
    return {
      WAVE_STORE_OIDC_ISSUER: this.url,
      WAVE_STORE_OIDC_CLIENT_ID: clientId,
      WAVE_STORE_OIDC_CLIENT_SECRET: clientSecret,
      WAVE_STORE_FULL_ACCESS_ROLE: 'store-users',
    }
  }

  async set(change: Partial<IssuerState>): Promise<void> {
    await this.#ask({ change })
  }

  /** Changes somebody, or makes somebody known. */
  async setPerson(username: string, change: Partial<IssuerPerson>): Promise<void> {
    const known = this.#people[username] ?? { subject: username, name: username, email: '', roles: [] }
    this.#people = { ...this.#people, [username]: { ...known, ...change } }
    await this.set({ people: this.#people })
  }

  /** Takes back every token that somebody's sign-ins gave. */
  async revoke(username: string): Promise<void> {
    await this.#ask({ revoke: this.#people[username]!.subject })
  }

  /** How many requests have come to the token endpoint. */
  tokenRequests(): Promise<number> {
    return this.#ask({ tell: 'tokenRequests' })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const exit = once(this.#process, 'exit')
    this.#process.kill()
    await exit
  }

  async #ask(request: IssuerRequest): Promise<number> {
    const id = ++this.#asked
    const answered = Promise.withResolvers<number>()
    const take = (answer: IssuerAnswer) => {
      if ('id' in answer && answer.id === id) answered.resolve(answer.value)
    }
    this.#process.on('message', take)
    this.#process.send({ id, request })
    return answered.promise.finally(() => this.#process.off('message', take))
  }
}
