/** Between SIGTERM and SIGKILL of a pod: a little longer than a launcher takes for the same. */
export const graceSeconds = 10
