import { createTheme, type Theme } from '@fluentui/react/lib/Theme'
import type { Colours } from './palettes.ts'

const fontFamily = `'Segoe UI', 'Segoe UI Web (West European)', system-ui, -apple-system, BlinkMacSystemFont, Roboto, 'Helvetica Neue', sans-serif`

/** Fluent's theme for a set of colours: one type family of the system's, softly rounded. */
export function fluentTheme(colours: Colours): Theme {
  const { palette, tones } = colours
  return createTheme({
    palette,
    isInverted: colours.isDark,
    defaultFontStyle: { fontFamily },
    effects: { roundedCorner2: '6px', roundedCorner4: '10px', roundedCorner6: '12px' },
    // Fluent's own is 10 px high and wide apart where it takes more than one line.
    components: {
      TextField: { styles: { description: { fontSize: 12, lineHeight: 16, display: 'block', marginTop: 4 } } },
    },
    semanticColors: {
      bodyBackground: tones.surface,
      focusBorder: tones.focus,
      inputFocusBorderAlt: tones.focus,
      link: palette.themePrimary,
      linkHovered: palette.themeDark,
      errorText: tones.danger,
      errorIcon: tones.danger,
      errorBackground: tones.dangerSoft,
      severeWarningIcon: tones.danger,
      severeWarningBackground: tones.dangerSoft,
      warningIcon: tones.warning,
      warningBackground: tones.warningSoft,
      successIcon: tones.success,
      successBackground: tones.successSoft,
      infoIcon: tones.info,
      infoBackground: tones.infoSoft,
      messageText: palette.neutralPrimary,
      messageLink: palette.themePrimary,
      messageLinkHovered: palette.themeDark,
      buttonBorder: palette.neutralTertiaryAlt,
      inputBorder: palette.neutralTertiary,
      inputBorderHovered: palette.neutralSecondary,
      inputPlaceholderText: palette.neutralSecondary,
    },
  })
}

/** The same colours as CSS custom properties, `--neutral-primary` and so on, for the pages' own style sheets. */
export function cssVariables(colours: Colours): Record<string, string> {
  const named = { ...colours.palette, ...colours.tones } as Record<string, string>
  return Object.fromEntries(
    Object.entries(named).map(([name, value]) => [
      `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      value,
    ]),
  )
}
