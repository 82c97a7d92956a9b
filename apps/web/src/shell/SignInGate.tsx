import { PrimaryButton } from '@fluentui/react/lib/Button'
import { Spinner } from '@fluentui/react/lib/Spinner'
import { useEffect, useState } from 'react'
import { useLocation } from 'react-router'
import { FullPage } from './FullPage.tsx'
import { attemptedJustNow, rememberAttempt } from './sign-in-attempt.ts'

/** Goes to sign-in at once, and comes back to this very address. */
export function SignInGate() {
  const { pathname, search, hash } = useLocation()
  const [isLooping] = useState(attemptedJustNow)
  const signInUrl = `/auth/sign-in?return_to=${encodeURIComponent(pathname + search + hash)}`

  useEffect(() => {
    if (isLooping) return
    rememberAttempt()
    location.assign(signInUrl)
  }, [isLooping, signInUrl])

  if (!isLooping)
    return (
      <FullPage title="Signing in">
        <Spinner label="Going to sign-in" labelPosition="right" />
      </FullPage>
    )
  return (
    <FullPage title="You are not signed in">
      <p>Signing in led back here without a session. The browser may refuse the store's cookie.</p>
      <PrimaryButton href={signInUrl}>Sign in</PrimaryButton>
    </FullPage>
  )
}
