import type { Instance } from '@wave-store/contract'
import { Link } from 'react-router'
import { AppIcon } from '../ui/AppIcon.tsx'
import { PageTitle } from '../ui/PageTitle.tsx'
import { StatusChip } from '../ui/StatusChip.tsx'
import { VisibilityChip } from '../ui/VisibilityChip.tsx'
import styles from './InstanceHeader.module.css'
import { OpenButton } from './OpenButton.tsx'
import { RestartButton } from './RestartButton.tsx'

export function InstanceHeader({ instance }: { instance: Instance }) {
  const { app, owner, can } = instance
  return (
    <header className={styles.header}>
      <AppIcon app={app} sizePx={56} />
      <div className={styles.words}>
        <PageTitle title={app.title} />
        <p>
          Instance of <span dir="auto">{owner.name}</span> · <Link to={`/apps/${app.id}`}>version {app.version}</Link>
        </p>
        <div className={styles.chips} role="status">
          <StatusChip instance={instance} />
          <VisibilityChip visibility={instance.visibility} />
        </div>
      </div>
      <div className={styles.actions}>
        {can.restart && <RestartButton instance={instance} primary={instance.status === 'FAILED'} />}
        {can.open && instance.status !== 'FAILED' && <OpenButton instance={instance} primary />}
      </div>
    </header>
  )
}
