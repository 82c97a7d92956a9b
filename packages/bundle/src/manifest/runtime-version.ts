import { matchesWildcard } from './wildcard.ts'

export interface RuntimeVersionRules {
  /** What the operator offers; the first one is the default. */
  offered: { name: string /** Such as `3.11`. */; python?: string; deprecated?: boolean }[]
  /** Other names; `*` stands for any run of characters, the first match counts. */
  aliases: { pattern: string; to: { name: string } | 'nearest_python' }[]
}

/** Names such as `deb11_py310_wlatest` are in many real manifests: they ask for a Python, and get the nearest one. */
export const defaultRuntimeVersionRules: RuntimeVersionRules = {
  offered: [],
  aliases: [{ pattern: '*_py3*', to: 'nearest_python' }],
}

export interface ResolvedRuntimeVersion {
  /** `default`: none was asked for; `unknown`: the default takes its place. */
  kind: 'default' | 'offered' | 'alias' | 'unknown'
  /** Name of the runtime on offer; undefined where nothing is offered by name. */
  name?: string
  deprecated: boolean
}

/** Finds the runtime that a manifest's `RuntimeVersion` stands for. */
export function resolveRuntimeVersion(wanted: string | undefined, rules: RuntimeVersionRules): ResolvedRuntimeVersion {
  const byName = (kind: ResolvedRuntimeVersion['kind'], name: string | undefined): ResolvedRuntimeVersion => {
    const found = rules.offered.find((offer) => offer.name === name) ?? rules.offered[0]
    return { kind, ...(found && { name: found.name }), deprecated: found?.deprecated ?? false }
  }
  if (!wanted) return byName('default', undefined)
  if (rules.offered.some((offer) => offer.name === wanted)) return byName('offered', wanted)
  const alias = rules.aliases.find(({ pattern }) => matchesWildcard(pattern, wanted))
  if (!alias) return byName('unknown', undefined)
  return byName('alias', alias.to === 'nearest_python' ? nearestPython(wanted, rules) : alias.to.name)
}

/** Among equally near ones the newer: code for 3.10 more often runs on 3.11 than on 3.9. */
function nearestPython(wanted: string, rules: RuntimeVersionRules): string | undefined {
  const minor = Number(/py3(\d{1,2})/.exec(wanted)?.[1] ?? Number.NaN)
  if (Number.isNaN(minor)) return undefined
  const minorOf = (python: string | undefined) => Number(/^3\.(\d+)/.exec(python ?? '')?.[1] ?? Number.NaN)
  const candidates = rules.offered
    .map((offer) => ({ name: offer.name, minor: minorOf(offer.python) }))
    .filter((candidate) => !Number.isNaN(candidate.minor))
    .sort((a, b) => Math.abs(a.minor - minor) - Math.abs(b.minor - minor) || b.minor - a.minor)
  return candidates[0]?.name
}
