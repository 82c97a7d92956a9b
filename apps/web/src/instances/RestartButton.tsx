import { DefaultButton } from '@fluentui/react/lib/Button'
import type { Instance } from '@wave-store/contract'
import { useRestart } from './use-wake.ts'

/** Starts the app afresh; after a failure it is the one thing to do. */
export function RestartButton({
  instance,
  primary,
}: {
  instance: Pick<Instance, 'id' | 'app' | 'volume'>
  primary?: boolean
}) {
  const { start, isPending } = useRestart(instance)
  return (
    <DefaultButton
      primary={primary}
      ariaLabel={`Restart ${instance.app.title}`}
      iconProps={{ iconName: 'Refresh' }}
      disabled={isPending}
      title={instance.volume ? `What is on ${instance.volume.path} stays` : 'It starts with nothing kept'}
      onClick={start}
    >
      Restart
    </DefaultButton>
  )
}
