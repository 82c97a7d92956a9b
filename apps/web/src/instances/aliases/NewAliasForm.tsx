import { DefaultButton } from '@fluentui/react/lib/Button'
import { TextField } from '@fluentui/react/lib/TextField'
import type { Instance } from '@wave-store/contract'
import { useState } from 'react'
import { useCreateAlias } from '../../api/alias-queries.ts'
import { t } from '../../i18n/t.ts'
import { ErrorMessage } from '../../ui/ErrorMessage.tsx'
import { formProblems } from '../../ui/form-problems.ts'
import { useShowToast } from '../../ui/Toasts.tsx'
import styles from './AddressSection.module.css'

export function NewAliasForm({ instance }: { instance: Instance }) {
  const [name, setName] = useState('')
  const creation = useCreateAlias()
  const showToast = useShowToast()
  const body = creation.variables
  const problems = formProblems(creation.error, { fields: ['name'], uniqueField: 'name', body })

  const add = () =>
    creation.mutate(
      { name, instanceId: instance.id },
      {
        onSuccess: (alias) => {
          setName('')
          showToast({
            kind: 'success',
            text: t('{name} leads here now.', { name: alias.name }),
            link: { href: alias.url, text: t('Open') },
          })
        },
      },
    )

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() && !creation.isPending) add()
      }}
    >
      <div className={styles.row}>
        <TextField
          className={styles.field}
          label={t('Another name')}
          description={t('Letters, digits and hyphens, 3 to 63')}
          value={name}
          autoComplete="off"
          spellCheck={false}
          maxLength={63}
          suffix={suffixOf(instance)}
          onChange={(_, next) => setName(next ?? '')}
          errorMessage={problems.fields.name}
        />
        <DefaultButton type="submit" className={styles.button} disabled={!name.trim() || creation.isPending}>
          {t('Add name')}
        </DefaultButton>
      </div>
      {problems.rest && <ErrorMessage error={problems.rest} />}
    </form>
  )
}

/** `.apps.example.org` */
function suffixOf({ url }: Instance): string {
  const { host } = new URL(url)
  return host.slice(host.indexOf('.'))
}
