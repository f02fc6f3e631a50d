/** What the activities do, by their names, in the language of the reader. */
const titles: Readonly<Record<string, string>> = {
  'instance.reserve': $localize`:@@operations.reserve:Reserve name, port and secrets`,
  'instance.prepare-volume': $localize`:@@operations.prepareVolume:Prepare the volume`,
  'instance.configure': $localize`:@@operations.configure:Write configuration and roles`,
  'instance.start': $localize`:@@operations.start:Start PostgreSQL`,
  'instance.verify-login': $localize`:@@operations.verifyLogin:Wait until a login works`,
  'instance.publish-endpoint': $localize`:@@operations.publishEndpoint:Publish the endpoint`,
  'instance.discard': $localize`:@@operations.discard:Remove what was made`,
  'instance.stop-server': $localize`:@@operations.stopServer:Stop PostgreSQL`,
  'instance.release': $localize`:@@operations.release:Stop PostgreSQL and keep the data`,
  'instance.remove': $localize`:@@operations.remove:Remove the volume and everything else`,
  'instance.verify-gone': $localize`:@@operations.verifyGone:Verify that nothing is left`,
  'instance.shut-down': $localize`:@@operations.shutDown:Write a checkpoint and stop PostgreSQL`,
  'instance.bring-up': $localize`:@@operations.bringUp:Start PostgreSQL and log in`,
  'instance.stop-and-start': $localize`:@@operations.stopAndStart:Stop PostgreSQL, start it and log in`,
  'instance.restart-server': $localize`:@@operations.restartServer:Start PostgreSQL again`,
};

/**
 * Title of an activity.
 *
 * @param fallback for an activity that this build does not know, such as the title that the API gives; its name, made readable, when left out
 */
export function activityTitle(name: string, fallback?: string): string {
  return titles[name] ?? fallback ?? readable(name);
}

/** "instance.prepare-volume" → "Prepare volume" */
function readable(name: string): string {
  const words = name.slice(name.lastIndexOf('.') + 1).replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
