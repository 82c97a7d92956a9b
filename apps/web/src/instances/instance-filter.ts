import type { Instance, InstanceStatus } from '@wave-store/contract'
import { t } from '../i18n/t.ts'
import { holdsWords } from '../ui/holds-words.ts'

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
  return instances.filter(({ app, owner, aliases, id, ...instance }) => {
    if (status !== 'any' && instance.status !== status) return false
    return holdsWords([app.title, app.name, app.version, owner.name, owner.email, id, ...aliases], search)
  })
}
