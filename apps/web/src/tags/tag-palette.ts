import { t } from '../i18n/t.ts'

/** Colours to choose from, by their names; any other can be typed. Data of the tag, not colours of the theme. */
export const tagPalette = [
  { name: t('Slate'), color: '#5c6b73' },
  { name: t('Teal'), color: '#0b7a75' },
  { name: t('Green'), color: '#3a8f3a' },
  { name: t('Olive'), color: '#8a8a1f' },
  { name: t('Amber'), color: '#c77700' },
  { name: t('Red'), color: '#c0392b' },
  { name: t('Pink'), color: '#c2337f' },
  { name: t('Violet'), color: '#7e4bc4' },
  { name: t('Blue'), color: '#2463c4' },
  { name: t('Cyan'), color: '#1583a8' },
] as const
