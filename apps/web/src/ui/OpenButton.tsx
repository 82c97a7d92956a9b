import { DefaultButton } from '@fluentui/react/lib/Button'
import type { Instance } from '@wave-store/contract'
import { t } from '../i18n/t.ts'

/** Leads to the instance's own address; while it starts, a waiting page stands there. */
export function OpenButton({ instance, primary }: { instance: Instance; primary?: boolean }) {
  return (
    <DefaultButton
      primary={primary}
      href={instance.url}
      target="_blank"
      rel="noopener"
      iconProps={{ iconName: 'OpenInNewTab' }}
      ariaLabel={t('Open {appTitle} in a new tab', { appTitle: instance.app.title })}
    >
      {t('Open')}
    </DefaultButton>
  )
}
