import { useEndAllSessions } from '../api/access-queries.ts'
import { t } from '../i18n/t.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'

export function SignOutEverywhereDialog({ onDismiss }: { onDismiss: () => void }) {
  const ending = useEndAllSessions()
  return (
    <ConfirmDialog
      title={t('Sign out everywhere?')}
      confirmLabel={t('Sign out everywhere')}
      isPending={ending.isPending}
      error={ending.error}
      onConfirm={() => ending.mutate(undefined, { onSuccess: () => location.assign('/signed-out') })}
      onDismiss={onDismiss}
    >
      <p>
        {t('You are signed out at once here, in every other browser and on every command line; open apps are cut off.')}
      </p>
      <p>{t('API tokens stay good until you revoke them. Your instances go on running.')}</p>
    </ConfirmDialog>
  )
}
