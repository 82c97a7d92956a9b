export function MyAppsPage() {
  return null
}
