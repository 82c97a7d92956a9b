import { DefaultButton } from '@fluentui/react/lib/Button'
import { useEffect, useState } from 'react'
import { useRouteError } from 'react-router'
import { FullPage } from './FullPage.tsx'
import { reloadForMissingPart } from './missing-parts.ts'

/** Shown when a page's own code fails; a part of it that did not come is asked for once more before that. */
export function BrokenPage() {
  const error = useRouteError()
  const [reason, setReason] = useState<unknown>(null)
  useEffect(() => {
    if (!reloadForMissingPart(error)) setReason(error)
  }, [error])
  if (reason === null) return null
  return (
    <FullPage title="This page does not work">
      <p>{reason instanceof Error ? reason.message : String(reason)}</p>
      <DefaultButton onClick={() => location.reload()}>Load it again</DefaultButton>
    </FullPage>
  )
}
