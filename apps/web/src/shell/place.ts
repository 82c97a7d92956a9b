/** `/apps/1/versions` → `/apps/1`: a page with its tabs and its filters is one place. */
export function placeOf(pathname: string): string {
  return pathname.split('/').slice(0, 3).join('/')
}
