import { DefaultButton } from '@fluentui/react/lib/Button'
import { Panel, PanelType } from '@fluentui/react/lib/Panel'
import type { AppDetails } from '@wave-store/contract'
import { useState } from 'react'
import { RunButton } from '../launch/RunButton.tsx'
import { AppVisibilityForm } from './AppVisibilityForm.tsx'
import styles from './ImportedCard.module.css'

/** What to do with an app that has just been imported: try it first, then let others have it. */
export function ImportedCard({ app }: { app: AppDetails }) {
  const [isPublishing, setIsPublishing] = useState(false)
  const isPublished = app.visibility !== 'PRIVATE'
  return (
    <section className={styles.card} aria-label="Next steps">
      <div className={styles.step}>
        <h2>First, see whether it works</h2>
        <p>It is imported and private: only you see it. Run it and look whether it does what you expect.</p>
        <RunButton app={app} label="Try it" />
      </div>
      <div className={styles.step}>
        <h2>Then let others have it</h2>
        <p>
          {isPublished
            ? 'It is in the Catalog, and the others can run it.'
            : 'Published, everyone with full access finds it in the Catalog and runs it.'}
        </p>
        {!isPublished && app.can.update && (
          <DefaultButton iconProps={{ iconName: 'People' }} onClick={() => setIsPublishing(true)}>
            Publish to everyone
          </DefaultButton>
        )}
      </div>
      <Panel
        isOpen={isPublishing}
        type={PanelType.custom}
        overlayProps={{ isDarkThemed: true }}
        customWidth="min(480px, 100vw)"
        headerText={`Who may see and run ${app.title}`}
        closeButtonAriaLabel="Close"
        onDismiss={() => setIsPublishing(false)}
      >
        <div className={styles.panel}>
          <AppVisibilityForm app={app} proposed="ALL_USERS" onSaved={() => setIsPublishing(false)} />
        </div>
      </Panel>
    </section>
  )
}
