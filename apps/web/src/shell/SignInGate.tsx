import { PrimaryButton } from '@fluentui/react/lib/Button'
import { Spinner } from '@fluentui/react/lib/Spinner'
import { t } from '../i18n/t.ts'
import { FullPage } from './FullPage.tsx'
import { useGoToSignIn } from './use-go-to-sign-in.ts'

/** Goes to sign-in at once, and comes back to this very address. */
export function SignInGate() {
  const { isLooping, signInUrl } = useGoToSignIn()

  if (!isLooping)
    return (
      <FullPage title={t('Signing in')}>
        <Spinner label={t('Going to sign-in')} labelPosition="right" />
      </FullPage>
    )
  return (
    <FullPage title={t('You are not signed in')}>
      <p>{t("Signing in led back here without a session. The browser may refuse the store's cookie.")}</p>
      <PrimaryButton href={signInUrl}>{t('Sign in')}</PrimaryButton>
    </FullPage>
  )
}
