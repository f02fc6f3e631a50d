export const notifyText = {
  dismiss: $localize`:@@notify.dismiss:Dismiss`,
  showOperation: $localize`:@@notify.showOperation:Show operation`,
  unexpected: $localize`:@@notify.unexpected:Something went wrong on this page. Reload it if it does not react.`,
  notLoaded: $localize`:@@notify.notLoaded:This part of the console could not be loaded: the server is away, or has a new version of it. Reload the page when the server is there.`,
  withId: (sentence: string, id: string) => $localize`:@@notify.withId:${sentence}:sentence: (request ${id}:id:)`,
};
