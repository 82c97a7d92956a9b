const input = document.querySelector('input[type=file]')
const veil = document.getElementById('veil')

/** Sends the form; without scripts the button does. */
function send() {
  const chosen = document.getElementById('chosen')
  if (chosen) chosen.textContent = `Reading ${input.files[0].name}`
  document.body.classList.add('busy')
  input.form.submit()
}

const holdsFile = (event) => event.dataTransfer?.types.includes('Files')

input.addEventListener('change', () => {
  if (input.files.length > 0) send()
})
addEventListener('dragenter', (event) => {
  if (holdsFile(event)) veil.hidden = false
})
addEventListener('dragleave', (event) => {
  if (!event.relatedTarget) veil.hidden = true
})
addEventListener('dragover', (event) => {
  if (holdsFile(event)) event.preventDefault()
})
addEventListener('drop', (event) => {
  if (!holdsFile(event)) return
  event.preventDefault()
  veil.hidden = true
  input.files = event.dataTransfer.files
  if (input.files.length > 0) send()
})
addEventListener('pageshow', () => document.body.classList.remove('busy'))
