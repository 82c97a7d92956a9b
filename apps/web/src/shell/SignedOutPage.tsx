import { PrimaryButton } from '@fluentui/react/lib/Button'
import { signInUrlFor } from '../ui/sign-in-url.ts'
import { FullPage } from './FullPage.tsx'

export function SignedOutPage() {
  return (
    <FullPage title="Signed out">
      <p>Your instances go on running. Their pages ask you to sign in again.</p>
      <PrimaryButton href={signInUrlFor('/catalog')}>Sign in</PrimaryButton>
    </FullPage>
  )
}
