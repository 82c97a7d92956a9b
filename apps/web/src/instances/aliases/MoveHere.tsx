import { DefaultButton } from '@fluentui/react/lib/Button'
import { Dropdown } from '@fluentui/react/lib/Dropdown'
import type { Alias, Instance } from '@wave-store/contract'
import { useState } from 'react'
import { useUpdateAlias } from '../../api/alias-queries.ts'
import { t } from '../../i18n/t.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { useShowToast } from '../../ui/Toasts.tsx'
import styles from './AddressSection.module.css'

/** Names that lead elsewhere, or nowhere any more, to be led here. */
export function MoveHere({ instance, aliases }: { instance: Instance; aliases: Alias[] }) {
  const [name, setName] = useState<string | null>(null)
  const [isAsking, setIsAsking] = useState(false)
  const update = useUpdateAlias()
  const showToast = useShowToast()
  const chosen = aliases.find((alias) => alias.name === name)

  const move = () =>
    update.mutate(
      { name: chosen!.name, instanceId: instance.id },
      {
        onSuccess: (alias) => {
          setIsAsking(false)
          setName(null)
          showToast({
            kind: 'success',
            text: t('{name} leads here now.', { name: alias.name }),
            link: { href: alias.url, text: t('Open') },
          })
        },
      },
    )

  return (
    <div className={styles.row}>
      <Dropdown
        className={styles.field}
        label={t('A name that leads elsewhere')}
        placeholder={t('Choose one')}
        selectedKey={chosen?.name ?? null}
        options={aliases.map((alias) => ({
          key: alias.name,
          text: t('{name}: {whereTo}', { name: alias.name, whereTo: whereTo(alias) }),
        }))}
        onChange={(_, option) => setName(option ? String(option.key) : null)}
      />
      <DefaultButton className={styles.button} disabled={!chosen} onClick={() => setIsAsking(true)}>
        {t('Move here')}
      </DefaultButton>
      {isAsking && chosen && (
        <ConfirmDialog
          title={t('Move {name} here?', { name: chosen.name })}
          confirmLabel={t('Move name')}
          isPending={update.isPending}
          error={update.error}
          onConfirm={move}
          onDismiss={() => setIsAsking(false)}
        >
          <p>
            {t(
              'It leads to {whereTo} until then. Pages that are open at this name are cut off, and what that app has left there in browsers is deleted from each when it comes back.',
              { whereTo: whereTo(chosen) },
            )}
          </p>
        </ConfirmDialog>
      )}
    </div>
  )
}

function whereTo({ instance }: Alias): string {
  return instance ? `${instance.appTitle} ${instance.appVersion}` : t('an instance that was terminated')
}
