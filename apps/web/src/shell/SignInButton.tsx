import { PrimaryButton } from '@fluentui/react/lib/Button'
import { useLocation } from 'react-router'
import { signInUrlFor } from '../ui/sign-in-url.ts'

/** Leads to sign-in, and from there back to what is shown. */
export function SignInButton() {
  const { pathname, search, hash } = useLocation()
  return (
    <PrimaryButton href={signInUrlFor(pathname + search + hash)} styles={{ root: { flex: 'none' } }}>
      Sign in
    </PrimaryButton>
  )
}
