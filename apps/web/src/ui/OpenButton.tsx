import { DefaultButton } from '@fluentui/react/lib/Button'
import type { Instance } from '@wave-store/contract'

/** Leads to the instance's own address; while it starts, a waiting page stands there. */
export function OpenButton({ instance, primary }: { instance: Instance; primary?: boolean }) {
  return (
    <DefaultButton
      primary={primary}
      href={instance.url}
      target="_blank"
      rel="noopener"
      iconProps={{ iconName: 'OpenInNewTab' }}
      ariaLabel={`Open ${instance.app.title} in a new tab`}
    >
      Open
    </DefaultButton>
  )
}
