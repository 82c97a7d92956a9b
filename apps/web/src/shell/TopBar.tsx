import type { Session } from '@wave-store/contract'
import { Link, NavLink, useLocation } from 'react-router'
import { t } from '../i18n/t.ts'
import { Bell } from './Bell.tsx'
import { BrandMark } from './BrandMark.tsx'
import type { Destination } from './destinations.ts'
import { PersonMenu } from './PersonMenu.tsx'
import { SearchField } from './SearchField.tsx'
import { SignInButton } from './SignInButton.tsx'
import styles from './TopBar.module.css'

interface TopBarProps {
  /** Null: nobody is signed in. */
  user: Session['user']
  unseenNews: number
  destinations: Destination[]
}

export function TopBar({ user, unseenNews, destinations }: TopBarProps) {
  const { pathname } = useLocation()
  return (
    <header className={styles.bar}>
      <Link to="/" className={styles.brand} aria-label={t('Wave App Store, start')}>
        <BrandMark />
        <span className={styles.name}>{t('Wave App Store')}</span>
      </Link>
      <nav className={styles.nav} aria-label={t('Main')}>
        {destinations.map(({ path, label }) => (
          <NavLink key={path} to={path} className={styles.link}>
            {label}
          </NavLink>
        ))}
      </nav>
      <div className={styles.search}>{pathname !== '/catalog' && <SearchField />}</div>
      <div className={styles.person}>
        {user && <Bell unseenNews={unseenNews} />}
        {user ? <PersonMenu user={user} /> : <SignInButton />}
      </div>
    </header>
  )
}
