const byId = (id) => document.getElementById(id)

function duration(seconds) {
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`
}

function keepUptime() {
  const shown = byId('uptime')
  const startedMs = Date.now() - Number(shown.dataset.seconds) * 1000
  setInterval(() => {
    shown.textContent = duration(Math.round((Date.now() - startedMs) / 1000))
  }, 1000)
}

/** Adds one without leaving the page; without scripts the form does the same with a reload. */
async function addOne(event) {
  event.preventDefault()
  const button = byId('add')
  button.disabled = true
  try {
    const response = await fetch('count', { method: 'POST' })
    if (response.ok) showNew(await response.text())
    else byId('counter-note').textContent = await response.text()
  } catch {
    byId('counter-note').textContent = 'This instance does not answer. Reload the page to see why.'
  } finally {
    button.disabled = false
    button.focus()
  }
}

/** The answer is the whole page; only what a count changes is taken from it. */
function showNew(html) {
  const page = new DOMParser().parseFromString(html, 'text/html')
  for (const id of ['count', 'counter-note', 'volume']) byId(id).replaceChildren(...page.getElementById(id).childNodes)
}

function filterVariables(event) {
  const wanted = event.target.value.trim().toLowerCase()
  const rows = [...byId('variables').rows]
  for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted)
  byId('nothing').hidden = rows.some((row) => !row.hidden)
}

keepUptime()
byId('add').form.addEventListener('submit', addOne)
byId('filter').hidden = false
byId('filter').addEventListener('input', filterVariables)
