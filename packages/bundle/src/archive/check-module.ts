import type { Manifest } from '../manifest/manifest.ts'
import { listed, quoted } from '../manifest/section-reader.ts'
import { type Place, type Problem, problemWarning } from '../problem.ts'
import type { ArchiveEntry } from './entry.ts'

/** Warns where the bundle holds no such module: it may still come from a package, but seldom does. */
export function checkModule(manifest: Manifest, entries: readonly ArchiveEntry[], place: Place): Problem[] {
  const module = manifest.runtime.module
  if (module === undefined || manifest.app.lifecycle === 'LINK') return []
  const base = module.replaceAll('.', '/')
  const forms = [`${base}.py`, `${base}/__main__.py`, `${base}/__init__.py`]
  const accepted = new Set([...forms, ...forms.map((form) => `${form}c`)])
  const isExtension = (path: string) => path.startsWith(`${base}.`) && /^[^/]*\.(so|pyd)$/.test(path.slice(base.length))
  const paths = entries.filter((entry) => entry.kind !== 'directory').map((entry) => entry.path)
  if (paths.some((path) => accepted.has(path) || isExtension(path))) return []
  const fold = (text: string) => text.toLowerCase().replaceAll('-', '_')
  const near = paths.filter((path) => forms.some((form) => fold(form) === fold(path) || path.endsWith(`/${form}`)))
  const hint = near.length > 0 ? ` There is ${listed(near.slice(0, 3))}.` : ''
  const message = `The bundle has no module ${quoted(module)} (${forms[0]}); it starts only if a package brings it.${hint}`
  return [problemWarning('module_missing', message, place)]
}
