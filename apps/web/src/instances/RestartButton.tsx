import { DefaultButton } from '@fluentui/react/lib/Button'
import type { Instance } from '@wave-store/contract'
import { useRestartInstance } from '../api/instance-queries.ts'
import { useShowToast } from '../ui/Toasts.tsx'

/** Starts the app afresh; after a failure it is the one thing to do. */
export function RestartButton({ instance, primary }: { instance: Instance; primary?: boolean }) {
  const restart = useRestartInstance(instance.id)
  const showToast = useShowToast()
  return (
    <DefaultButton
      primary={primary}
      ariaLabel={`Restart ${instance.app.title}`}
      iconProps={{ iconName: 'Refresh' }}
      disabled={restart.isPending}
      title={instance.volume ? `What is on ${instance.volume.path} stays` : 'It starts with nothing kept'}
      onClick={() =>
        restart.mutate(undefined, {
          onSuccess: () => showToast({ kind: 'info', text: `${instance.app.title} is starting again.` }),
          onError: (error) => showToast({ kind: 'error', text: error.message }),
        })
      }
    >
      Restart
    </DefaultButton>
  )
}
