import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Session } from '@wave-store/contract'
import { Suspense, useEffect, useRef } from 'react'
import { Outlet, useLocation } from 'react-router'
import { sessionKeys, sessionQuery } from '../api/session-queries.ts'
import { t } from '../i18n/t.ts'
import { BottomBar } from './BottomBar.tsx'
import { PageBoundary } from './BrokenPage.tsx'
import { ConnectionWatch } from './ConnectionWatch.tsx'
import { destinationsOf } from './destinations.ts'
import { Notices } from './Notices.tsx'
import { PaletteShortcut } from './palette/PaletteShortcut.tsx'
import { placeOf } from './place.ts'
import { isPublicPlace } from './public-places.ts'
import { ScrollPlace } from './ScrollPlace.tsx'
import styles from './Shell.module.css'
import { SignInGate } from './SignInGate.tsx'
import { StoreAwayPage } from './StoreAwayPage.tsx'
import { forgetAttempt } from './sign-in-attempt.ts'
import { TopBar } from './TopBar.tsx'

/** Changing tabs moves no focus. */
function useFocusOnNewPlace() {
  const main = useRef<HTMLElement>(null)
  const place = placeOf(useLocation().pathname)
  const shownPlace = useRef<string | null>(null)
  useEffect(() => {
    if (shownPlace.current !== null && shownPlace.current !== place) main.current?.focus({ preventScroll: true })
    shownPlace.current = place
  }, [place])
  return main
}

/** What one person saw is nothing for who comes after them, such as nobody when a session ended. */
function useForgetOnNewReader(session: Session | undefined) {
  const queryClient = useQueryClient()
  const reader = session && (session.user?.id ?? 'nobody')
  const shownTo = useRef<string | undefined>(undefined)
  useEffect(() => {
    if (reader === undefined) return
    if (shownTo.current !== undefined && shownTo.current !== reader)
      void queryClient.resetQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKeys.all[0] })
    shownTo.current = reader
  }, [reader, queryClient])
}

export function Shell() {
  const session = useQuery(sessionQuery)
  const main = useFocusOnNewPlace()
  const { pathname } = useLocation()
  useForgetOnNewReader(session.data)
  const isSignedIn = session.data?.user != null
  useEffect(() => {
    if (isSignedIn) forgetAttempt()
  }, [isSignedIn])

  if (!session.data) return session.error ? <StoreAwayPage error={session.error} /> : null
  const { user, settings } = session.data
  if (!user && !(settings.publicMode && isPublicPlace(pathname))) return <SignInGate />
  const destinations = destinationsOf(session.data)
  return (
    <>
      <a className={styles.skip} href="#main">
        {t('Skip to content')}
      </a>
      <PaletteShortcut />
      <TopBar user={user} unseenNews={session.data.unseenNews} destinations={destinations} />
      <ConnectionWatch />
      <Notices notices={session.data.notices} />
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        <Suspense>
          <PageBoundary place={pathname}>
            <Outlet />
            <ScrollPlace />
          </PageBoundary>
        </Suspense>
      </main>
      <BottomBar destinations={destinations} />
    </>
  )
}
