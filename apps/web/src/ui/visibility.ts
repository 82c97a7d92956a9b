import type { Visibility } from '@wave-store/contract'

/** The word and sign of a visibility; the code stays in the API. */
export function describeVisibility(visibility: Visibility): { label: string; iconName: string } {
  switch (visibility) {
    case 'PRIVATE':
      return { label: 'Private', iconName: 'Lock' }
    case 'ALL_USERS':
      return { label: 'All users', iconName: 'People' }
    case 'PUBLIC':
      return { label: 'Public', iconName: 'Globe' }
  }
}
