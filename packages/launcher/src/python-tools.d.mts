/** Where the tools stand below their directory, each only where it is there. */
export function pythonTools(directory: string): { uvPath?: string; wavedPath?: string }

/**
 * Gets the installer that builds apps' environments, and a Wave server for `h2o-wave` packages that bring none. They are
 * there whole or not at all, also for who comes at the same moment. What pip and uv say goes to standard error.
 *
 * @param options `environment`: of pip and uv; `onStart`: called when something has to be fetched
 * @returns false: they could not be had, mostly because the package index does not answer
 */
export function installPythonTools(
  directory: string,
  options: { environment: NodeJS.ProcessEnv; onStart: () => void },
): boolean
