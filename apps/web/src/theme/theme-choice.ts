import { useSyncExternalStore } from 'react'

export const themeChoices = ['system', 'light', 'dark'] as const
export type ThemeChoice = (typeof themeChoices)[number]

const storageKey = 'theme'
const listeners = new Set<() => void>()
const systemIsDark = () => matchMedia('(prefers-color-scheme: dark)')

function read(): ThemeChoice {
  try {
    const stored = localStorage.getItem(storageKey)
    return themeChoices.find((choice) => choice === stored) ?? 'system'
  } catch {
    return 'system'
  }
}

let current = read()

/** Keeps the choice for this browser; without storage it lasts until the page is left. */
export function chooseTheme(choice: ThemeChoice): void {
  current = choice
  try {
    localStorage.setItem(storageKey, choice)
  } catch {
    // Nothing to keep it in.
  }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  const system = systemIsDark()
  const onStorage = () => {
    current = read()
    listener()
  }
  listeners.add(listener)
  system.addEventListener('change', listener)
  window.addEventListener('storage', onStorage)
  return () => {
    listeners.delete(listener)
    system.removeEventListener('change', listener)
    window.removeEventListener('storage', onStorage)
  }
}

export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore(subscribe, () => current)
}

/** Whether the dark theme is to be shown: by choice, else by the system's setting. */
export function useIsDark(): boolean {
  return useSyncExternalStore(subscribe, () => current === 'dark' || (current === 'system' && systemIsDark().matches))
}
