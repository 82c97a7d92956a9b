import { Pivot, PivotItem } from '@fluentui/react/lib/Pivot'
import { type ReactNode, useId } from 'react'
import styles from './Tabs.module.css'

export interface Tab<Key extends string> {
  key: Key
  label: string
  count?: number
}

interface TabsProps<Key extends string> {
  label: string
  tabs: Tab<Key>[]
  chosen: Key
  onChoose: (key: Key) => void
  children: ReactNode
}

/** A row of tabs over the chosen one's panel; which one is chosen stands in the page's address. */
export function Tabs<Key extends string>({ label, tabs, chosen, onChoose, children }: TabsProps<Key>) {
  const id = useId()
  const tabId = (key: string) => `${id}-${key}`
  return (
    <>
      <div className={styles.row}>
        <Pivot
          aria-label={label}
          headersOnly
          selectedKey={chosen}
          getTabId={tabId}
          onLinkClick={(item) => {
            const tab = tabs.find(({ key }) => key === item?.props.itemKey)
            if (tab) onChoose(tab.key)
          }}
        >
          {tabs.map((tab) => (
            <PivotItem key={tab.key} itemKey={tab.key} headerText={tab.label} itemCount={tab.count} />
          ))}
        </Pivot>
      </div>
      <div role="tabpanel" aria-labelledby={tabId(chosen)} className={styles.panel}>
        {children}
      </div>
    </>
  )
}
