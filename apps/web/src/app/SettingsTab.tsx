import { DefaultButton } from '@fluentui/react/lib/Button'
import type { AppDetails } from '@wave-store/contract'
import { useState } from 'react'
import { useSession } from '../api/session-queries.ts'
import { formatCount } from '../ui/format.ts'
import { Section } from '../ui/Section.tsx'
import { AppTags } from './AppTags.tsx'
import { AppVisibilityForm } from './AppVisibilityForm.tsx'
import { DeleteAppDialog } from './DeleteAppDialog.tsx'
import styles from './SettingsTab.module.css'
import { TransferPanel } from './TransferPanel.tsx'

export function SettingsTab({ app }: { app: AppDetails }) {
  const { can } = useSession()
  const [isTransferring, setIsTransferring] = useState(false)
  const [isDeleting, setIsDeleting] = useState(false)
  return (
    <div className={styles.settings}>
      {app.can.update && (
        <Section title="Visibility">
          <AppVisibilityForm app={app} />
        </Section>
      )}
      {can.seeTags && (
        <Section title="Tags">
          <AppTags app={app} />
        </Section>
      )}
      {app.can.transfer && (
        <Section title="Owner">
          <p>
            <span dir="auto">{app.owner.name}</span> owns the name {app.name} and every version of it.
          </p>
          <div>
            <DefaultButton iconProps={{ iconName: 'PeopleAdd' }} onClick={() => setIsTransferring(true)}>
              Transfer app
            </DefaultButton>
          </div>
          {isTransferring && <TransferPanel app={app} onDismiss={() => setIsTransferring(false)} />}
        </Section>
      )}
      {app.can.delete && (
        <Section title="Delete this version" tone="danger">
          <p>
            Deletes the bundle of {app.title} {app.version} and its page for good.
            {app.versions.length > 1 && ' The other versions stay.'}
            {app.instanceCount > 0 &&
              ` It has ${formatCount(app.instanceCount, 'instance')}, which must be terminated before.`}
          </p>
          <div>
            <DefaultButton iconProps={{ iconName: 'Delete' }} onClick={() => setIsDeleting(true)}>
              Delete app
            </DefaultButton>
          </div>
          {isDeleting && <DeleteAppDialog app={app} onDismiss={() => setIsDeleting(false)} />}
        </Section>
      )}
    </div>
  )
}
