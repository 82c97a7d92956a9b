/** Where signing in begins that ends at `path`, query and fragment included. */
export function signInUrlFor(path: string): string {
  return `/auth/sign-in?return_to=${encodeURIComponent(path)}`
}
