import { SearchBox } from '@fluentui/react/lib/SearchBox'
import { useSearchParams } from 'react-router'
import { t } from '../i18n/t.ts'

/** What the address searches for, `?search=`; empty: nothing. */
export function useAddressSearch(): string {
  return useSearchParams()[0].get('search') ?? ''
}

interface AddressSearchProps {
  label: string
  placeholder: string
  className?: string | undefined
}

/** A search that begins when it is asked for, and stands in the address. */
export function AddressSearch({ label, placeholder, className }: AddressSearchProps) {
  const search = useAddressSearch()
  const setParams = useSearchParams()[1]
  const setSearch = (text: string) => setParams(text.trim() ? { search: text.trim() } : {}, { replace: true })
  return (
    <search className={className}>
      <SearchBox
        clearButtonProps={{ ariaLabel: t('Clear text') }}
        key={search}
        defaultValue={search}
        placeholder={placeholder}
        ariaLabel={label}
        autoComplete="off"
        maxLength={200}
        onSearch={setSearch}
        onClear={() => setSearch('')}
      />
    </search>
  )
}
