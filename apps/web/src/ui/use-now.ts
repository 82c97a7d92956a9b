import { useSyncExternalStore } from 'react'

const stepMs = 1_000

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, stepMs)
  return () => clearInterval(timer)
}

const now = () => Math.floor(Date.now() / stepMs) * stepMs

/** The time in milliseconds, whole seconds, going on while the component is shown. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, now)
}
