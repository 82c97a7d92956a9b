import { readManifest } from './read-manifest.ts'
import { indexTomlPositions } from './toml-positions.ts'

const assignment = /[^=\n]*=[ \t]*("[^"\n]*"|'[^'\n]*')/y

/**
 * The manifest with another version; nothing else of its text changes.
 *
 * @param text a manifest that was read without errors
 * @returns undefined where its version is written in a way that cannot be replaced
 */
export function setVersion(text: string, version: string): string | undefined {
  const position = indexTomlPositions(text).find(['App', 'Version'])
  if (!position) return undefined
  assignment.lastIndex = position.offset
  const [whole, value] = assignment.exec(text) ?? []
  if (whole === undefined || value === undefined) return undefined
  const end = position.offset + whole.length
  const changed = `${text.slice(0, end - value.length)}"${version}"${text.slice(end)}`
  return readManifest(changed).manifest?.app.version === version ? changed : undefined
}
