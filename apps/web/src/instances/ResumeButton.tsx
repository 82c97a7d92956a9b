import { DefaultButton } from '@fluentui/react/lib/Button'
import type { Instance } from '@wave-store/contract'
import { useWake } from './use-wake.ts'

export function ResumeButton({ instance, primary }: { instance: Instance; primary?: boolean }) {
  const { start, isPending } = useWake(instance)
  return (
    <DefaultButton
      primary={primary}
      ariaLabel={`Resume ${instance.app.title}`}
      iconProps={{ iconName: 'Play' }}
      disabled={isPending}
      onClick={start}
    >
      Resume
    </DefaultButton>
  )
}
