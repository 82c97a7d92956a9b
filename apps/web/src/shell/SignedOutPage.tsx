import { PrimaryButton } from '@fluentui/react/lib/Button'
import { FullPage } from './FullPage.tsx'

export function SignedOutPage() {
  return (
    <FullPage title="Signed out">
      <p>Your instances go on running. Their pages ask you to sign in again.</p>
      <PrimaryButton href="/auth/sign-in?return_to=%2Fcatalog">Sign in</PrimaryButton>
    </FullPage>
  )
}
