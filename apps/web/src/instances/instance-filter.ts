import { foldText, type Instance, type InstanceStatus } from '@wave-store/contract'
import { t } from '../i18n/t.ts'

export interface InstanceChoice {
  search: string
  status: InstanceStatus | 'any'
}

export const anyInstance: InstanceChoice = { search: '', status: 'any' }

/** In the order in which they are offered. */
export const statusChoices: { status: InstanceChoice['status']; text: string }[] = [
  { status: 'any', text: t('Any status') },
  { status: 'DEPLOYED', text: t('Running') },
  { status: 'PENDING', text: t('Starting') },
  { status: 'SUSPENDED', text: t('Asleep') },
  { status: 'FAILED', text: t('Failed') },
]

/** Those of the status whose app, owner or address holds every word, as the Catalog compares words. */
export function matching(instances: Instance[], { search, status }: InstanceChoice): Instance[] {
  const words = foldText(search).split(/\s+/).filter(Boolean)
  return instances.filter((instance) => {
    if (status !== 'any' && instance.status !== status) return false
    const { app, owner, aliases, id } = instance
    const text = foldText([app.title, app.name, app.version, owner.name, owner.email, id, ...aliases].join(' '))
    return words.every((word) => text.includes(word))
  })
}
