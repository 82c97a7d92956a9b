import { MessageBar, MessageBarType } from '@fluentui/react/lib/MessageBar'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useStoreIsAway } from '../api/session-queries.ts'
import { t } from '../i18n/t.ts'

/** Says while the store does not answer, and brings everything up to date when it does again. */
export function ConnectionWatch() {
  const isAway = useStoreIsAway()
  const wasAway = useRef(false)
  const queryClient = useQueryClient()

  useEffect(() => {
    if (wasAway.current && !isAway) void queryClient.invalidateQueries()
    wasAway.current = isAway
  }, [isAway, queryClient])

  if (!isAway) return null
  // The sign of this type of message stands in a font that may not have been fetched yet, and now cannot be.
  return (
    <MessageBar messageBarType={MessageBarType.severeWarning} messageBarIconProps={{ iconName: 'Info' }} isMultiline>
      {t('The store does not answer. What you see may be out of date; it is asked again every two seconds.')}
    </MessageBar>
  )
}
