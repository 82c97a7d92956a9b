import { PrimaryButton } from '@fluentui/react/lib/Button'
import { useLocation } from 'react-router'
import { t } from '../i18n/t.ts'
import { signInUrlFor } from '../ui/sign-in-url.ts'

/** Leads to sign-in, and from there back to what is shown. */
export function SignInButton() {
  const { pathname, search, hash } = useLocation()
  return (
    <PrimaryButton href={signInUrlFor(pathname + search + hash)} styles={{ root: { flex: 'none' } }}>
      {t('Sign in')}
    </PrimaryButton>
  )
}
