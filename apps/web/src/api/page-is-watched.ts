import { useSyncExternalStore } from 'react'

/** A page that is hidden for longer holds no connection: a browser has six to the store, for all its tabs together. */
const hiddenForMs = 15_000

const listeners = new Set<() => void>()
let isWatched = document.visibilityState === 'visible'
let timer: ReturnType<typeof setTimeout> | undefined

function set(next: boolean): void {
  clearTimeout(timer)
  if (next === isWatched) return
  isWatched = next
  for (const listener of listeners) listener()
}

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') set(true)
  else timer = setTimeout(set, hiddenForMs, false)
})

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Whether somebody sees the page, or did a moment ago. */
export function usePageIsWatched(): boolean {
  return useSyncExternalStore(subscribe, () => isWatched)
}
