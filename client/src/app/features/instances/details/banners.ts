import type { InstanceState } from '#sdk';
import type { IconName } from '../../../ui/icons';

interface Banner {
  readonly icon: IconName;
  readonly turning?: boolean;
  readonly title: string;
  readonly hint: string;
}

export const bannerText = {
  deletedUntil: (until: string) =>
    $localize`:@@details.deletedUntil:It can be brought back, with data, name and address, until ${until}:until:. Then it is removed for good.`,
  calledOff: $localize`:@@details.calledOff:Being called off`,
  deadline: (when: string) => $localize`:@@details.bannerDeadline:given up ${when}:when: if it is not done`,
};

/** What is said of a state above everything else. A running instance needs no words, and a failed one has a page of its own. */
export const BANNERS: Readonly<Partial<Record<InstanceState, Banner>>> = {
  stopping: {
    icon: 'autorenew',
    turning: true,
    title: $localize`:@@details.stoppingTitle:This instance is being stopped`,
    hint: $localize`:@@details.stoppingHint:PostgreSQL writes what is open to its files. Data, name and address are kept.`,
  },
  stopped: {
    icon: 'stop_circle',
    title: $localize`:@@details.stoppedTitle:This instance is stopped`,
    hint: $localize`:@@details.stoppedHint:Nobody can connect until it is started. Data, name and address are kept.`,
  },
  starting: {
    icon: 'autorenew',
    turning: true,
    title: $localize`:@@details.startingTitle:This instance is being started`,
    hint: $localize`:@@details.startingHint:It answers as soon as PostgreSQL is up, at the same address as before.`,
  },
  restarting: {
    icon: 'autorenew',
    turning: true,
    title: $localize`:@@details.restartingTitle:This instance is being restarted`,
    hint: $localize`:@@details.restartingHint:Connections were cut. It answers again as soon as PostgreSQL is up.`,
  },
  deleting: {
    icon: 'autorenew',
    turning: true,
    title: $localize`:@@details.deletingTitle:This instance is being deleted`,
    hint: $localize`:@@details.deletingHint:It is stopped, and can be brought back as soon as it is deleted.`,
  },
  deleted: {
    icon: 'delete',
    title: $localize`:@@details.deletedTitle:This instance was deleted`,
    hint: $localize`:@@details.deletedHint:It can be brought back, with data, name and address.`,
  },
  purging: {
    icon: 'autorenew',
    turning: true,
    title: $localize`:@@details.purgingTitle:This instance is being removed for good`,
    hint: $localize`:@@details.purgingHint:Its data cannot be brought back. Its name is free as soon as everything is gone.`,
  },
  purged: {
    icon: 'delete_forever',
    title: $localize`:@@details.purgedTitle:This instance was removed for good`,
    hint: $localize`:@@details.purgedHint:Its data is gone and its name is free. What is known about it can still be read here.`,
  },
};
