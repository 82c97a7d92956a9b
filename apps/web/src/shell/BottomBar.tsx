import { Icon } from '@fluentui/react/lib/Icon'
import { NavLink } from 'react-router'
import { t } from '../i18n/t.ts'
import styles from './BottomBar.module.css'
import type { Destination } from './destinations.ts'

/** The top bar's destinations within reach of a thumb, on narrow screens only. */
export function BottomBar({ destinations }: { destinations: Destination[] }) {
  if (destinations.length < 2) return null
  return (
    <nav className={styles.bar} aria-label={t('Main')}>
      {destinations.map(({ path, label, iconName }) => (
        <NavLink key={path} to={path} className={styles.link}>
          <Icon iconName={iconName} className={styles.icon} aria-hidden="true" />
          {label}
        </NavLink>
      ))}
    </nav>
  )
}
