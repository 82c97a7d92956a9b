import { PrimaryButton } from '@fluentui/react/lib/Button'
import { t } from '../i18n/t.ts'
import { signInUrlFor } from '../ui/sign-in-url.ts'
import { FullPage } from './FullPage.tsx'

export function SignedOutPage() {
  return (
    <FullPage title={t('Signed out')}>
      <p>{t('Your instances go on running. Their pages ask you to sign in again.')}</p>
      <PrimaryButton href={signInUrlFor('/catalog')}>{t('Sign in')}</PrimaryButton>
    </FullPage>
  )
}
