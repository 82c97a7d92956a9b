import { type Category, categories } from '@wave-store/contract'
import { hasHugeNumber, isVersion, maxVersionLength, normaliseVersion } from '../version.ts'
import { type AppSection, lifecycles } from './manifest.ts'
import type { ManifestRules } from './rules.ts'
import { quoted, type SectionReader } from './section-reader.ts'
import { parseTimeout } from './timeout.ts'

const usualName = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/
const usualNameLength = 63
const maxNameLength = 128
/** Control and formatting characters (the latter hide or reorder text), lone surrogates, line separators. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u

/** Longest texts, in characters; lists are limited to `listItems` items of `listItem` characters. */
export const textLimits = { title: 256, description: 16_384, listItems: 100, listItem: 128 } as const

/** Reads the table [App] as product rules section 3 has it. */
export function readApp(reader: SectionReader, rules: ManifestRules): AppSection {
  const name = readName(reader)
  const version = readVersion(reader, rules)
  const longDescription = readLongDescription(reader)
  return {
    name,
    ...version,
    title: readTitle(reader) ?? name,
    description: readDescription(reader),
    ...(longDescription !== undefined && { longDescription }),
    category: readCategory(reader),
    keywords: readList(reader, 'Keywords'),
    tags: readList(reader, 'Tags'),
    lifecycle: reader.oneOf('InstanceLifecycle', lifecycles, 'ON_DEMAND'),
    instanceTimeoutSeconds: readInstanceTimeout(reader),
  }
}

/** Whether the value is refused as one that a build was to fill in. */
export function isPlaceholder(reader: SectionReader, key: string, text: string): boolean {
  const found = /\{\{[^{}]*\}\}/.exec(text.slice(0, 1000))?.[0]
  if (!found) return false
  const example = key === 'Version' ? ', such as Version = "1.0.0"' : ''
  reader.error('placeholder', key, `${key} holds the placeholder ${found}: put the real value in its place${example}.`)
  return true
}

function readName(reader: SectionReader): string {
  const name = reader.nonEmpty('Name')?.normalize('NFC')
  if (name === undefined) {
    requireText(reader, 'Name', 'Name = "com.example.my-app"')
    return ''
  }
  if (isPlaceholder(reader, 'Name', name)) return ''
  const fault = faultOfName(name)
  if (fault) {
    reader.error('bad_value', 'Name', `The name ${quoted(name)} ${fault} Use letters, digits, dots and hyphens.`)
    return ''
  }
  if (!usualName.test(name) || name.length > usualNameLength) {
    const advice = `Letters, digits, "-", "_" and ".", at most ${usualNameLength} of them, travel better.`
    reader.warning('name_unusual', 'Name', `The name ${quoted(name)} is accepted as it is. ${advice}`)
  }
  return name
}

function faultOfName(name: string): string | undefined {
  if ([...name].length > maxNameLength) return `is longer than ${maxNameLength} characters.`
  if (/[/\\]/.test(name)) return 'contains a slash or backslash.'
  if (/["']/.test(name)) return 'contains a quote.'
  if (unprintable.test(name)) return 'contains a character that cannot be seen.'
  if (name.trim() !== name) return 'begins or ends with a blank.'
  if (/^\.+$/.test(name)) return 'consists of dots.'
  return undefined
}

function readVersion(reader: SectionReader, rules: ManifestRules): { version: string; versionAsWritten: string } {
  const written = reader.nonEmpty('Version')
  if (written === undefined) {
    requireText(reader, 'Version', 'Version = "1.0.0"')
    return { version: '', versionAsWritten: '' }
  }
  if (isPlaceholder(reader, 'Version', written)) return { version: '', versionAsWritten: written }
  if (isVersion(written)) return { version: written, versionAsWritten: written }
  const normal = normaliseVersion(written)
  if (normal === undefined) {
    reader.error('bad_value', 'Version', `${quoted(written)} is not a semantic version: ${versionAdvice(written)}`)
  } else if (rules.strictVersions) {
    reader.error('bad_value', 'Version', `${quoted(written)} is not a semantic version: write ${quoted(normal)}.`)
  } else {
    const message = `${quoted(written)} is not a semantic version; it is taken as ${normal}. Write ${quoted(normal)}.`
    reader.warning('version_normalised', 'Version', message)
  }
  return { version: normal ?? '', versionAsWritten: written }
}

function versionAdvice(written: string): string {
  if (written.length > maxVersionLength) return `it is longer than ${maxVersionLength} characters.`
  const bare = written.trim().replace(/^[vV=]\s*/, '')
  if (bare !== written && normaliseVersion(bare)) return `write ${quoted(normaliseVersion(bare))}.`
  if (hasHugeNumber(written)) return 'its numbers are too large; the largest is 9007199254740991.'
  if (/^\d+(\.\d+){3,}$/.test(written)) return 'it has more than three numbers; write three, such as "1.2.3".'
  return 'write three numbers, such as "1.2.3" or "1.2.3-beta.1" (semver.org).'
}

function readTitle(reader: SectionReader): string | undefined {
  const title = reader.nonEmpty('Title')?.trim()
  if (!title) return undefined
  if ([...title].length > textLimits.title) {
    reader.error('bad_value', 'Title', `The title is longer than ${textLimits.title} characters; shorten it.`)
    return undefined
  }
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(title) || /[\u202a-\u202e\u2066-\u2069]/.test(title)) {
    reader.error('bad_value', 'Title', 'The title contains line ends or control characters; write one plain line.')
    return undefined
  }
  return title
}

function readDescription(reader: SectionReader): string {
  const description = reader.text('Description') ?? ''
  if (description.length <= textLimits.description) return description
  const advice = 'shorten it, and put the rest into the file that LongDescription names.'
  reader.error('bad_value', 'Description', `It is longer than ${textLimits.description} characters; ${advice}`)
  return ''
}

function readLongDescription(reader: SectionReader): string | undefined {
  const written = reader.nonEmpty('LongDescription')
  const path = written?.replace(/^(\.\/)+/, '')
  if (path === undefined) return undefined
  const segments = path.split('/')
  const isTooLong = path.length > 1024
  if (
    isTooLong ||
    path.startsWith('/') ||
    path.includes('\\') ||
    segments.some((segment) => segment === '..' || segment === '')
  ) {
    const advice = 'write a path below the root of the bundle, such as "about.md".'
    reader.error('bad_value', 'LongDescription', `${quoted(written)} names no file of the bundle: ${advice}`)
    return undefined
  }
  return path
}

function readCategory(reader: SectionReader): Category {
  const written = reader.nonEmpty('Category')?.trim()
  if (!written || written.toLowerCase() === 'all') return 'Other'
  const found = categories.find((category) => category.toLowerCase() === written.toLowerCase())
  if (found) return found
  const choice = categories.join(', ')
  reader.warning('unknown_category', 'Category', `${quoted(written)} is shown under Other. Categories are: ${choice}.`)
  return 'Other'
}

function readList(reader: SectionReader, key: string): string[] {
  const items = reader.texts(key).map((item) => item.trim())
  const isTooLong = items.length > textLimits.listItems || items.some((item) => item.length > textLimits.listItem)
  if (!isTooLong) return [...new Set(items.filter((item) => item !== ''))]
  const bounds = `${textLimits.listItems} items of ${textLimits.listItem} characters`
  reader.error('bad_value', key, `${key} is longer than ${bounds}; shorten it.`)
  return []
}

function readInstanceTimeout(reader: SectionReader): number | null | undefined {
  const field = reader.section.fields.get('InstanceTimeout')
  if (!field || field.value === '') return undefined
  const seconds = parseTimeout(String(field.value).trim())
  if (seconds !== undefined) return seconds
  const advice = 'write a time such as "30s", "15m" or "8h", or "-1" for never.'
  reader.error('bad_value', 'InstanceTimeout', `${quoted(field.value)} is not a time: ${advice}`)
  return undefined
}

function requireText(reader: SectionReader, key: string, example: string): void {
  // A value of another type was already reported as that.
  const value = reader.section.fields.get(key)?.value
  if (value === undefined || value === '') reader.error('required', key, `[App] needs ${key}: write ${example}.`)
}
