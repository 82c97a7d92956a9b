import type { Visibility } from '@wave-store/contract'
import { t } from '../i18n/t.ts'

/** The word and sign of a visibility; the code stays in the API. */
export function describeVisibility(visibility: Visibility): { label: string; iconName: string } {
  switch (visibility) {
    case 'PRIVATE':
      return { label: t('Private'), iconName: 'Lock' }
    case 'ALL_USERS':
      return { label: t('All users'), iconName: 'People' }
    case 'PUBLIC':
      return { label: t('Public'), iconName: 'Globe' }
  }
}
