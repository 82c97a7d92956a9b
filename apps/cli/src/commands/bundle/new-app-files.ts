/** A Wave app that counts clicks, by file name. */
export function newAppFiles(name: string): Record<string, string> {
  return {
    'app.toml': `[App]
Name = ${JSON.stringify(name)}
Version = "0.1.0"
Title = ${JSON.stringify(titleOf(name))}
Description = "A new Wave app."
LongDescription = "README.md"
Category = "Other"

[Runtime]
Module = "app"
MemoryLimit = "500Mi"
MemoryReservation = "100Mi"
`,
    'app.py': `"""The app's entry."""

# \`main\` is what is served.
from h2o_wave import Q, app, main, ui  # noqa: F401


@app("/")
async def serve(q: Q) -> None:
    q.client.clicks = (q.client.clicks or 0) + (1 if q.args.count else 0)
    q.page["hello"] = ui.form_card(
        box="1 1 4 3",
        items=[
            ui.text_xl("Hello, Wave"),
            ui.text(f"Clicked {q.client.clicks} times."),
            ui.button(name="count", label="Count", primary=True),
        ],
    )
    await q.page.save()
`,
    'requirements.txt': 'h2o-wave==1.8.16\n',
    '.appignore': `# What is not packed, in the syntax of .gitignore. Histories, environments and caches never are.
tests/
*.log
.env
`,
    'README.md': `# ${titleOf(name)}

A Wave app. \`h2o bundle deploy\` runs it on the store, \`h2o bundle import\` publishes a version.
`,
  }
}

/** \`sales-radar\` as \`Sales radar\`. */
function titleOf(name: string): string {
  const words = name
    .split(/[._-]+/)
    .filter(Boolean)
    .join(' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
