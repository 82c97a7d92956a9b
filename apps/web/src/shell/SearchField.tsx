import { IconButton } from '@fluentui/react/lib/Button'
import { SearchBox } from '@fluentui/react/lib/SearchBox'
import { useRef } from 'react'
import { useNavigate } from 'react-router'
import { t } from '../i18n/t.ts'
import { focusSearch, useSearchShortcut } from '../ui/use-search-shortcut.ts'
import styles from './SearchField.module.css'

/** Searches the Catalog from any other page. */
export function SearchField() {
  const navigate = useNavigate()
  const box = useRef<HTMLDivElement>(null)
  useSearchShortcut(box)

  function search(text: string) {
    if (text.trim()) navigate(`/catalog?${new URLSearchParams({ search: text.trim() })}`)
  }

  return (
    <>
      <div ref={box} className={styles.box}>
        <SearchBox
          clearButtonProps={{ ariaLabel: t('Clear text') }}
          placeholder={t('Search apps ( / )')}
          ariaLabel={t('Search apps')}
          onSearch={search}
          autoComplete="off"
        />
      </div>
      <IconButton
        className={styles.button}
        iconProps={{ iconName: 'Search' }}
        ariaLabel={t('Search apps')}
        onClick={() => navigate('/catalog', { state: focusSearch })}
      />
    </>
  )
}
