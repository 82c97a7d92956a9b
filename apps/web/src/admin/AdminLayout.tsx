import { NavLink, Outlet } from 'react-router'
import { useSession } from '../api/session-queries.ts'
import { NotFoundPage } from '../shell/NotFoundPage.tsx'
import styles from './AdminLayout.module.css'

const places = [
  { path: '/admin/accounts', label: 'Accounts' },
  { path: '/admin/apps', label: 'Apps' },
  { path: '/admin/instances', label: 'Instances' },
  { path: '/admin/tags', label: 'Tags' },
  { path: '/admin/usage', label: 'Usage' },
  { path: '/admin/environments', label: 'Environments' },
  { path: '/admin/secrets', label: 'Secrets' },
  { path: '/admin/audit', label: 'Audit log' },
] as const

/** The side bar of what administrators look after, and one of its pages. */
export function AdminLayout() {
  const { can } = useSession()
  if (!can.administer) return <NotFoundPage />
  return (
    <div className={styles.columns}>
      <nav className={styles.nav} aria-label="Administration">
        {places.map(({ path, label }) => (
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
