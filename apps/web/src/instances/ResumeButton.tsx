import { DefaultButton } from '@fluentui/react/lib/Button'
import type { Instance } from '@wave-store/contract'
import { t } from '../i18n/t.ts'
import { useWake } from './use-wake.ts'

export function ResumeButton({ instance, primary }: { instance: Instance; primary?: boolean }) {
  const { start, isPending } = useWake(instance)
  return (
    <DefaultButton
      primary={primary}
      ariaLabel={t('Resume {appTitle}', { appTitle: instance.app.title })}
      iconProps={{ iconName: 'Play' }}
      disabled={isPending}
      onClick={start}
    >
      {t('Resume')}
    </DefaultButton>
  )
}
