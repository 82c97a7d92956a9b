import type { Instance } from '@wave-store/contract'
import { useRestartInstance, useResumeInstance } from '../api/instance-queries.ts'
import { t } from '../i18n/t.ts'
import { useShowToast } from '../ui/Toasts.tsx'

function useStart(
  instance: Pick<Instance, 'app'>,
  { mutate, isPending }: ReturnType<typeof useResumeInstance>,
  said: string,
) {
  const showToast = useShowToast()
  const start = () =>
    mutate(undefined, {
      onSuccess: () =>
        showToast({ kind: 'info', text: t('{appTitle} {said}', { appTitle: instance.app.title, said }) }),
      onError: (error) => showToast({ kind: 'error', text: error.message }),
    })
  return { start, isPending }
}

/** Wakes an instance and says so. */
export function useWake(instance: Pick<Instance, 'id' | 'app'>) {
  return useStart(instance, useResumeInstance(instance.id), 'is waking up.')
}

/** Starts its app afresh and says so. */
export function useRestart(instance: Pick<Instance, 'id' | 'app'>) {
  return useStart(instance, useRestartInstance(instance.id), 'is starting again.')
}
