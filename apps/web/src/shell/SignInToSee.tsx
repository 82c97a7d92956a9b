import { PrimaryButton } from '@fluentui/react/lib/Button'
import { Spinner } from '@fluentui/react/lib/Spinner'
import { t } from '../i18n/t.ts'
import styles from '../ui/EmptyState.module.css'
import { PageTitle } from '../ui/PageTitle.tsx'
import { useGoToSignIn } from './use-go-to-sign-in.ts'

/** In the place of something that nobody sees without signing in: goes there at once, and comes back. */
export function SignInToSee({ title }: { title: string }) {
  const { isLooping, signInUrl } = useGoToSignIn()
  return (
    <div className={styles.empty}>
      <PageTitle title={title} />
      <div className={styles.text}>
        {isLooping ? (
          <PrimaryButton href={signInUrl}>{t('Sign in')}</PrimaryButton>
        ) : (
          <Spinner label={t('Going to sign-in')} labelPosition="right" />
        )}
      </div>
    </div>
  )
}
