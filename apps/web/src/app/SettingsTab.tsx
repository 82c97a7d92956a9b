import { DefaultButton } from '@fluentui/react/lib/Button'
import type { AppDetails } from '@wave-store/contract'
import { useState } from 'react'
import { useSession } from '../api/session-queries.ts'
import { T } from '../i18n/T.tsx'
import { t } from '../i18n/t.ts'
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
        <Section title={t('Visibility')}>
          <AppVisibilityForm app={app} />
        </Section>
      )}
      {can.seeTags && (
        <Section title={t('Tags')}>
          <AppTags app={app} />
        </Section>
      )}
      {app.can.transfer && (
        <Section title={t('Owner')}>
          <p>
            <T
              text="<0>{owner}</0> owns the name {name} and every version of it."
              values={{ owner: app.owner.name, name: app.name }}
              parts={{ 0: <span dir="auto" /> }}
            />
          </p>
          <div>
            <DefaultButton iconProps={{ iconName: 'PeopleAdd' }} onClick={() => setIsTransferring(true)}>
              {t('Transfer app')}
            </DefaultButton>
          </div>
          {isTransferring && <TransferPanel app={app} onDismiss={() => setIsTransferring(false)} />}
        </Section>
      )}
      {app.can.delete && (
        <Section title={t('Delete this version')} tone="danger">
          <p>
            {t('Deletes the bundle of {title} {version} and its page for good.{others}{instances}', {
              title: app.title,
              version: app.version,
              others: app.versions.length > 1 && t(' The other versions stay.'),
              instances:
                app.instanceCount > 0 &&
                t(' It has {instanceCount}, which must be terminated before.', {
                  instanceCount: formatCount(app.instanceCount, 'instance'),
                }),
            })}
          </p>
          <div>
            <DefaultButton iconProps={{ iconName: 'Delete' }} onClick={() => setIsDeleting(true)}>
              {t('Delete app')}
            </DefaultButton>
          </div>
          {isDeleting && <DeleteAppDialog app={app} onDismiss={() => setIsDeleting(false)} />}
        </Section>
      )}
    </div>
  )
}
