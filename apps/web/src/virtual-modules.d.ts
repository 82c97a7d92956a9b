/** Registers the icons that the page uses: see build/icon-fonts.ts. */
declare module 'virtual:icon-fonts'
