import { DefaultButton } from '@fluentui/react/lib/Button'
import { Component, type ReactNode, useEffect, useState } from 'react'
import { t } from '../i18n/t.ts'
import { FullPage } from './FullPage.tsx'
import { reloadForMissingPart } from './missing-parts.ts'

interface PageBoundaryProps {
  /** Another place may work. */
  place: string
  children: ReactNode
}

/** Where a page's own code fails, it says so in its place, until one goes elsewhere. */
export class PageBoundary extends Component<PageBoundaryProps, { error: unknown; failedAt: string | null }> {
  override state = { error: null as unknown, failedAt: null as string | null }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override componentDidCatch(): void {
    this.setState({ failedAt: this.props.place })
  }

  override componentDidUpdate(): void {
    const { failedAt } = this.state
    if (failedAt !== null && failedAt !== this.props.place) this.setState({ error: null, failedAt: null })
  }

  override render(): ReactNode {
    return this.state.error === null ? this.props.children : <BrokenPage error={this.state.error} />
  }
}

/** Shown when a page's own code fails; a part of it that did not come is asked for once more before that. */
function BrokenPage({ error }: { error: unknown }) {
  const [reason, setReason] = useState<unknown>(null)
  useEffect(() => {
    if (!reloadForMissingPart(error)) setReason(error)
  }, [error])
  if (reason === null) return null
  return (
    <FullPage title={t('This page does not work')}>
      <p>{reason instanceof Error ? reason.message : String(reason)}</p>
      <DefaultButton onClick={() => location.reload()}>{t('Load it again')}</DefaultButton>
    </FullPage>
  )
}
