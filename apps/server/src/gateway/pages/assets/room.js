// Follows an instance from its waiting, failure or sleeping page, and gives way to the app as soon as it answers.
const main = document.querySelector('main')
const shownStatus = main.dataset.status
const details = document.getElementById('log-details')
const pollMs = 2000
let startedAt = performance.now() - Number(main.dataset.elapsedMs ?? 0)
let usualMs = Number(main.dataset.usualMs ?? 0)
let nextTryAt = null
let source
let timer
let isAsking = false

function see(seen) {
  if (seen.status !== shownStatus) return location.reload()
  if (shownStatus === 'PENDING') show(seen)
}

function show(seen) {
  startedAt = performance.now() - seen.elapsedMs
  usualMs = seen.usualMs ?? 0
  nextTryAt = seen.nextTryMs === null ? null : performance.now() + seen.nextTryMs
  const steps = [...document.querySelectorAll('#steps li')]
  if (!steps[seen.step].hasAttribute('aria-current')) {
    for (const [index, item] of steps.entries()) {
      item.className = index < seen.step ? 'done' : index === seen.step ? 'current' : 'ahead'
      item.toggleAttribute('aria-current', false)
    }
    steps[seen.step].setAttribute('aria-current', 'step')
  }
  say('now', seen.now)
  say('note', seen.note)
  document.getElementById('note').hidden = seen.note === ''
  if (seen.log !== undefined) showLog(seen.log)
  showTime()
}

// What is said again is read aloud again.
function say(id, text) {
  const element = document.getElementById(id)
  if (element.textContent !== text) element.textContent = text
}

function showLog(text) {
  const log = document.getElementById('log')
  if (log.textContent === text) return
  const follows = log.scrollTop + log.clientHeight >= log.scrollHeight - 24
  log.textContent = text
  if (follows) log.scrollTop = log.scrollHeight
}

function inSeconds(ms) {
  const seconds = Math.max(0, Math.round(ms / 1000))
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

function showTime() {
  const now = performance.now()
  say('elapsed', inSeconds(now - startedAt))
  const next = document.getElementById('next')
  next.hidden = nextTryAt === null
  if (nextTryAt !== null) say('next', `again in ${inSeconds(nextTryAt - now)}`)
  if (usualMs > 0) document.getElementById('progress').value = Math.min(0.96, (now - startedAt) / usualMs)
}

function withLog(path) {
  return details?.open ? `${path}?log=1` : path
}

async function ask() {
  if (isAsking) return
  isAsking = true
  try {
    const response = await fetch(withLog('/_wave-store/status'), { headers: { accept: 'application/json' } })
    if ([401, 404, 409].includes(response.status)) location.reload()
    else if (response.ok) see(await response.json())
  } catch {
    // The store is away; the next try may find it.
  } finally {
    isAsking = false
  }
}

// Browsers open few connections to one address: tabs that nobody looks at leave them to the others, and ask now and then.
function follow() {
  source?.close()
  source = undefined
  clearInterval(timer)
  timer = setInterval(() => source?.readyState === EventSource.OPEN || ask(), pollMs)
  if (document.hidden) return
  source = new EventSource(withLog('/_wave-store/events'))
  source.onmessage = ({ data }) => see(JSON.parse(data))
  source.onerror = ask
}

addEventListener('visibilitychange', () => {
  follow()
  if (!document.hidden) ask()
})
addEventListener('pagehide', () => source?.close())
addEventListener('pageshow', ({ persisted }) => persisted && follow())
details?.addEventListener('toggle', follow)
if (shownStatus === 'PENDING') setInterval(showTime, 250)
for (const log of document.querySelectorAll('.log')) log.scrollTop = log.scrollHeight
follow()
