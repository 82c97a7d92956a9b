import { t } from '../i18n/t.ts'
import type { VisibilityTexts } from './VisibilityChoice.tsx'

/** Of instances. */
export const instanceVisibilityTexts: VisibilityTexts = {
  PRIVATE: {
    sentence: t("Only you open it. The app's owner sees its status and logs."),
    effect: () => t('everyone else is cut off within a second, open pages included.'),
  },
  ALL_USERS: {
    sentence: t('Everyone with full access opens it with its link.'),
    effect: (before) =>
      before === 'PUBLIC'
        ? t('who is not signed in with full access is cut off within a second, open pages included.')
        : t('everyone with full access can open it and do in it what you can.'),
  },
  PUBLIC: {
    sentence: t('Anyone with the link opens it, without signing in.'),
    effect: () => t('anyone who has the link can open it, unknown to you, and do in it what you can.'),
  },
}
