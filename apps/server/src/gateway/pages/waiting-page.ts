import type { GatewayInstance } from '../ports.ts'
import type { RoomState, RoomTimes } from '../room-state.ts'
import { appIcon } from './app-icon.ts'
import { formatSeconds } from './format-seconds.ts'
import { type Html, html } from './html.ts'
import { logBlock } from './log-lines.ts'
import { roomScript } from './page-assets.ts'
import { pageFrame } from './page-frame.ts'
import { refreshTag } from './refresh-tag.ts'
import { startSteps } from './start-steps.ts'

export interface WaitingPage {
  instance: GatewayInstance
  told: RoomState & RoomTimes
  /** Null when the reader may not see the log. */
  log: string[] | null
  /** The store's own page of the instance, where it can be cancelled. */
  storePage: string
  /** The path and query that the page stands at. */
  target: string
}

/** What stands at an instance's address until its app answers. Without JavaScript it asks again every two seconds. */
export function waitingPage({ instance, told, log, storePage, target }: WaitingPage): string {
  const { app } = instance
  const { elapsedMs, nextTryMs, now, note, step, usualMs } = told
  return pageFrame({
    title: `Starting ${app.title}`,
    script: roomScript,
    head: refreshTag(2, target),
    mainAttributes: html` data-status="PENDING" data-elapsed-ms="${elapsedMs}"${
      usualMs === null ? null : html` data-usual-ms="${usualMs}"`
    }`,
    main: html`<header>
${appIcon(app)}
<div class="title"><h1><bdi>${app.title}</bdi></h1>
<p class="now" id="now" role="status">${now}</p></div>
</header>
<p class="note" id="note" role="status"${note ? null : html` hidden`}>${note}</p>
<ol class="steps" id="steps" aria-label="Steps">
${startSteps.map(({ name }, index) => stepItem({ name, index, current: step }))}</ol>
${progress(elapsedMs, usualMs)}
<p class="time"><span id="elapsed">${formatSeconds(elapsedMs)}</span>${
      usualMs === null ? null : html`<span>usually ${formatSeconds(usualMs)}</span>`
    }<span id="next"${nextTryMs === null ? html` hidden` : null}>again in ${formatSeconds(nextTryMs ?? 0)}</span></p>
${log === null ? null : html`<details id="log-details"><summary>Log</summary>${logBlock(log)}</details>`}
<footer>This page becomes the app as soon as it answers. <a href="${storePage}">Manage this instance</a></footer>`,
  })
}

function stepItem({ name, index, current }: { name: string; index: number; current: number }): Html {
  const state = index < current ? 'done' : index === current ? 'current' : 'ahead'
  return html`<li class="${state}"${index === current ? html` aria-current="step"` : null}>${name}</li>
`
}

/** Never quite full: only the app's answer is the end. */
function progress(elapsedMs: number, usualStartMs: number | null): Html {
  if (!usualStartMs) return html`<progress id="progress" aria-label="Start of the app"></progress>`
  const value = Math.min(0.96, elapsedMs / usualStartMs).toFixed(3)
  return html`<progress id="progress" max="1" value="${value}" aria-label="Start of the app"></progress>`
}
