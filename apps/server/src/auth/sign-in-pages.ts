import { minPasswordLength } from '../accounts/password.ts'
import { page } from '../http/page.ts'
import type { Account } from './accounts.ts'

export interface SignInChoices {
  development: readonly Account[]
  adminRole: string
  /** Whether anybody has a password of this store. */
  byPassword: boolean
}

export function signInPage({ development, adminRole, byPassword }: SignInChoices, problem?: string): string {
  const forms: string[] = []
  if (development.length > 0) forms.push(developmentForm(development, adminRole))
  if (development.length > 0 && byPassword) forms.push('<p>Or with an account of this store:</p>')
  if (byPassword) forms.push(passwordForm(problem))
  return page('Sign in', forms.join(''))
}

export function newPasswordPage(problem?: string): string {
  return page(
    'Choose a password',
    `<p>The one you signed in with was good once.</p>
<form method="post">${alert(problem)}
<label>New password<input type="password" name="newPassword" autocomplete="new-password" minlength="${minPasswordLength}" required autofocus></label>
<label>Again<input type="password" name="repeated" autocomplete="new-password" required></label>
<button class="primary">Save and sign in</button>
</form>`,
  )
}

function developmentForm(accounts: readonly Account[], adminRole: string): string {
  const buttons = accounts.map(({ subject, name, email, roles }) => {
    const role = roles.includes(adminRole) ? ' · administrator' : ''
    return `<button name="account" value="${page.escape(subject)}"><strong>${page.escape(name)}</strong><span>${page.escape(email)}${role}</span></button>`
  })
  return `<p>Development accounts: they need no password and exist only while this machine alone can reach the store.</p>
<form method="post">${buttons.join('')}</form>`
}

function passwordForm(problem?: string): string {
  return `<form method="post">${alert(problem)}
<label>Username<input name="username" autocomplete="username" autocapitalize="none" spellcheck="false" required></label>
<label>Password<input type="password" name="password" autocomplete="current-password" required></label>
<button class="primary">Sign in</button>
</form>`
}

function alert(problem: string | undefined): string {
  return problem ? `<p class="problem" role="alert">${page.escape(problem)}</p>` : ''
}
