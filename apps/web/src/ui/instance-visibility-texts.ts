import type { VisibilityTexts } from './VisibilityChoice.tsx'

/** Of instances. */
export const instanceVisibilityTexts: VisibilityTexts = {
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
