import { ActionButton } from '@fluentui/react/lib/Button'
import { MessageBar, MessageBarType } from '@fluentui/react/lib/MessageBar'
import type { AppDetails } from '@wave-store/contract'
import { useState } from 'react'
import { Link } from 'react-router'
import { useSession } from '../api/session-queries.ts'
import { T } from '../i18n/T.tsx'
import { t } from '../i18n/t.ts'
import { RunButton } from '../launch/RunButton.tsx'
import { RunPanel } from '../launch/RunPanel.tsx'
import { AppIcon } from '../ui/AppIcon.tsx'
import { Chip } from '../ui/Chip.tsx'
import { describeStatus } from '../ui/instance-status.ts'
import { PageTitle } from '../ui/PageTitle.tsx'
import { TagChip } from '../ui/TagChip.tsx'
import { VisibilityChip } from '../ui/VisibilityChip.tsx'
import { AddSecretLink } from './AddSecretLink.tsx'
import styles from './AppHeader.module.css'
import { VersionPicker } from './VersionPicker.tsx'

const refusalId = 'launch-refusal'

export function AppHeader({ app }: { app: AppDetails }) {
  const { user } = useSession()
  const [isChoosing, setIsChoosing] = useState(false)
  const instance = app.sharedInstance ?? app.myInstance
  const look = instance && describeStatus(instance.status)
  // Visitors reach what is kept for all by its address alone.
  const isSeen = instance !== null && (user?.hasFullAccess || instance.id === app.myInstance?.id)
  return (
    <header className={styles.header}>
      <div className={styles.who}>
        <AppIcon app={app} sizePx={72} />
        <div className={styles.words}>
          <PageTitle title={app.title} />
          <p className={styles.origin}>
            <T
              text="<0>{owner}</0> · version {version}"
              values={{ owner: app.owner.name, version: app.version }}
              parts={{ 0: <span dir="auto" /> }}
            />
          </p>
          {app.versions.length > 1 && <VersionPicker app={app} />}
          <div className={styles.chips}>
            <Chip tone="accent">{app.category}</Chip>
            <VisibilityChip visibility={app.visibility} />
            {app.tags.map((tag) => (
              <Link key={tag.id} to={`/catalog?tag=${tag.id}`} className={styles.tag}>
                <TagChip tag={tag} />
              </Link>
            ))}
            {look && (
              <Chip tone={look.tone} iconName={look.iconName}>
                {look.label}
              </Chip>
            )}
          </div>
        </div>
      </div>
      <div className={styles.run}>
        <RunButton app={app} refusalId={refusalId} className={styles.button} />
        {app.can.launch && (
          <ActionButton iconProps={{ iconName: 'Settings' }} onClick={() => setIsChoosing(true)}>
            {instance ? t('Run another') : t('Run with choices')}
          </ActionButton>
        )}
        {isSeen && (
          <Link to={`/instances/${instance.id}`}>
            {user?.hasFullAccess ? t('Instance, logs and settings') : t('Instance and settings')}
          </Link>
        )}
      </div>
      {app.description && (
        <p className={styles.description} dir="auto">
          {app.description}
        </p>
      )}
      {app.launchRefusal && (
        <div id={refusalId} className={styles.refusal}>
          <MessageBar messageBarType={MessageBarType.warning} isMultiline>
            <T
              text="It cannot run here. {launchRefusal} <0/>"
              values={{ launchRefusal: app.launchRefusal }}
              parts={{ 0: <AddSecretLink app={app} /> }}
            />
          </MessageBar>
        </div>
      )}
      {isChoosing && <RunPanel app={app} onDismiss={() => setIsChoosing(false)} />}
    </header>
  )
}
