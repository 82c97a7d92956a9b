import type { Configuration, KoaContextWithOIDC } from 'oidc-provider'
import { page } from '../http/page.ts'

type DeviceFlow = NonNullable<NonNullable<Configuration['features']>['deviceFlow']>

/** The pages on which a person lets a command line in that has no browser of its own (RFC 8628). */
export const deviceFlow: DeviceFlow = {
  enabled: true,
  charset: 'base-20',
  mask: '****-****',
  userCodeInputSource: async (context, _form, _out, error) => {
    const { status, problem } = inputProblem(error)
    context.status = status
    show(context, 'Sign in a command line', [
      '<p>Type the code that the command line shows.</p>',
      form(
        context,
        `${problem}<label>Code<input name="user_code" autocomplete="off" autocapitalize="characters" spellcheck="false" required autofocus></label>
<button class="primary">Continue</button>`,
      ),
    ])
  },
  userCodeConfirmSource: async (context, _form, _client, _deviceInfo, userCode) => {
    const code = page.escape(userCode)
    show(context, 'Let this command line in?', [
      `<p>It shows the code <strong>${code}</strong>, and may do with the store whatever you may, until you sign it out.</p>`,
      '<p>If somebody sent you the code or a link to this page, refuse: they would act in your name.</p>',
      form(
        context,
        `<input type="hidden" name="user_code" value="${code}">
<button class="primary" name="confirm" value="yes">Let it in</button>
<button class="secondary" name="abort" value="yes">Refuse</button>`,
      ),
    ])
  },
  successSource: async (context) => {
    show(context, 'The command line is signed in', ['<p>Go back to it; this page can be closed.</p>'])
  },
}

function show(context: KoaContextWithOIDC, title: string, parts: string[]): void {
  context.type = 'html'
  context.set('Cache-Control', 'no-store')
  context.body = page(title, parts.join('\n'))
}

/** @param fields HTML */
function form(context: KoaContextWithOIDC, fields: string): string {
  const { session } = context.oidc
  const secret = String((session as { state?: { secret?: string } } | undefined)?.state?.secret ?? '')
  return `<form method="post" action="${page.escape(context.oidc.urlFor('code_verification'))}">
<input type="hidden" name="xsrf" value="${page.escape(secret)}">
${fields}
</form>`
}

function inputProblem(error: unknown): { status: number; problem: string } {
  if (!error) return { status: 200, problem: '' }
  const { name, userCode } = error as { name?: string; userCode?: string }
  const text =
    name === 'AbortedError'
      ? 'The command line was not let in.'
      : userCode !== undefined || name === 'NoCodeError'
        ? 'There is no such code, or it was used or has expired. The command line shows a new one when it asks again.'
        : 'That did not work. Type the code again.'
  return { status: name === 'AbortedError' ? 200 : 400, problem: `<p class="problem" role="alert">${text}</p>` }
}
