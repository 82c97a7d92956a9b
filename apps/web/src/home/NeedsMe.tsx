import { Icon } from '@fluentui/react/lib/Icon'
import { Link } from 'react-router'
import { t } from '../i18n/t.ts'
import styles from './HomePage.module.css'
import type { Need } from './needs-me.ts'

const icons = { danger: 'ErrorBadge', warning: 'ClearNight', info: 'Info' } as const

/** Each leads to where something can be done about it. */
export function NeedsMe({ needs }: { needs: Need[] }) {
  return (
    <ul className={styles.needs}>
      {needs.map(({ instance, text, tone }) => (
        <li key={instance.id} className={styles.need} data-tone={tone}>
          <Icon iconName={icons[tone]} className={styles.icon} aria-hidden="true" />
          <div className={styles.words}>
            <Link to={`/instances/${instance.id}`} className={styles.title} dir="auto">
              {instance.app.title}
            </Link>
            <span className={styles.small} dir="auto">
              {text}
            </span>
          </div>
          {instance.newer && (
            <Link to={`/apps/${instance.newer.appId}`}>
              {t('See {newerVersion}', { newerVersion: instance.newer.version })}
            </Link>
          )}
        </li>
      ))}
    </ul>
  )
}
