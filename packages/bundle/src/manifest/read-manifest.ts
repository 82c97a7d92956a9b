import { decodeText } from '../decode-text.ts'
import { type Place, type Problem, problemError } from '../problem.ts'
import { type ManifestDocument, manifestEntry, readDocument, type Section } from './document.ts'
import type { Manifest } from './manifest.ts'
import { readApp } from './read-app.ts'
import { readEnv } from './read-env.ts'
import { readFiles } from './read-files.ts'
import { readLink } from './read-link.ts'
import { readRuntime } from './read-runtime.ts'
import { defaultManifestRules, type ManifestRules } from './rules.ts'
import { SectionReader } from './section-reader.ts'

export interface ManifestReading {
  /** Present whenever the text is TOML: fields that were refused hold their defaults. */
  manifest?: Manifest
  problems: Problem[]
  /** Where a key of a table that stands once is written. */
  placeOf(table: 'App' | 'Runtime' | 'Link', key: string): Place
}

/** Reads app.toml and reports everything that is wrong with it at once. */
export function readManifest(
  source: string | Uint8Array,
  rules: ManifestRules = defaultManifestRules,
): ManifestReading {
  const problems: Problem[] = []
  const text = typeof source === 'string' ? source.replace(/^\uFEFF/, '') : decodeText(source)
  if (text === undefined) {
    const message = 'app.toml is not UTF-8 text; save it with the encoding UTF-8.'
    return { problems: [problemError('not_utf8', message, { entry: manifestEntry })], placeOf: placesIn({}) }
  }
  const document = readDocument(text, problems)
  if (!document) return { problems, placeOf: placesIn({}) }
  const app = readApp(new SectionReader(document.App ?? absent('App'), problems), rules)
  const runtimeReader = new SectionReader(document.Runtime ?? absent('Runtime'), problems)
  const runtime = readRuntime(runtimeReader, app.lifecycle, rules)
  const env = readEnv(document.Env, problems)
  const files = readFiles(document.File, runtime.volume?.mountPath, problems)
  const link = readLink(document.Link, app.lifecycle, problems)
  const manifest = { app, runtime, env, files, ...(link && { link }) }
  return { manifest, problems: byLine(problems), placeOf: placesIn(document) }
}

function placesIn(document: Partial<ManifestDocument>): ManifestReading['placeOf'] {
  return (table, key) => document[table]?.fields.get(key)?.place ?? { entry: manifestEntry, table, key }
}

function absent(table: string): Section {
  return { fields: new Map(), place: { entry: manifestEntry, table } }
}

function byLine(problems: Problem[]): Problem[] {
  return problems.toSorted((a, b) => (a.place.line ?? 0) - (b.place.line ?? 0))
}
