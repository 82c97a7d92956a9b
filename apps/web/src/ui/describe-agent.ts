import type { OwnSession } from '@wave-store/contract'

/** Most specific first: Edge and Opera call themselves Chrome, and Chrome calls itself Safari. */
const browsers: [pattern: RegExp, name: string][] = [
  [/\bEdg(?:e|A|iOS)?\/(\d+)/, 'Edge'],
  [/\b(?:OPR|Opera)\/(\d+)/, 'Opera'],
  [/\bSamsungBrowser\/(\d+)/, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\/(\d+)/, 'Firefox'],
  [/\b(?:HeadlessChrome|Chrome|CriOS)\/(\d+)/, 'Chrome'],
  [/\bVersion\/(\d+)\S* (?:Mobile\/\S+ )?Safari\//, 'Safari'],
]

/** An iPhone says that it is like Mac OS X, Android that it is Linux. */
const systems: [pattern: RegExp, name: string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac(?: OS X|intosh)\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
]

/** What a session runs in, as a person would say it: `Firefox 141 on Windows`, `The h2o command line`. */
export function describeAgent({ kind, agent }: Pick<OwnSession, 'kind' | 'agent'>): string {
  if (kind === 'command_line') return agent || 'A command line'
  const system = systems.find(([pattern]) => pattern.test(agent))?.[1]
  for (const [pattern, name] of browsers) {
    const version = pattern.exec(agent)?.[1]
    if (version) return system ? `${name} ${version} on ${system}` : `${name} ${version}`
  }
  if (system) return `A browser on ${system}`
  return agent ? agent.slice(0, 60) : 'An unknown browser'
}
