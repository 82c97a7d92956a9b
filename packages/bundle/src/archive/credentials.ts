import { type Problem, problemWarning } from '../problem.ts'
import { shown } from './check-entries.ts'
import type { ArchiveEntry } from './entry.ts'

const namePatterns = [
  /^\.env(\..+)?$/,
  /^id_(rsa|dsa|ecdsa|ed25519)$/,
  /\.(pem|key|p12|pfx|keystore|jks|ppk)$/,
  /^credentials(\.json)?$/,
  /^(client_secret|service[-_]?account)[^/]*\.json$/,
  /^[._]netrc$/,
  /^\.(pypirc|npmrc|git-credentials|htpasswd|pgpass)$/,
  /^h2o-cli-config[^/]*\.toml$/,
]
/** Made to be shared: templates, and the certificates that packages bring along. */
const harmless = /(\.(example|sample|template|dist)$)|^(cacert|ca-bundle|roots)\.pem$/

/** Files that were packed by accident, by the look of their names. */
export function checkCredentials(entries: readonly ArchiveEntry[]): Problem[] {
  return entries
    .filter((entry) => entry.kind === 'file' && looksLikeCredentials(entry.path))
    .map((entry) => {
      const message = `${shown(entry.path)} looks like credentials. Whoever may download the bundle reads it; use a secret instead.`
      return problemWarning('looks_like_credentials', message, { entry: entry.path })
    })
}

function looksLikeCredentials(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase()
  return !harmless.test(name) && namePatterns.some((pattern) => pattern.test(name))
}
