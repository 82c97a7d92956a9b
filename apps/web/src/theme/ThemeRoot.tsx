import { type Theme, ThemeProvider } from '@fluentui/react/lib/Theme'
import { type ReactNode, useLayoutEffect } from 'react'
import { type Colours, dark, light } from './palettes.ts'
import { cssVariables, fluentTheme } from './theme.ts'
import { useIsDark } from './theme-choice.ts'

const themes: Record<'light' | 'dark', { colours: Colours; theme: Theme }> = {
  light: { colours: light, theme: fluentTheme(light) },
  dark: { colours: dark, theme: fluentTheme(dark) },
}

/** The colours that are shown now, for what has to be computed from them. */
export function useColours(): Colours {
  return useIsDark() ? dark : light
}

export function ThemeRoot({ children }: { children: ReactNode }) {
  const { colours, theme } = themes[useIsDark() ? 'dark' : 'light']

  useLayoutEffect(() => {
    const root = document.documentElement.style
    root.colorScheme = colours.isDark ? 'dark' : 'light'
    for (const [name, value] of Object.entries(cssVariables(colours))) root.setProperty(name, value)
  }, [colours])

  return (
    <ThemeProvider theme={theme} applyTo="none">
      {children}
    </ThemeProvider>
  )
}
