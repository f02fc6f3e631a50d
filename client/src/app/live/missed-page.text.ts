export const missedPageText = {
  waiting: $localize`:@@missedPage.waiting:The page opens as soon as the server is there again.`,
  stay: $localize`:@@missedPage.stay:Stay here`,
};
