import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { takeIn } from './instance-cache.ts'
import { usePageIsWatched } from './page-is-watched.ts'
import { sessionKeys, useStoreIsAway } from './session-queries.ts'
import { followStore, type Shown } from './store-events.ts'

/**
 * Lets the store tell what changes of what the page shows, for as long as it is shown and watched; one at a time, as each
 * is a connection. True while it does.
 *
 * @param isOn whether there is something to be told of
 */
export function useStoreEvents({ instanceId, appId }: Shown, isOn = true): boolean {
  const queryClient = useQueryClient()
  const isAway = useStoreIsAway()
  const isWatched = usePageIsWatched()
  const [isLive, setIsLive] = useState(false)

  useEffect(() => {
    if (!isOn || isAway || !isWatched) return
    const shown = { instanceId, appId }
    const end = followStore(shown, {
      onEvent: (event) => {
        setIsLive(true)
        takeIn(queryClient, shown, event)
      },
      onLost: () => {
        setIsLive(false)
        // The session tells whether it ended, or the store is away.
        void queryClient.invalidateQueries({ queryKey: sessionKeys.all })
      },
    })
    return () => {
      end()
      setIsLive(false)
    }
  }, [instanceId, appId, isOn, isAway, isWatched, queryClient])

  return isLive
}
