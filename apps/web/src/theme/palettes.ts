import type { IPalette } from '@fluentui/react/lib/Styling'

/** Colours that Fluent's palette has no place for, as 6-digit hex. Text ones reach 4.5:1 on `surface` and on their own `…Soft`. */
export interface Tones {
  canvas: string
  surface: string
  raised: string
  success: string
  successSoft: string
  warning: string
  warningSoft: string
  danger: string
  dangerSoft: string
  info: string
  infoSoft: string
  focus: string
}

export interface Colours {
  isDark: boolean
  palette: Partial<IPalette>
  tones: Tones
}

export const light: Colours = {
  isDark: false,
  palette: {
    themePrimary: '#0b6a6e',
    themeLighterAlt: '#f2f9f9',
    themeLighter: '#dceeee',
    themeLight: '#b5dadb',
    themeTertiary: '#62acaf',
    themeSecondary: '#1c7c80',
    themeDarkAlt: '#0a5f63',
    themeDark: '#085053',
    themeDarker: '#063b3d',
    neutralLighterAlt: '#f8f9fa',
    neutralLighter: '#f2f4f5',
    neutralLight: '#e8ebed',
    neutralQuaternaryAlt: '#dee2e5',
    neutralQuaternary: '#d3d8dc',
    neutralTertiaryAlt: '#c5cbd0',
    neutralTertiary: '#848e97',
    neutralSecondaryAlt: '#66707a',
    neutralSecondary: '#56606a',
    neutralPrimaryAlt: '#3d464d',
    neutralPrimary: '#262d33',
    neutralDark: '#1d2328',
    black: '#14191d',
    white: '#ffffff',
  },
  tones: {
    canvas: '#f7f8f9',
    surface: '#ffffff',
    raised: '#ffffff',
    success: '#0d7040',
    successSoft: '#e3f4ea',
    warning: '#835400',
    warningSoft: '#fdf2d9',
    danger: '#b3261e',
    dangerSoft: '#fdeceb',
    info: '#0f5c9c',
    infoSoft: '#e6f1fa',
    focus: '#0b6a6e',
  },
}

export const dark: Colours = {
  isDark: true,
  palette: {
    themePrimary: '#4fc3c5',
    themeLighterAlt: '#0e2021',
    themeLighter: '#133334',
    themeLight: '#1c4d4f',
    themeTertiary: '#35999b',
    themeSecondary: '#45b4b6',
    themeDarkAlt: '#64cccd',
    themeDark: '#85d8d9',
    themeDarker: '#ade6e7',
    neutralLighterAlt: '#1e2529',
    neutralLighter: '#242c30',
    neutralLight: '#2c353a',
    neutralQuaternaryAlt: '#343e43',
    neutralQuaternary: '#3d484e',
    neutralTertiaryAlt: '#4f5b62',
    neutralTertiary: '#7f8b93',
    neutralSecondaryAlt: '#9aa5ac',
    neutralSecondary: '#a9b3ba',
    neutralPrimaryAlt: '#cfd6da',
    neutralPrimary: '#e7ebee',
    neutralDark: '#f3f5f6',
    black: '#ffffff',
    white: '#191f23',
  },
  tones: {
    canvas: '#11161a',
    surface: '#191f23',
    raised: '#1f262b',
    success: '#62d192',
    successSoft: '#14301f',
    warning: '#f0bd62',
    warningSoft: '#382a0e',
    danger: '#ff938b',
    dangerSoft: '#3d1b19',
    info: '#84c3f6',
    infoSoft: '#13293c',
    focus: '#4fc3c5',
  },
}
