import { isUtf8 } from 'node:buffer'
import type { EnvEntry, FileEntry, Manifest, SecretReference } from '@wave-store/bundle'
import type { SecretValue } from '@wave-store/contract'
import type { InstanceSpec } from '@wave-store/runtime'
import { quotesOf } from './redact.ts'
import { bytesOf } from './secret-value.ts'

/** What an app is given of secrets, and what no message about it may quote. */
export interface InjectedSecrets {
  env: Record<string, string>
  files: InstanceSpec['files']
  redact: string[]
}

/** Undefined: there is no such value. */
export type OpenedSecrets = (entry: EnvEntry | FileEntry, secret: SecretReference) => SecretValue | undefined

/** Linux starts no program with a longer `NAME=value`. */
const longestEntryBytes = 128 * 1024 - 1
/** Nor with an environment that is much larger than this. */
const largestEnvironmentBytes = 1 << 20

/**
 * What the manifest asks of secrets, as environment and files (developer guide, Utilizing Secrets). Optional entries whose
 * value is not there are left out.
 *
 * @returns with `problems` that no environment can hold, and the entries whose value is `missing`; never with a value
 */
export function injectSecrets(
  { env, files }: Pick<Manifest, 'env' | 'files'>,
  opened: OpenedSecrets,
): { secrets: InjectedSecrets; problems: string[]; missing: (EnvEntry | FileEntry)[] } {
  const wanted = [...env, ...files].flatMap((entry) =>
    entry.secret ? [{ entry, secret: entry.secret, value: opened(entry, entry.secret) }] : [],
  )
  const problems = new Set<string>()
  const secrets: InjectedSecrets = { env: {}, files: [], redact: [] }
  for (const { entry, secret, value } of wanted) {
    if (!value) continue
    if ('path' in entry) secrets.files.push({ path: entry.path, ...contentOf(value) })
    else {
      const fault = faultOf(entry.name, bytesOf(value))
      if (fault) problems.add(`[[Env]] ${entry.name}: the key ${secret.key} of the secret ${secret.name} ${fault}`)
      else secrets.env[entry.name] = bytesOf(value).toString('utf8')
    }
  }
  secrets.redact = [...new Set(wanted.flatMap(({ value }) => (value ? quotesIn(value) : [])))]
  const total = Object.entries(secrets.env).reduce((sum, [name, text]) => sum + entryBytes(name, text), 0)
  if (total > largestEnvironmentBytes)
    problems.add('Together the values for [[Env]] are larger than 1 MiB: take a [[File]] for the long ones')
  const missing = wanted.filter(({ entry, value }) => !value && !entry.optional).map(({ entry }) => entry)
  return { secrets, problems: [...problems], missing }
}

/** Why an environment variable cannot hold the bytes; null: it can. */
function faultOf(name: string, bytes: Buffer): string | null {
  if (bytes.includes(0)) return 'holds the character NUL, which no environment variable can: take a [[File]] for it'
  if (!isUtf8(bytes)) return 'is no text: take a [[File]] for it'
  if (name.length + 1 + bytes.byteLength > longestEntryBytes)
    return 'is longer than the 128 KiB of an environment variable: take a [[File]] for it'
  return null
}

function contentOf(value: SecretValue): Omit<InstanceSpec['files'][number], 'path'> {
  return 'text' in value ? { content: value.text } : { content: value.base64, encoding: 'base64' }
}

function entryBytes(name: string, text: string): number {
  return name.length + 1 + Buffer.byteLength(text)
}

function quotesIn(value: SecretValue): string[] {
  if ('text' in value) return quotesOf(value.text)
  const bytes = bytesOf(value)
  return [...quotesOf(value.base64), ...(isUtf8(bytes) ? quotesOf(bytes.toString('utf8')) : [])]
}
