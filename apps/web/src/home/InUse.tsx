import type { Instance } from '@wave-store/contract'
import { Link } from 'react-router'
import { AppIcon } from '../ui/AppIcon.tsx'
import { OpenButton } from '../ui/OpenButton.tsx'
import { StatusChip } from '../ui/StatusChip.tsx'
import { StatusLine } from '../ui/StatusLine.tsx'
import styles from './HomePage.module.css'

/** Instances to open, each a card. */
export function InUse({ instances }: { instances: Instance[] }) {
  return (
    <ul className={styles.cards}>
      {instances.map((instance) => (
        <li key={instance.id} className={styles.card}>
          <AppIcon app={instance.app} sizePx={40} />
          <div className={styles.words}>
            <Link to={`/instances/${instance.id}`} className={styles.title} dir="auto">
              {instance.app.title}
            </Link>
            <StatusChip instance={instance} />
            <StatusLine instance={instance} className={styles.small} />
          </div>
          {instance.can.open && <OpenButton instance={instance} />}
        </li>
      ))}
    </ul>
  )
}
