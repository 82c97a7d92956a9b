import type { GatewayInstance } from '../ports.ts'
import { appIcon } from './app-icon.ts'
import { type Html, html } from './html.ts'
import { roomScript } from './page-assets.ts'
import { pageFrame } from './page-frame.ts'
import { readableTime } from './readable-time.ts'

interface SleepingPage {
  instance: GatewayInstance
  storePage: string
}

/** What a page finds that came by itself, such as a forgotten tab's: nobody is there to wake the app for. */
export function sleepingPage({ instance, wakeLink, storePage }: SleepingPage & { wakeLink: string }): string {
  return asleep(
    instance,
    html`<p class="lead">${sinceWhen(instance)}</p>
<p class="actions"><a class="button" href="${wakeLink}" target="_top">Wake it</a></p>
<footer>Its address, and what it keeps on its volume, are as they were. <a href="${storePage}">Manage this instance</a></footer>`,
  )
}

/** Why an instance cannot be woken now. It stays until somebody else succeeds. */
export function stillAsleepPage({ instance, reason, storePage }: SleepingPage & { reason: string }): string {
  return asleep(
    instance,
    html`<p class="cause" role="alert">It could not be woken. ${reason}</p>
<p class="lead">${sinceWhen(instance)}</p>
<p class="actions"><a class="button" href="${storePage}">Open its page in the store</a></p>`,
  )
}

function asleep(instance: GatewayInstance, below: Html): string {
  const { app } = instance
  return pageFrame({
    title: `${app.title} is asleep`,
    script: roomScript,
    mainAttributes: html` data-status="SUSPENDED"`,
    main: html`<header>
${appIcon(app)}
<div class="title"><h1><bdi>${app.title}</bdi> is asleep</h1></div>
</header>
${below}`,
  })
}

function sinceWhen({ suspension }: GatewayInstance): Html | null {
  if (!suspension) return null
  const time = html`<time datetime="${suspension.at}">${readableTime(suspension.at)}</time>`
  return suspension.reason === 'idle'
    ? html`Nobody had used it for a while, so it went to sleep at ${time}.`
    : html`It was suspended at ${time}.`
}
