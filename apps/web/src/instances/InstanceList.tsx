import { Dropdown, type IDropdownOption } from '@fluentui/react/lib/Dropdown'
import { SearchBox } from '@fluentui/react/lib/SearchBox'
import type { Instance } from '@wave-store/contract'
import { useSearchParams } from 'react-router'
import { T } from '../i18n/T.tsx'
import { t } from '../i18n/t.ts'
import styles from './InstanceList.module.css'
import { InstanceTable } from './InstanceTable.tsx'
import { anyInstance, type InstanceChoice, matching, statusChoices } from './instance-filter.ts'

const options: IDropdownOption<InstanceChoice['status']>[] = statusChoices.map(({ status, text }) => ({
  key: status,
  text,
  data: status,
}))

interface InstanceListProps {
  /** At least one. */
  instances: Instance[]
  /** What its table is called. */
  label: string
  /** Of everybody's instances, whose each is. */
  showsOwner?: boolean
}

/** Instances, narrowed by words and status, both kept in the address. */
export function InstanceList({ instances, label, showsOwner = false }: InstanceListProps) {
  const [params, setParams] = useSearchParams()
  const choice = choiceOf(params)
  const shown = matching(instances, choice)

  function choose(changes: Partial<InstanceChoice>) {
    const next = { ...choice, ...changes }
    setParams(
      { ...(next.search && { search: next.search }), ...(next.status !== 'any' && { status: next.status }) },
      { replace: true },
    )
  }

  return (
    <>
      <search className={styles.filter}>
        <SearchBox
          clearButtonProps={{ ariaLabel: t('Clear text') }}
          className={styles.search}
          value={choice.search}
          placeholder={showsOwner ? t('App, owner or address') : t('App or address')}
          ariaLabel={t('Filter instances')}
          autoComplete="off"
          maxLength={200}
          onChange={(_, search) => choose({ search: search ?? '' })}
        />
        <Dropdown
          className={styles.status}
          ariaLabel={t('Status')}
          selectedKey={choice.status}
          options={options}
          onChange={(_, option) => choose({ status: option?.data ?? 'any' })}
        />
      </search>
      {shown.length > 0 ? (
        <InstanceTable instances={shown} label={label} showsOwner={showsOwner} />
      ) : (
        <p role="status">
          <T
            text="None of {count} is like that. <0>Show all</0>"
            values={{ count: instances.length }}
            parts={{ 0: <button type="button" className={styles.clear} onClick={() => choose(anyInstance)} /> }}
          />
        </p>
      )}
    </>
  )
}

function choiceOf(params: URLSearchParams): InstanceChoice {
  const status = statusChoices.find((one) => one.status === params.get('status'))?.status ?? 'any'
  return { search: params.get('search') ?? '', status }
}
