import { PrimaryButton } from '@fluentui/react/lib/Button'
import { Dialog, DialogFooter, DialogType } from '@fluentui/react/lib/Dialog'
import type { Account } from '@wave-store/contract'
import { useResetPassword } from '../api/account-queries.ts'
import { t } from '../i18n/t.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { OneTimePassword } from './OneTimePassword.tsx'

/** Asks, then shows the new one-time password until it is dismissed. */
export function ResetPasswordDialog({ account, onDismiss }: { account: Account; onDismiss: () => void }) {
  const { name, username } = account
  const reset = useResetPassword(account.id)

  if (reset.data)
    return (
      <Dialog
        hidden={false}
        onDismiss={onDismiss}
        dialogContentProps={{
          type: DialogType.normal,
          title: t('One-time password'),
          closeButtonAriaLabel: t('Close'),
        }}
        modalProps={{ isBlocking: true }}
        minWidth="min(480px, calc(100vw - 32px))"
        maxWidth="min(480px, calc(100vw - 32px))"
      >
        <OneTimePassword account={account} password={reset.data.oneTimePassword} />
        <DialogFooter>
          <PrimaryButton onClick={onDismiss}>{t('Done')}</PrimaryButton>
        </DialogFooter>
      </Dialog>
    )
  return (
    <ConfirmDialog
      title={t('Reset the password of {name}?', { name })}
      confirmLabel={t('Reset password')}
      isPending={reset.isPending}
      error={reset.error}
      onConfirm={() => reset.mutate()}
      onDismiss={onDismiss}
    >
      <p>
        {t(
          'The password of {name} ({username}) is no longer good, and they are signed out at once, everywhere. You get a one-time password to hand to them.',
          { name, username },
        )}
      </p>
      <p>{t('Their instances go on running.')}</p>
    </ConfirmDialog>
  )
}
