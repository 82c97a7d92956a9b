import { usePromoteApp } from '../api/app-queries.ts'
import { t } from '../i18n/t.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { useShowToast } from '../ui/Toasts.tsx'
import type { Promotion } from './promotions.ts'

export function PromoteDialog({ promotion, onDismiss }: { promotion: Promotion; onDismiss: () => void }) {
  const { to, from, isBack } = promotion
  const showToast = useShowToast()
  const promote = usePromoteApp()
  const name = `${to.title} ${to.version}`

  return (
    <ConfirmDialog
      title={isBack ? t('Roll back to {name}?', { name }) : t('Promote {name}?', { name })}
      confirmLabel={isBack ? t('Roll back') : t('Promote')}
      isReversible
      isPending={promote.isPending}
      error={promote.error}
      onDismiss={onDismiss}
      onConfirm={() =>
        promote.mutate(to.id, {
          onSuccess: () => {
            showToast({ kind: 'success', text: t('{name} is in the Catalog now.', { name }) })
            onDismiss()
          },
        })
      }
    >
      {from ? (
        <p>
          {t(
            'It takes the place of {version} in the Catalog, for the same people. {version} becomes private: only its owner starts new instances of it. Visitors see the version by its own tags.',
            { version: from.version },
          )}
        </p>
      ) : (
        <p>{t('It appears in the Catalog for all users; visitors see it by its tags.')}</p>
      )}
      <p>{t('Running instances go on as they are, whichever version they are of.')}</p>
    </ConfirmDialog>
  )
}
