import type { Problem } from '../problem.ts'
import type { Section } from './document.ts'
import type { EnvEntry, SecretReference } from './manifest.ts'
import { quoted, SectionReader } from './section-reader.ts'

/** What may be set of what configures the Wave server; the rest is the platform's. Product rules section 3. */
const allowedWaveNames = [
  'H2O_WAVE_PUBLIC_DIR',
  'H2O_WAVE_PRIVATE_DIR',
  'H2O_WAVE_MAX_REQUEST_SIZE',
  'H2O_WAVE_NO_STORE',
  'H2O_WAVE_SESSION_INACTIVITY_TIMEOUT',
  'H2O_WAVE_DATA_DIR',
  'H2O_WAVE_PING_INTERVAL',
  'H2O_WAVE_APP_MODE',
]
const allowedWavePrefix = 'H2O_WAVE_ML_'

/** Setting these is an app's right, and often a mistake: Python or its packages may no longer be found. */
const delicateNames = ['PATH', 'PYTHONHOME', 'VIRTUAL_ENV', 'LD_PRELOAD', 'LD_LIBRARY_PATH', 'LD_AUDIT']

/** As Kubernetes takes them. */
const namePattern = /^[A-Za-z_.-][A-Za-z0-9_.-]*$/
/** Linux starts no program with a longer `NAME=value`. */
const maxEntryBytes = 128 * 1024 - 1

/** Reads the tables [[Env]]: of two with one name the last stays. */
export function readEnv(sections: Section[], problems: Problem[]): EnvEntry[] {
  const entries = new Map<string, EnvEntry>()
  for (const section of sections) {
    const reader = new SectionReader(section, problems)
    const name = readName(reader)
    const source = readSource(reader, 'Env')
    const optional = reader.boolean('Optional')
    if (name === undefined) continue
    if (entries.delete(name)) {
      reader.warning(
        'duplicate',
        'Name',
        `${name} is set more than once; this, the last one, counts. Remove the others.`,
      )
    }
    if (!source || !fitsIntoEnvironment(reader, name, source.value)) continue
    entries.set(name, { name, ...source, optional })
  }
  return [...entries.values()]
}

/** Value, or Secret with SecretKey: one of the two. undefined, with the problem told, when it is neither or both. */
export function readSource(
  reader: SectionReader,
  table: 'Env' | 'File',
): { value: string } | { secret: SecretReference; value?: undefined } | undefined {
  const value = reader.text('Value')
  const secret = reader.nonEmpty('Secret')
  const key = reader.nonEmpty('SecretKey')
  const isSecret = secret !== undefined || key !== undefined
  if (isSecret && value) {
    reader.error(
      'exclusive',
      'Value',
      'Value cannot stand together with Secret and SecretKey: remove one or the other.',
    )
    return undefined
  }
  if (secret !== undefined && key !== undefined) return { secret: { name: secret, key } }
  if (secret !== undefined) {
    reader.error('required', 'SecretKey', `Secret ${quoted(secret)} needs SecretKey, the name of the value in it.`)
  } else if (key !== undefined) {
    reader.error('required', 'Secret', `SecretKey ${quoted(key)} needs Secret, the name of the secret that holds it.`)
  } else if (value !== undefined) {
    return { value }
  } else if (!['Value', 'Secret', 'SecretKey'].some((name) => typeof filled(reader, name) !== 'undefined')) {
    reader.error('required', 'Value', `[[${table}]] needs a Value, or a Secret with its SecretKey.`)
  }
  return undefined
}

function filled(reader: SectionReader, key: string): unknown {
  const value = reader.section.fields.get(key)?.value
  return value === '' ? undefined : value
}

function readName(reader: SectionReader): string | undefined {
  const name = reader.nonEmpty('Name')
  if (name === undefined) {
    if (filled(reader, 'Name') === undefined) {
      reader.error('required', 'Name', '[[Env]] needs Name, the name of the environment variable.')
    }
    return undefined
  }
  if (!namePattern.test(name) || name.length > 255) {
    const advice = 'write letters, digits and underscores, such as "MY_SETTING".'
    reader.error('bad_value', 'Name', `${quoted(name)} is not a name of an environment variable: ${advice}`)
    return undefined
  }
  if (name.startsWith('H2O_CLOUD')) {
    reader.error(
      'reserved_name',
      'Name',
      `${name} is set by the platform: names that begin with H2O_CLOUD are not free.`,
    )
    return undefined
  }
  if (name.startsWith('H2O_WAVE') && !name.startsWith(allowedWavePrefix) && !allowedWaveNames.includes(name)) {
    const allowed = [`${allowedWavePrefix}*`, ...allowedWaveNames].join(', ')
    reader.error('reserved_name', 'Name', `${name} is set by the platform. Of H2O_WAVE* an app may set ${allowed}.`)
    return undefined
  }
  if (delicateNames.includes(name)) {
    const advice = 'Python or its packages may not be found.'
    reader.warning('overrides_platform', 'Name', `${name} takes the place of what the platform sets: ${advice}`)
  }
  return name
}

function fitsIntoEnvironment(reader: SectionReader, name: string, value: string | undefined): boolean {
  if (value === undefined) return true
  if (value.includes('\0')) {
    reader.error('bad_value', 'Value', 'An environment variable cannot hold the character NUL; remove it.')
    return false
  }
  if (new TextEncoder().encode(`${name}=${value}`).length <= maxEntryBytes) return true
  reader.error('bad_value', 'Value', 'An environment variable holds at most 128 KiB; put longer text into a [[File]].')
  return false
}
