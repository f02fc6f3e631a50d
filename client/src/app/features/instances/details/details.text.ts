export const detailsText = {
  overview: $localize`:@@details.overview:Overview`,
};
