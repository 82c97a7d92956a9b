import { MessageBar, MessageBarType } from '@fluentui/react/lib/MessageBar'
import { formatDuration, formatTime } from '../ui/format.ts'
import { useNow } from '../ui/use-now.ts'

/** That its process lives and does not answer. */
export function SilentCard({ since }: { since: string }) {
  const now = useNow()
  return (
    <MessageBar messageBarType={MessageBarType.warning} isMultiline>
      The app runs, but has not answered for {formatDuration(now - Date.parse(since))}, since {formatTime(since)}. It
      may be busy; if it stays so, its log may say why, and a restart helps.
    </MessageBar>
  )
}
