export const failedText = {
  unknownReason: $localize`:@@details.failedUnknown:This instance failed`,
  whatToDo: $localize`:@@details.whatToDo:What you can do`,
  words: $localize`:@@details.serverWords:In the words of the server`,
  nameKept: $localize`:@@details.nameKept:The name stays taken until this instance is deleted.`,
  dataKept: $localize`:@@details.dataKept:Its data and its address are kept.`,
  lastOperation: $localize`:@@details.lastOperation:Last operation`,
  open: $localize`:@@details.openLastOperation:Open the last operation`,
};

const readWords = $localize`:@@details.helpReadWords:What the server said usually names the cause. Put it right, then retry.`;
const slow = $localize`:@@details.helpSlow:The machine may have been too busy. Retry when there is less to do.`;

/** A way out by `failure_code`, whether the instance holds data or not. */
const always: Readonly<Record<string, string>> = {
  disk_full: $localize`:@@details.helpDisk:Free some space on the disk that Toygres keeps its instances on. Then retry.`,
  unsupported_platform: $localize`:@@details.helpPlatform:PostgreSQL can not be run on this machine as it is set up. Ask whoever administers this Toygres.`,
  internal_error: $localize`:@@details.helpInternal:This is a defect of Toygres. The log of its worker has the cause; report it to whoever administers this Toygres.`,
  configure_failed: readWords,
  server_exited: readWords,
  not_ready: slow,
  login_refused: $localize`:@@details.helpLogin:The server refuses the login of Toygres. What it said names what is missing; put it back, then retry.`,
  activity_timeout: slow,
  deadline_exceeded: slow,
  cancelled: $localize`:@@details.helpCancelled:It was called off. Retry goes through with it after all.`,
};

/** For an instance that has never run. */
const withoutData: Readonly<Record<string, string>> = {
  ...always,
  insufficient_capacity: $localize`:@@details.helpCapacity:Delete an instance that nobody needs or give Toygres more room. Then retry.`,
  port_in_use: $localize`:@@details.helpPort:Delete this instance and create it again: it gets another port.`,
  unsupported_version: $localize`:@@details.helpVersion:Delete this instance and create it again with another version of PostgreSQL.`,
  initdb_failed: readWords,
};

/** For one that holds data: nothing here costs them. */
const withData: Readonly<Record<string, string>> = {
  ...always,
  port_in_use: $localize`:@@details.helpPortTaken:Another program uses the port of this instance. End that program, then start the instance.`,
  data_missing: $localize`:@@details.helpDataMissing:Its directory is gone, and Toygres cannot bring it back. Put it back from a backup, then start the instance.`,
};

const fallback = $localize`:@@details.helpFallback:Retry, or delete this instance and create it again.`;
const fallbackWithData = $localize`:@@details.helpFallbackData:Retry what failed, or start the instance.`;

/** What somebody can do about a failure. */
export function helpFor(code: string, hasData: boolean): string {
  return hasData ? (withData[code] ?? fallbackWithData) : (withoutData[code] ?? fallback);
}
