import type { TokenScope } from '@wave-store/contract'

/** The word for a scope, and what a token that has it may do. */
export function describeScope(scope: TokenScope): { label: string; sentence: string } {
  switch (scope) {
    case 'read':
      return { label: 'Read', sentence: 'Look at whatever you may see: apps, instances, logs. Part of every scope.' }
    case 'apps':
      return { label: 'Apps', sentence: 'Import apps, change their visibility and tags, delete them.' }
    case 'instances':
      return { label: 'Instances', sentence: 'Launch instances, change, restart and terminate them.' }
    case 'admin':
      return { label: 'Administration', sentence: 'Make and change accounts and tags, as an administrator.' }
  }
}
