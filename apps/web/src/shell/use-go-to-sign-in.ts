import { useEffect, useState } from 'react'
import { useLocation } from 'react-router'
import { signInUrlFor } from '../ui/sign-in-url.ts'
import { attemptedJustNow, rememberAttempt } from './sign-in-attempt.ts'

/** Goes to sign-in at once, unless that has just led back here without a session. */
export function useGoToSignIn(): { isLooping: boolean; signInUrl: string } {
  const { pathname, search, hash } = useLocation()
  const [isLooping] = useState(() => attemptedJustNow(pathname))
  const signInUrl = signInUrlFor(pathname + search + hash)

  useEffect(() => {
    if (isLooping) return
    rememberAttempt(pathname)
    location.assign(signInUrl)
  }, [isLooping, pathname, signInUrl])

  return { isLooping, signInUrl }
}
