import { Icon } from '@fluentui/react/lib/Icon'
import { NavLink } from 'react-router'
import { t } from '../i18n/t.ts'
import { formatCount } from '../ui/format.ts'
import styles from './Bell.module.css'

/** Leads to what others did to my things, with how much of it I have not looked at. */
export function Bell({ unseenNews }: { unseenNews: number }) {
  return (
    <NavLink
      to="/activity"
      className={styles.bell}
      title={t('Activity')}
      aria-label={
        unseenNews > 0
          ? t('Activity, {unseenNews}', { unseenNews: formatCount(unseenNews, 'new event') })
          : t('Activity')
      }
    >
      <Icon iconName="Ringer" aria-hidden="true" />
      {unseenNews > 0 && (
        <span className={styles.count} aria-hidden="true">
          {unseenNews > 99 ? '99+' : unseenNews}
        </span>
      )}
    </NavLink>
  )
}
