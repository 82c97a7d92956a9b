import { fileURLToPath } from 'node:url'

/** The launcher program: a directory to be mounted whole and run as `python3 -I -B <directory> <command> …`. */
export const launcherPath = fileURLToPath(new URL('../wave_launcher', import.meta.url))

/** The platform's default constraints for building environments; its format stands in this package's README. */
export const constraintsPath = fileURLToPath(new URL('../constraints.txt', import.meta.url))
