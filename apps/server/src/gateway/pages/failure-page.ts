import { adviceOn, type FailureCause } from '@wave-store/contract'
import type { GatewayInstance } from '../ports.ts'
import { appIcon } from './app-icon.ts'
import { type Html, html } from './html.ts'
import { logBlock } from './log-lines.ts'
import { roomScript } from './page-assets.ts'
import { pageFrame } from './page-frame.ts'
import { readableTime } from './readable-time.ts'

export interface FailurePage {
  instance: GatewayInstance
  /** Null when the reader may not see the log. */
  log: string[] | null
  /** The store's own page of the instance, where it can be started again. */
  storePage: string
}

/**
 * Why an app does not run, and what helps. It stays: opening it again starts nothing. Only when somebody starts the
 * instance from the store does it go on to the waiting page.
 */
export function failurePage({ instance, log, storePage }: FailurePage): string {
  const { app, failure } = instance
  const { cause, remedy } = adviceOn(failure?.reason ?? 'internal')
  return pageFrame({
    title: `${app.title} is not running`,
    script: roomScript,
    mainAttributes: html` data-status="FAILED"`,
    main: html`<header>
${appIcon(app)}
<div class="title"><h1><bdi>${app.title}</bdi> is not running</h1></div>
</header>
<p class="cause" role="alert">${failure?.message.trim() || cause}</p>
<p class="lead">${remedy}</p>
${facts(failure, app.ownerName)}
${log === null ? null : logSection(log)}
<p class="actions"><a class="button" href="${storePage}">Open its page in the store</a></p>`,
  })
}

function facts(failure: FailureCause | null, ownerName: string): Html {
  return html`<dl class="facts">
${failure && failure.exitCode !== null ? html`<div><dt>Exit code</dt><dd>${failure.exitCode}</dd></div>` : null}
${failure ? html`<div><dt>Ended</dt><dd><time datetime="${failure.at}">${readableTime(failure.at)}</time></dd></div>` : null}
<div><dt>Owner of the app</dt><dd><bdi>${ownerName}</bdi></dd></div>
</dl>`
}

function logSection(log: string[]): Html {
  if (log.length === 0) return html`<p class="lead">It wrote nothing to its log.</p>`
  return html`<h2>Last lines of its log</h2>
${logBlock(log)}`
}
