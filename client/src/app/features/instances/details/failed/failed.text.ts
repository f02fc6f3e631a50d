export const failedText = {
  unknownReason: $localize`:@@details.failedUnknown:This instance failed`,
  whatToDo: $localize`:@@details.whatToDo:What you can do`,
  words: $localize`:@@details.serverWords:In the words of the server`,
  nameKept: $localize`:@@details.nameKept:The name stays taken until this instance is deleted.`,
  lastOperation: $localize`:@@details.lastOperation:Last operation`,
  open: $localize`:@@details.openLastOperation:Open the last operation`,
};

const readWords = $localize`:@@details.helpReadWords:What the server said usually names the cause. Put it right, delete this instance, and create it again.`;
const slow = $localize`:@@details.helpSlow:The machine may have been too busy. Delete this instance and create it again when there is less to do.`;

/** A way out by `failure_code`. */
export const helpText: Readonly<Record<string, string>> = {
  insufficient_capacity: $localize`:@@details.helpCapacity:Delete an instance that nobody needs or give Toygres more room. Then delete this instance and create it again.`,
  disk_full: $localize`:@@details.helpDisk:Free some space on the disk that Toygres keeps its instances on. Then delete this instance and create it again.`,
  port_in_use: $localize`:@@details.helpPort:Delete this instance and create it again: it gets another port.`,
  unsupported_version: $localize`:@@details.helpVersion:Delete this instance and create it again with another version of PostgreSQL.`,
  unsupported_platform: $localize`:@@details.helpPlatform:PostgreSQL can not be run on this machine as it is set up. Ask whoever administers this Toygres.`,
  data_missing: $localize`:@@details.helpData:The volume is gone, and nothing here can bring it back. Delete this instance and restore a backup into a new one.`,
  internal_error: $localize`:@@details.helpInternal:This is a defect of Toygres. The log of its worker has the cause; report it to whoever administers this Toygres.`,
  initdb_failed: readWords,
  configure_failed: readWords,
  server_exited: readWords,
  not_ready: slow,
  activity_timeout: slow,
  deadline_exceeded: slow,
};

export const helpFallback = $localize`:@@details.helpFallback:Delete this instance, then create it again.`;
