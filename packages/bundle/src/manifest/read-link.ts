import type { Problem } from '../problem.ts'
import { problemError, problemWarning } from '../problem.ts'
import { manifestEntry, type Section } from './document.ts'
import type { Lifecycle, Manifest } from './manifest.ts'
import { quoted, SectionReader } from './section-reader.ts'

/** Reads the table [Link], which only LINK apps have. */
export function readLink(section: Section | undefined, lifecycle: Lifecycle, problems: Problem[]): Manifest['link'] {
  if (lifecycle !== 'LINK') {
    if (section) {
      const message = 'Only apps with InstanceLifecycle = "LINK" lead somewhere else. Set it, or remove this table.'
      problems.push(problemWarning('not_used', `[Link] has no effect. ${message}`, section.place))
    }
    return undefined
  }
  const place = section?.place ?? { entry: manifestEntry, table: 'Link' }
  const reader = section && new SectionReader(section, problems)
  const written = reader?.nonEmpty('Address')
  if (written === undefined || !reader) {
    if (!section?.fields.get('Address')?.value) {
      const message = 'A LINK app needs to say where it leads: write Address = "https://example.com/" below [Link].'
      problems.push(problemError('required', message, { ...place, key: 'Address' }))
    }
    return undefined
  }
  const url = URL.canParse(written) ? new URL(written) : undefined
  if (url && /^https?:\/\//i.test(written.trim()) && url.username === '' && url.password === '') {
    return { address: url.href }
  }
  const advice = 'write one that begins with https:// or http://, without name and password.'
  reader.error('bad_value', 'Address', `${quoted(written)} is not an address to lead people to: ${advice}`)
  return undefined
}
