import { DefaultButton } from '@fluentui/react/lib/Button'
import { ContextualMenuItemType, type IContextualMenuItem } from '@fluentui/react/lib/ContextualMenu'
import type { Session } from '@wave-store/contract'
import { useNavigate } from 'react-router'
import { useSignOut } from '../api/session-queries.ts'
import { t } from '../i18n/t.ts'
import { chooseTheme, type ThemeChoice, themeChoices, useThemeChoice } from '../theme/theme-choice.ts'
import { useShowToast } from '../ui/Toasts.tsx'
import styles from './PersonMenu.module.css'

const themeLabels: Record<ThemeChoice, string> = { system: t('As the system'), light: t('Light'), dark: t('Dark') }

function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean)
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0] ?? '')
  return letters.join('').toLocaleUpperCase()
}

export function PersonMenu({ user }: { user: NonNullable<Session['user']> }) {
  const navigate = useNavigate()
  const theme = useThemeChoice()
  const signOut = useSignOut()
  const showToast = useShowToast()

  const link = (key: string, text: string, href: string): IContextualMenuItem => ({
    key,
    text,
    href,
    onClick: (event) => {
      event?.preventDefault()
      navigate(href)
    },
  })
  const items: IContextualMenuItem[] = [
    {
      key: 'person',
      itemType: ContextualMenuItemType.Header,
      text: user.name,
      style: { height: 'auto', padding: '10px 12px' },
      onRenderContent: () => (
        <span className={styles.person}>
          <span className={styles.name}>{user.name}</span>
          <span className={styles.email}>{user.email}</span>
        </span>
      ),
    },
    ...(user.hasFullAccess ? [link('secrets', 'Secrets', '/secrets')] : []),
    link('access', 'CLI & API access', '/access'),
    {
      key: 'theme',
      itemType: ContextualMenuItemType.Section,
      sectionProps: {
        title: t('Theme'),
        topDivider: true,
        bottomDivider: true,
        items: themeChoices.map((choice) => ({
          key: choice,
          text: themeLabels[choice],
          canCheck: true,
          isChecked: choice === theme,
          onClick: () => chooseTheme(choice),
        })),
      },
    },
    {
      key: 'sign-out',
      text: t('Sign out'),
      onClick: () =>
        signOut.mutate(undefined, {
          onSuccess: () => location.assign('/signed-out'),
          onError: (error) => showToast({ kind: 'error', text: error.message }),
        }),
    },
  ]

  return (
    <DefaultButton
      className={styles.button}
      ariaLabel={t('Account of {name}', { name: user.name })}
      menuProps={{ items, ariaLabel: t('Account'), styles: { root: { minWidth: 220 } } }}
      menuIconProps={{ iconName: '' }}
      onRenderMenuIcon={() => null}
    >
      <span className={styles.initials} data-initials={initialsOf(user.name)} />
    </DefaultButton>
  )
}
