import type { Instance, Visibility } from '@wave-store/contract'
import { useUpdateInstance } from '../api/instance-queries.ts'
import { useSession } from '../api/session-queries.ts'
import { t } from '../i18n/t.ts'
import { instanceVisibilityTexts } from '../ui/instance-visibility-texts.ts'
import { useShowToast } from '../ui/Toasts.tsx'
import { VisibilityForm } from '../ui/VisibilityForm.tsx'
import { describeVisibility } from '../ui/visibility.ts'

export function InstanceVisibilityForm({ instance }: { instance: Instance }) {
  const { settings } = useSession()
  const update = useUpdateInstance(instance.id)
  const showToast = useShowToast()
  return (
    <VisibilityForm
      current={instance.visibility}
      allowed={settings.visibilities}
      texts={instanceVisibilityTexts}
      isPending={update.isPending}
      error={update.error}
      onSave={(visibility: Visibility) =>
        update.mutate(
          { visibility },
          {
            onSuccess: () =>
              showToast({
                kind: 'success',
                text: t('This instance is now open to: {label}.', { label: describeVisibility(visibility).label }),
              }),
          },
        )
      }
    />
  )
}
