import { DefaultButton } from '@fluentui/react/lib/Button'
import type { Alias } from '@wave-store/contract'
import { useUpdateAlias } from '../../api/alias-queries.ts'
import { t } from '../../i18n/t.ts'
import { Age } from '../../ui/Age.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { Table } from '../../ui/Table.tsx'
import { useShowToast } from '../../ui/Toasts.tsx'
import table from '../../ui/table.module.css'
import { GiveBackButton } from './GiveBackButton.tsx'

export function AliasTable({ aliases }: { aliases: Alias[] }) {
  return (
    <Table label={t('Names of this instance')} columns={[t('Name'), t('Since')]} hasActions>
      {aliases.map((alias) => (
        <AliasRow key={alias.name} alias={alias} />
      ))}
    </Table>
  )
}

function AliasRow({ alias }: { alias: Alias }) {
  const update = useUpdateAlias()
  const showToast = useShowToast()
  const { name, url, isPrimary, can, createdAt } = alias

  const makePrimary = () =>
    update.mutate(
      { name, isPrimary: true },
      {
        onSuccess: () => showToast({ kind: 'success', text: t('All addresses lead to {name} now.', { name }) }),
        onError: (error) => showToast({ kind: 'error', text: error.message }),
      },
    )

  return (
    <tr>
      <td>
        <div className={table.chips}>
          <a href={url}>{name}</a>
          {isPrimary && <Chip tone="accent">{t('Primary')}</Chip>}
        </div>
      </td>
      <td data-label={t('Since')} className={table.brief}>
        <Age since={createdAt} />
      </td>
      <td>
        <div className={table.actions}>
          {can.update && !isPrimary && (
            <DefaultButton
              disabled={update.isPending}
              ariaLabel={t('Make {name} the primary name', { name })}
              onClick={makePrimary}
            >
              {t('Make primary')}
            </DefaultButton>
          )}
          <GiveBackButton alias={alias} />
        </div>
      </td>
    </tr>
  )
}
