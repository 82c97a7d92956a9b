import type { Instance, Visibility } from '@wave-store/contract'
import { useUpdateInstance } from '../api/instance-queries.ts'
import { useSession } from '../api/session-queries.ts'
import { useShowToast } from '../ui/Toasts.tsx'
import { VisibilityForm, type VisibilityTexts } from '../ui/VisibilityForm.tsx'
import { describeVisibility } from '../ui/visibility.ts'

const texts: VisibilityTexts = {
  PRIVATE: {
    sentence: "Only you open it. The app's owner sees its status and logs.",
    effect: () => 'everyone else is cut off within a second, open pages included.',
  },
  ALL_USERS: {
    sentence: 'Everyone with full access opens it with its link.',
    effect: (before) =>
      before === 'PUBLIC'
        ? 'who is not signed in with full access is cut off within a second, open pages included.'
        : 'everyone with full access can open it and do in it what you can.',
  },
  PUBLIC: {
    sentence: 'Anyone with the link opens it, without signing in.',
    effect: () => 'anyone who has the link can open it, unknown to you, and do in it what you can.',
  },
}

export function InstanceVisibilityForm({ instance }: { instance: Instance }) {
  const { settings } = useSession()
  const update = useUpdateInstance(instance.id)
  const showToast = useShowToast()
  return (
    <VisibilityForm
      current={instance.visibility}
      allowed={settings.visibilities}
      texts={texts}
      isPending={update.isPending}
      error={update.error}
      onSave={(visibility: Visibility) =>
        update.mutate(
          { visibility },
          {
            onSuccess: () =>
              showToast({
                kind: 'success',
                text: `This instance is now open to: ${describeVisibility(visibility).label}.`,
              }),
          },
        )
      }
    />
  )
}
