import { DefaultButton } from '@fluentui/react/lib/Button'
import type { Instance } from '@wave-store/contract'
import { t } from '../i18n/t.ts'
import { describeRestart } from '../ui/what-stays.ts'
import { useRestart } from './use-wake.ts'

/** Starts the app afresh; after a failure it is the one thing to do. */
export function RestartButton({
  instance,
  primary,
}: {
  instance: Pick<Instance, 'id' | 'app' | 'volume' | 'resourceVolumeBytes'>
  primary?: boolean
}) {
  const { start, isPending } = useRestart(instance)
  return (
    <DefaultButton
      primary={primary}
      ariaLabel={t('Restart {appTitle}', { appTitle: instance.app.title })}
      iconProps={{ iconName: 'Refresh' }}
      disabled={isPending}
      title={describeRestart(instance)}
      onClick={start}
    >
      {t('Restart')}
    </DefaultButton>
  )
}
