import { MessageBar, MessageBarType } from '@fluentui/react/lib/MessageBar'
import { t } from '../i18n/t.ts'
import { formatDuration, formatTime } from '../ui/format.ts'
import { useNow } from '../ui/use-now.ts'

/** That its process lives and does not answer. */
export function SilentCard({ since }: { since: string }) {
  const now = useNow()
  return (
    <MessageBar messageBarType={MessageBarType.warning} isMultiline>
      {t(
        'The app runs, but has not answered for {duration}, since {since}. It may be busy; if it stays so, its log may say why, and a restart helps.',
        { duration: formatDuration(now - Date.parse(since)), since: formatTime(since) },
      )}
    </MessageBar>
  )
}
