import type { Instance } from '@wave-store/contract'
import { Chip } from './Chip.tsx'
import { describeInstance } from './instance-status.ts'

export function StatusChip({ instance }: { instance: Pick<Instance, 'status' | 'phase' | 'silentSince'> }) {
  const { label, iconName, tone } = describeInstance(instance)
  return (
    <Chip tone={tone} iconName={iconName}>
      {label}
    </Chip>
  )
}
