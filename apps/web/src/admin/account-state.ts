import type { Account } from '@wave-store/contract'
import { t } from '../i18n/t.ts'
import type { ChipTone } from '../ui/Chip.tsx'

/** Whether the person can sign in, and how: with a password of their own, or first with one that was handed to them. */
export type AccountState = 'active' | 'invited' | 'disabled'

export function stateOf({ isDisabled, mustChangePassword }: Account): AccountState {
  if (isDisabled) return 'disabled'
  return mustChangePassword ? 'invited' : 'active'
}

export function describeState(state: AccountState): { label: string; iconName: string; tone: ChipTone } {
  switch (state) {
    case 'active':
      return { label: t('Active'), iconName: 'Completed', tone: 'success' }
    case 'invited':
      return { label: t('One-time password not used yet'), iconName: 'Clock', tone: 'info' }
    case 'disabled':
      return { label: t('Disabled'), iconName: 'Blocked', tone: 'neutral' }
  }
}
