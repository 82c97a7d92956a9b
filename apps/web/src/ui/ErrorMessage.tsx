import { MessageBarButton } from '@fluentui/react/lib/Button'
import { MessageBar, MessageBarType } from '@fluentui/react/lib/MessageBar'
import { StoreError } from '@wave-store/client'
import { t } from '../i18n/t.ts'

/** A failed request as a message: what the store said, the number under which its log has more, and a way to try again. */
export function ErrorMessage({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const requestId = error instanceof StoreError && error.code === 'internal' ? error.requestId : undefined
  return (
    <MessageBar
      messageBarType={MessageBarType.error}
      isMultiline={!onRetry}
      actions={onRetry && <MessageBarButton onClick={onRetry}>{t('Try again')}</MessageBarButton>}
    >
      {error.message}
      {requestId && t(" The server's log has more under request {requestId}.", { requestId })}
    </MessageBar>
  )
}
