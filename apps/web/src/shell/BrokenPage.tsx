import { DefaultButton } from '@fluentui/react/lib/Button'
import { useRouteError } from 'react-router'
import { FullPage } from './FullPage.tsx'

/** Shown when a page's own code fails, or its part of the bundle is gone because the store was upgraded meanwhile. */
export function BrokenPage() {
  const error = useRouteError()
  return (
    <FullPage title="This page does not work">
      <p>{error instanceof Error ? error.message : String(error)}</p>
      <DefaultButton onClick={() => location.reload()}>Load it again</DefaultButton>
    </FullPage>
  )
}
