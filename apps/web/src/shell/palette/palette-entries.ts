import { type App, foldText, type Instance, type Session } from '@wave-store/contract'
import { t } from '../../i18n/t.ts'
import { describeInstance } from '../../ui/instance-status.ts'
import { adminPlaces, destinationsOf } from '../destinations.ts'

export interface PaletteEntry {
  path: string
  label: string
  /** What it is: “Page”, “App 1.2.0”, “Instance, running”. */
  kind: string
  iconName: string
}

/** Every page that somebody may open without naming a thing. */
export function pageEntries(session: Pick<Session, 'user' | 'can'>): PaletteEntry[] {
  const { user, can } = session
  const entry = (path: string, label: string, iconName: string, kind = t('Page')) => ({ path, label, iconName, kind })
  return [
    ...destinationsOf(session).map(({ path, label, iconName }) => entry(path, label, iconName)),
    ...(user
      ? [
          entry('/activity', t('Activity'), 'Ringer'),
          ...(user.hasFullAccess ? [entry('/secrets', t('Secrets'), 'Lock')] : []),
          entry('/access', t('CLI & API access'), 'CommandPrompt'),
        ]
      : []),
    ...(can.administer ? adminPlaces.map(({ path, label }) => entry(path, label, 'Admin', t('Administration'))) : []),
  ]
}

export function instanceEntry(instance: Instance): PaletteEntry {
  const { app, id } = instance
  const kind = t('Instance of {version}, {status}', {
    version: app.version,
    status: describeInstance(instance).label.toLowerCase(),
  })
  return { path: `/instances/${id}`, label: app.title, kind, iconName: 'BoxPlaySolid' }
}

export function appEntry({ id, title, version }: App): PaletteEntry {
  return { path: `/apps/${id}`, label: title, kind: t('App {version}', { version }), iconName: 'Package' }
}

/** Those that hold the beginning of every word, as the Catalog compares words. */
export function entriesFor(entries: PaletteEntry[], search: string): PaletteEntry[] {
  const wanted = foldText(search).split(/\s+/).filter(Boolean)
  return entries.filter(({ label, kind }) => {
    const words = foldText(`${label} ${kind}`).split(/[^\p{L}\p{N}]+/u)
    return wanted.every((word) => words.some((one) => one.startsWith(word)))
  })
}
