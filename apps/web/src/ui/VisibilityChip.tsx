import type { Visibility } from '@wave-store/contract'
import { Chip } from './Chip.tsx'
import { describeVisibility } from './visibility.ts'

export function VisibilityChip({ visibility }: { visibility: Visibility }) {
  const { label, iconName } = describeVisibility(visibility)
  return <Chip iconName={iconName}>{label}</Chip>
}
