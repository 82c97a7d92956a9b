import { isUtf8 } from 'node:buffer'
import type { EnvEntry, FileEntry } from '@wave-store/bundle'
import type { SecretValue } from '@wave-store/contract'
import type { InstanceSpec } from '@wave-store/runtime'
import type { Reader } from '../actor.ts'
import { AppError } from '../app-error.ts'
import { manifestOf } from '../apps/manifest-of.ts'
import type { AppRow } from '../apps/repository.ts'
import type { AppContext } from '../context.ts'
import { missingRefusal, resolvedNeeds } from './app-needs.ts'
import { bytesOf } from './change-secret.ts'
import { quotesOf } from './redact.ts'
import type { ResolvedNeed } from './resolve.ts'

/** What an app is given of secrets, and what no message about it may quote. */
export interface InjectedSecrets {
  env: Record<string, string>
  files: InstanceSpec['files']
  redact: string[]
}

/** Linux starts no program with a longer `NAME=value`. */
const longestEntryBytes = 128 * 1024 - 1
/** Nor with an environment that is much larger than this. */
const largestEnvironmentBytes = 1 << 20

/**
 * What the manifest asks of secrets, as environment and files (developer guide, Utilizing Secrets). Optional entries whose
 * value is not there are left out.
 *
 * @param reader who is told; null: whoever sees the failed instance
 * @throws {AppError} `cannot_launch` with everything that is missing, or that no environment can hold; never with a value
 */
export async function injectSecrets(
  context: Pick<AppContext, 'secrets'>,
  reader: Reader,
  app: AppRow,
): Promise<InjectedSecrets> {
  const needs = (await resolvedNeeds(context, [app])).get(app.id) ?? []
  const refusal = missingRefusal(needs, reader, app)
  if (refusal) throw new AppError('cannot_launch', refusal)
  const opened = await openAll(context, needs)
  const { env, files } = manifestOf(app)
  const problems: string[] = []
  const injected = {
    env: Object.fromEntries(env.flatMap((entry) => variableOf(entry, opened, problems))),
    files: files.flatMap((entry) => fileOf(entry, opened, problems)),
    redact: [...new Set([...opened.values()].flatMap(quotesIn))],
  }
  const entries = Object.entries(injected.env)
  if (entries.reduce((sum, [name, text]) => sum + entryBytes(name, text), 0) > largestEnvironmentBytes)
    problems.push('Together the values for [[Env]] are larger than 1 MiB: take a [[File]] for the long ones')
  if (problems.length > 0) throw new AppError('cannot_launch', `${[...new Set(problems)].join('. ')}.`)
  return injected
}

/** By `<secret> <key>`; undefined: it is there and cannot be opened. */
type Opened = Map<string, SecretValue | undefined>

async function openAll({ secrets }: Pick<AppContext, 'secrets'>, needs: ResolvedNeed[]): Promise<Opened> {
  const opened: Opened = new Map()
  for (const { name, keys, secret } of needs) {
    if (!secret) continue
    const wanted = keys.map(({ key }) => key)
    for (const [key, value] of await secrets.open(secret.id, wanted)) opened.set(`${name} ${key}`, value)
  }
  return opened
}

/** None for an entry that is no secret, or optional and not there; a problem for one that has to be there. */
function wantedOf({ secret, optional }: EnvEntry | FileEntry, opened: Opened, problems: string[]) {
  if (!secret) return undefined
  const value = opened.get(`${secret.name} ${secret.key}`)
  if (!value && !optional)
    problems.push(`The key ${secret.key} of the secret ${secret.name} cannot be opened: set it anew under Secrets`)
  return value
}

function variableOf(entry: EnvEntry, opened: Opened, problems: string[]): [string, string][] {
  const value = wantedOf(entry, opened, problems)
  if (!value) return []
  const bytes = bytesOf(value)
  const fault = faultOf(entry.name, bytes)
  if (!fault) return [[entry.name, bytes.toString('utf8')]]
  problems.push(`[[Env]] ${entry.name}: the key ${entry.secret?.key} of the secret ${entry.secret?.name} ${fault}`)
  return []
}

/** Why an environment variable cannot hold the bytes; null: it can. */
function faultOf(name: string, bytes: Buffer): string | null {
  if (bytes.includes(0)) return 'holds the character NUL, which no environment variable can: take a [[File]] for it'
  if (!isUtf8(bytes)) return 'is no text: take a [[File]] for it'
  if (name.length + 1 + bytes.byteLength > longestEntryBytes)
    return 'is longer than the 128 KiB of an environment variable: take a [[File]] for it'
  return null
}

function fileOf(entry: FileEntry, opened: Opened, problems: string[]): InstanceSpec['files'] {
  const value = wantedOf(entry, opened, problems)
  if (!value) return []
  const { path } = entry
  return ['text' in value ? { path, content: value.text } : { path, content: value.base64, encoding: 'base64' }]
}

function entryBytes(name: string, text: string): number {
  return name.length + 1 + Buffer.byteLength(text)
}

function quotesIn(value: SecretValue | undefined): string[] {
  if (!value) return []
  if ('text' in value) return quotesOf(value.text)
  const bytes = bytesOf(value)
  return [...quotesOf(value.base64), ...(isUtf8(bytes) ? quotesOf(bytes.toString('utf8')) : [])]
}
