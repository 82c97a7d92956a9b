import type { TokenScope } from '@wave-store/contract'
import { t } from '../i18n/t.ts'

/** The word for a scope, and what a token that has it may do. */
export function describeScope(scope: TokenScope): { label: string; sentence: string } {
  switch (scope) {
    case 'read':
      return {
        label: t('Read'),
        sentence: t('Look at whatever you may see: apps, instances, logs. Part of every scope.'),
      }
    case 'apps':
      return { label: t('Apps'), sentence: t('Import apps, change their visibility and tags, delete them.') }
    case 'instances':
      return { label: t('Instances'), sentence: t('Launch instances, change, restart and terminate them.') }
    case 'admin':
      return { label: t('Administration'), sentence: t('Make and change accounts and tags, as an administrator.') }
  }
}
