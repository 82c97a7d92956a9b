import { NavLink, Outlet } from 'react-router'
import { useSession } from '../api/session-queries.ts'
import { t } from '../i18n/t.ts'
import { adminPlaces } from '../shell/destinations.ts'
import { NotFoundPage } from '../shell/NotFoundPage.tsx'
import styles from './AdminLayout.module.css'

/** The side bar of what administrators look after, and one of its pages. */
export function AdminLayout() {
  const { can } = useSession()
  if (!can.administer) return <NotFoundPage />
  return (
    <div className={styles.columns}>
      <nav className={styles.nav} aria-label={t('Administration')}>
        {adminPlaces.map(({ path, label }) => (
          <NavLink key={path} to={path} className={styles.link}>
            {label}
          </NavLink>
        ))}
      </nav>
      <div className={styles.page}>
        <Outlet />
      </div>
    </div>
  )
}
