import { appModes, type Lifecycle, type RuntimeSection, routings } from './manifest.ts'
import { isPlaceholder } from './read-app.ts'
import { readResources } from './read-resources.ts'
import type { ManifestRules } from './rules.ts'
import { resolveRuntimeVersion } from './runtime-version.ts'
import { quoted, type SectionReader } from './section-reader.ts'
import { matchesWildcard } from './wildcard.ts'

/** What `python3 -m` finds: names joined by dots. Hyphens and leading digits can be found, though not imported by name. */
const modulePattern = /^[\p{L}\p{N}_][\p{L}\p{N}_-]*(\.[\p{L}\p{N}_][\p{L}\p{N}_-]*)*$/u
const imagePattern = /^[A-Za-z0-9][A-Za-z0-9._:/@-]*$/

/** Reads the table [Runtime] as product rules section 3 has it. */
export function readRuntime(reader: SectionReader, lifecycle: Lifecycle, rules: ManifestRules): RuntimeSection {
  const mode = reader.oneOf('AppMode', appModes, 'wave')
  const module = readModule(reader, lifecycle !== 'LINK' && mode !== 'container')
  const port = readPort(reader, lifecycle !== 'LINK' && mode === 'python')
  const entryPoint = reader.texts('AppEntryPoint')
  const customImage = readCustomImage(reader, mode === 'container' && lifecycle !== 'LINK', rules)
  const runtimeVersion = readRuntimeVersion(reader, rules)
  if (mode === 'wave' && port !== undefined) {
    reader.warning('not_used', 'Port', 'Port has no effect on a Wave app. Remove it, or set AppMode to "python".')
  }
  return {
    mode,
    ...(module !== undefined && { module }),
    ...(port !== undefined && { port }),
    args: reader.texts('AppArgs'),
    ...(entryPoint.length > 0 && { entryPoint }),
    ...(customImage !== undefined && { customImage }),
    ...readResources(reader),
    enableOidc: reader.boolean('EnableOIDC'),
    enableShm: reader.boolean('EnableSHM'),
    ...(runtimeVersion !== undefined && { runtimeVersion }),
    routing: reader.oneOf('RoutingMode', routings, 'DOMAIN'),
  }
}

function readModule(reader: SectionReader, isRequired: boolean): string | undefined {
  const module = reader.nonEmpty('Module')
  if (module === undefined) {
    const value = reader.section.fields.get('Module')?.value
    if (isRequired && (value === undefined || value === '')) {
      reader.error(
        'required',
        'Module',
        '[Runtime] needs Module, the Python module to start: write Module = "src.app".',
      )
    }
    return undefined
  }
  if (isPlaceholder(reader, 'Module', module)) return undefined
  const isFile = /\.pyc?$/i.test(module) || module.includes('/') || module.includes('\\')
  if (!isFile && modulePattern.test(module) && module.length <= 255) return module
  const suggestion = module
    .trim()
    .replace(/\.pyc?$/i, '')
    .replace(/^[./\\]+/, '')
    .replace(/[/\\]+/g, '.')
  const advice = modulePattern.test(suggestion)
    ? `write Module = ${quoted(suggestion)}.`
    : 'write names joined by dots, such as "src.app".'
  reader.error('bad_value', 'Module', `${quoted(module)} is not a module as "python3 -m" takes it: ${advice}`)
  return undefined
}

function readPort(reader: SectionReader, isRequired: boolean): number | undefined {
  if (!reader.has('Port') && isRequired) {
    reader.error('required', 'Port', 'An app with AppMode = "python" needs the port it listens on: write Port = 8000.')
  }
  return reader.integer('Port', { min: 1, max: 65_535 })
}

function readCustomImage(reader: SectionReader, isContainer: boolean, rules: ManifestRules): string | undefined {
  const image = reader.nonEmpty('CustomImage')
  if (image === undefined) {
    // A runtime version of the operator's can bring the image.
    if (isContainer && !reader.nonEmpty('RuntimeVersion')) {
      reader.error(
        'required',
        'CustomImage',
        'An app with AppMode = "container" needs its image: write CustomImage = "registry.example.com/app:1.0".',
      )
    }
    return undefined
  }
  if (!imagePattern.test(image) || image.length > 512) {
    reader.error('bad_value', 'CustomImage', `${quoted(image)} is not the name of an image: write "host/name:tag".`)
    return undefined
  }
  if (isContainer && rules.imagePatterns && !rules.imagePatterns.some((pattern) => matchesWildcard(pattern, image))) {
    const allowed = rules.imagePatterns.map(quoted).join(', ') || 'none'
    reader.error('image_not_allowed', 'CustomImage', `${quoted(image)} is no image that may run here (${allowed}).`)
  }
  return image
}

function readRuntimeVersion(reader: SectionReader, rules: ManifestRules): string | undefined {
  const written = reader.nonEmpty('RuntimeVersion')
  const resolved = resolveRuntimeVersion(written, rules.runtimeVersions)
  if (written === undefined) return undefined
  const offered = rules.runtimeVersions.offered.map(({ name }) => name).join(', ')
  const choice = offered ? ` On offer: ${offered}.` : ''
  if (resolved.kind === 'unknown' && rules.strictRuntimeVersion) {
    reader.error('unknown_runtime_version', 'RuntimeVersion', `There is no runtime ${quoted(written)}.${choice}`)
  } else if (resolved.kind === 'unknown') {
    const message = `There is no runtime ${quoted(written)}; the default takes its place.${choice}`
    reader.warning('unknown_runtime_version', 'RuntimeVersion', message)
  } else if (resolved.deprecated) {
    const message = `The runtime ${quoted(written)} is deprecated and takes no new apps.${choice}`
    reader.error('deprecated_runtime_version', 'RuntimeVersion', message)
  }
  return written
}
