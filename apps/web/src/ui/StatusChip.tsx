import type { Instance } from '@wave-store/contract'
import { Chip } from './Chip.tsx'
import { describeStatus, phaseLabel } from './instance-status.ts'

export function StatusChip({ instance }: { instance: Pick<Instance, 'status' | 'phase'> }) {
  const { label, iconName, tone } = describeStatus(instance.status)
  return (
    <Chip tone={tone} iconName={iconName}>
      {instance.status === 'PENDING' ? phaseLabel(instance.phase) : label}
    </Chip>
  )
}
