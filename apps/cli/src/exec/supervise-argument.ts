/** This program with this argument, and a directory, is the process that holds the apps of `h2o exec`. */
export const superviseArgument = '__supervise'
