/** Injection token: what this process calls itself towards PostgreSQL and in its log, e.g. `toygres worker`. */
export const PROCESS_NAME = Symbol('ProcessName');
