export const notifyText = {
  dismiss: $localize`:@@notify.dismiss:Dismiss`,
  unexpected: $localize`:@@notify.unexpected:Something went wrong on this page. Reload it if it does not react.`,
  withId: (sentence: string, id: string) => $localize`:@@notify.withId:${sentence}:sentence: (request ${id}:id:)`,
};
