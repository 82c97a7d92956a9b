const remedies: Record<string, string> = {
  disk_full: 'Its disk is full: free room on its volume, or ask the app’s owner for a larger one.',
  dependency_failed: 'The app’s owner can correct its requirements.txt and import another version.',
  exited: 'The app ended by itself. Its last lines often say why.',
  import_error: 'The app’s owner can correct its code or its requirements and import another version.',
  index_unavailable: 'The package index did not answer. Restart it later, or tell an administrator.',
  killed: 'Something ended it from outside. Restart it; if it happens again, tell an administrator.',
  lost: 'The machine or its runtime went away beneath it. Restart it.',
  module_not_found: 'The app’s owner can correct Module in app.toml, or requirements.txt, and import another version.',
  never_listened: 'The app did not answer in time. Its last lines may say what it waited for.',
  os_package_missing: 'The app needs a system package that this machine lacks. Tell an administrator its name.',
  out_of_memory:
    'It needs more memory than it may use: give it less to do, or ask the app’s owner to raise MemoryLimit.',
  secret_missing: 'Make the secret that it names, or ask the app’s owner to, then restart it.',
  source_failed: 'Its bundle could not be read. Restart it; if it happens again, import the app anew.',
  wave_server_failed: 'Its Wave server ended. Restart it; its last lines may say why.',
}

/** What most likely helps against a failure, by its reason; undefined where nothing is known to. */
export function remedyFor(reason: string): string | undefined {
  return remedies[reason]
}
