// Runs before the bundle: Fluent reads FabricConfig while its modules load, and the theme must not flash.
window.FabricConfig = { fontBaseUrl: '', iconBaseUrl: '/fonts/' }
;(() => {
  let choice = 'system'
  try {
    choice = localStorage.getItem('theme') ?? 'system'
  } catch {
    // Storage is switched off: the system's theme it is.
  }
  const dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.style.colorScheme = dark ? 'dark' : 'light'
})()
