import type { OwnSession } from '@wave-store/contract'
import { t } from '../i18n/t.ts'

/** Most specific first: Edge and Opera call themselves Chrome, and Chrome calls itself Safari. */
const browsers: [pattern: RegExp, name: string][] = [
  [/\bEdg(?:e|A|iOS)?\/(\d+)/, t('Edge')],
  [/\b(?:OPR|Opera)\/(\d+)/, t('Opera')],
  [/\bSamsungBrowser\/(\d+)/, t('Samsung Internet')],
  [/\b(?:Firefox|FxiOS)\/(\d+)/, t('Firefox')],
  [/\b(?:HeadlessChrome|Chrome|CriOS)\/(\d+)/, t('Chrome')],
  [/\bVersion\/(\d+)\S* (?:Mobile\/\S+ )?Safari\//, t('Safari')],
]

/** An iPhone says that it is like Mac OS X, Android that it is Linux. */
const systems: [pattern: RegExp, name: string][] = [
  [/\biPhone\b/, t('iPhone')],
  [/\biPad\b/, t('iPad')],
  [/\bAndroid\b/, t('Android')],
  [/\bCrOS\b/, t('ChromeOS')],
  [/\bWindows\b/, t('Windows')],
  [/\bMac(?: OS X|intosh)\b/, t('macOS')],
  [/\bLinux\b/, t('Linux')],
]

/** What a session runs in, as a person would say it: `Firefox 141 on Windows`, `The h2o command line`. */
export function describeAgent({ kind, agent }: Pick<OwnSession, 'kind' | 'agent'>): string {
  if (kind === 'command_line') return agent || t('A command line')
  const system = systems.find(([pattern]) => pattern.test(agent))?.[1]
  for (const [pattern, name] of browsers) {
    const version = pattern.exec(agent)?.[1]
    if (version)
      return system
        ? t('{name} {version} on {system}', { name, version, system })
        : t('{name} {version}', { name, version })
  }
  if (system) return t('A browser on {system}', { system })
  return agent ? agent.slice(0, 60) : t('An unknown browser')
}
