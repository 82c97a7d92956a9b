import type { EnvEntry, FileEntry, Manifest } from '@wave-store/bundle'
import type { SecretValue } from '@wave-store/contract'
import { type InjectedSecrets, injectSecrets } from '@wave-store/instance-spec'
import type { Cli } from '../cli.ts'
import { Failure } from '../failure.ts'

/**
 * What the manifest asks of secrets: as it was given for the command, by `SECRET/KEY`, else for `[[Env]]` the variable
 * of the same name in the person's own environment.
 *
 * @throws {Failure} with everything that is missing, or that no environment can hold
 */
export function localSecrets(
  { env }: Pick<Cli, 'env'>,
  manifest: Manifest,
  given: Record<string, SecretValue>,
): InjectedSecrets {
  const { secrets, problems, missing } = injectSecrets(manifest, (entry, { name, key }) => {
    const own = 'path' in entry ? undefined : env[entry.name]
    return given[`${name}/${key}`] ?? (own === undefined ? undefined : { text: own })
  })
  const details = [...missing.map(askFor), ...problems]
  if (details.length === 0) return secrets
  throw new Failure('The app needs secrets that are not given.', {
    details,
    next: 'Give them and run the command again; those of a store cannot be read back.',
  })
}

function askFor(entry: EnvEntry | FileEntry): string {
  const { name, key } = entry.secret!
  const what = `the key ${key} of the secret ${name}`
  return 'path' in entry
    ? `[[File]] ${entry.path}: ${what}. Give it by --from-file ${name}/${key}=FILE`
    : `[[Env]] ${entry.name}: ${what}. Set the variable ${entry.name}, or give it by --from-literal ${name}/${key}=VALUE`
}
