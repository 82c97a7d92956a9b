import { DefaultButton } from '@fluentui/react/lib/Button'
import type { Instance } from '@wave-store/contract'
import { useState } from 'react'
import { Link } from 'react-router'
import { T } from '../i18n/T.tsx'
import { t } from '../i18n/t.ts'
import { AppIcon } from '../ui/AppIcon.tsx'
import { OpenButton } from '../ui/OpenButton.tsx'
import { PageTitle } from '../ui/PageTitle.tsx'
import { StatusChip } from '../ui/StatusChip.tsx'
import { StatusLine } from '../ui/StatusLine.tsx'
import { VisibilityChip } from '../ui/VisibilityChip.tsx'
import { describeRestart } from '../ui/what-stays.ts'
import styles from './InstanceHeader.module.css'
import { RestartButton } from './RestartButton.tsx'
import { ResumeButton } from './ResumeButton.tsx'
import { SuspendDialog } from './SuspendDialog.tsx'

export function InstanceHeader({ instance }: { instance: Instance }) {
  const { app, owner } = instance
  return (
    <header className={styles.header}>
      <AppIcon app={app} sizePx={56} />
      <div className={styles.words}>
        <PageTitle title={app.title} />
        <p>
          <T
            text="Instance of <0>{name}</0> · <1>version {version}</1>"
            values={{ name: owner.name, version: app.version }}
            parts={{ 0: <span dir="auto" />, 1: <Link to={`/apps/${app.id}`} /> }}
          />
        </p>
        <div className={styles.chips}>
          <span role="status">
            <StatusChip instance={instance} />
          </span>
          <VisibilityChip visibility={instance.visibility} />
          {instance.status !== 'FAILED' && <StatusLine instance={instance} className={styles.line} />}
        </div>
      </div>
      <Actions instance={instance} />
    </header>
  )
}

function Actions({ instance }: { instance: Instance }) {
  const { app, can, status } = instance
  const [isPausing, setIsPausing] = useState(false)
  const isFailed = status === 'FAILED'
  return (
    <div className={styles.actions}>
      {can.resume && <ResumeButton instance={instance} />}
      {can.suspend && !isFailed && (
        <DefaultButton
          iconProps={{ iconName: 'Pause' }}
          ariaLabel={t('Pause {title}', { title: app.title })}
          onClick={() => setIsPausing(true)}
        >
          {t('Pause')}
        </DefaultButton>
      )}
      {can.restart && status !== 'SUSPENDED' && <RestartButton instance={instance} primary={isFailed} />}
      {can.open && !isFailed && <OpenButton instance={instance} primary />}
      {(can.suspend || can.restart) && <p className={styles.stays}>{describeRestart(instance)}</p>}
      {isPausing && can.suspend && <SuspendDialog instance={instance} onClose={() => setIsPausing(false)} />}
    </div>
  )
}
