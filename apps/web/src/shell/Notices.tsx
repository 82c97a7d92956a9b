import { MessageBar, MessageBarType } from '@fluentui/react/lib/MessageBar'
import type { Notice } from '@wave-store/contract'

const barTypes = {
  info: MessageBarType.info,
  success: MessageBarType.success,
  warning: MessageBarType.warning,
  severeWarning: MessageBarType.severeWarning,
  error: MessageBarType.error,
  blocked: MessageBarType.blocked,
} as const satisfies Record<Notice['severity'], MessageBarType>

/** What the operator tells everyone. */
export function Notices({ notices }: { notices: Notice[] }) {
  return notices.map((notice) => (
    <MessageBar key={notice.text} messageBarType={barTypes[notice.severity]} isMultiline>
      {notice.text}
    </MessageBar>
  ))
}
