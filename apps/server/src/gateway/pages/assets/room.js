// Follows an instance from its waiting or failure page and gives way to the app as soon as it answers.
const main = document.querySelector('main')
const shownStatus = main.dataset.status
const startedAt = performance.now() - Number(main.dataset.elapsedMs ?? 0)
const usualMs = Number(main.dataset.usualMs ?? 0)
const details = document.getElementById('log-details')
let failures = 0

/** Quick while the answer may come at any moment, slow where nobody looks. */
function pauseMs() {
  if (document.hidden || failures > 5) return 2000
  if (shownStatus === 'FAILED') return 3000
  const elapsedMs = performance.now() - startedAt
  const isStarting = document.querySelector('#steps li:last-child[aria-current]') !== null
  if (elapsedMs > 60_000) return 500
  return isStarting ? 150 : 250
}

async function ask() {
  const query = details?.open ? '?log=1' : ''
  const response = await fetch(`/_wave-store/status${query}`, { headers: { accept: 'application/json' } })
  if (response.status === 401 || response.status === 404) return location.reload()
  if (!response.ok) throw new Error(`status ${response.status}`)
  const seen = await response.json()
  if (seen.status !== shownStatus) return location.reload()
  if (shownStatus === 'PENDING') show(seen)
}

function show(seen) {
  const steps = [...document.querySelectorAll('#steps li')]
  if (!steps[seen.step].hasAttribute('aria-current')) {
    for (const [index, item] of steps.entries()) {
      item.className = index < seen.step ? 'done' : index === seen.step ? 'current' : 'ahead'
      item.toggleAttribute('aria-current', false)
    }
    steps[seen.step].setAttribute('aria-current', 'step')
    document.getElementById('now').textContent = steps[seen.step].dataset.now
  }
  if (seen.log !== undefined) showLog(seen.log)
}

function showLog(text) {
  const log = document.getElementById('log')
  if (log.textContent === text) return
  const follows = log.scrollTop + log.clientHeight >= log.scrollHeight - 24
  log.textContent = text
  if (follows) log.scrollTop = log.scrollHeight
}

function showTime() {
  const elapsedMs = performance.now() - startedAt
  const seconds = Math.round(elapsedMs / 1000)
  document.getElementById('elapsed').textContent =
    seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
  if (usualMs > 0) document.getElementById('progress').value = Math.min(0.96, elapsedMs / usualMs)
}

let timer
let isAsking = false

async function round() {
  clearTimeout(timer)
  if (isAsking) return
  isAsking = true
  try {
    await ask()
    failures = 0
  } catch {
    failures += 1
  } finally {
    isAsking = false
    timer = setTimeout(round, pauseMs())
  }
}

document.addEventListener('visibilitychange', () => {
  if (!document.hidden) round()
})
details?.addEventListener('toggle', round)
if (shownStatus === 'PENDING') setInterval(showTime, 250)
for (const log of document.querySelectorAll('.log')) log.scrollTop = log.scrollHeight
timer = setTimeout(round, pauseMs())
