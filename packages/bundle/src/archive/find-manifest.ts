import { manifestEntry } from '../manifest/document.ts'
import { type Problem, problemError } from '../problem.ts'
import { shown } from './check-entries.ts'
import type { ArchiveEntry } from './entry.ts'

/** What tools for macOS and Windows leave behind. */
const litter = /^__MACOSX(\/|$)|(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini)$/

/** app.toml in the root, or the reason why there is none. */
export function findManifest(entries: readonly ArchiveEntry[]): ArchiveEntry | Problem {
  const inRoot = entries.filter((entry) => entry.path === manifestEntry)
  const file = inRoot.find((entry) => entry.kind === 'file')
  if (file) return file
  if (inRoot[0]) {
    const message = 'app.toml is not a file; put the file itself into the root of the archive.'
    return problemError('manifest_missing', message, { entry: manifestEntry })
  }
  const other = entries.find((entry) => entry.path.toLowerCase() === manifestEntry)
  if (other) return missing(`Rename ${shown(other.path)} to app.toml, in lower case.`)
  const nested = entries.find((entry) => /^[^/]+\/app\.toml$/.test(entry.path) && !litter.test(entry.path))
  if (!nested) return missing('Every bundle needs this file, which says what the app is and how it starts.')
  const folder = nested.path.slice(0, nested.path.indexOf('/'))
  const contents = entries.filter((entry) => entry.path !== '' && !litter.test(entry.path))
  if (contents.some((entry) => entry.path !== folder && !entry.path.startsWith(`${folder}/`))) {
    return missing(`There is one at ${shown(nested.path)}: pack the contents of ${shown(folder)}.`)
  }
  const message = `Everything lies in the folder ${shown(folder)}: pack the contents of the folder, not the folder itself.`
  return problemError('manifest_nested', message, { entry: nested.path })
}

function missing(advice: string): Problem {
  return problemError('manifest_missing', `There is no app.toml in the root of the archive. ${advice}`)
}
